// Starts a program once a process has ended, on Linux and macOS. Electron's own relaunch forbids what it starts to gain
// privileges for good: neither the sandbox's set-uid helper nor sudo would work in the new application.
import { spawn } from 'node:child_process';

/** Waits two minutes at most, then starts all the same: the new application finds out by itself that the old one lives. */
const script =
  'n=0; while kill -0 "$0" 2>/dev/null && [ $n -lt 600 ]; do sleep 0.2; n=$((n + 1)); done; exec "$@"';

/** What an AppImage's launcher set for the old application only. */
const ofTheOld = new Set(['APPDIR', 'APPIMAGE', 'ARGV0', 'OWD']);

/** Begins to wait for `pid`; the waiting outlives this process. */
export function startAfter(
  pid: number,
  command: readonly [string, ...string[]],
  env: Readonly<Record<string, string | undefined>>,
): void {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !ofTheOld.has(name)));
  const child = spawn('/bin/sh', ['-c', script, String(pid), ...command], {
    env: kept,
    stdio: 'ignore',
    detached: true,
  });
  child.unref();
}
