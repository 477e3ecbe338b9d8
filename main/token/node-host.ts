// Starts the token host as a child of plain Node, for the command line and the tests. It speaks no protocol.
import { fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HostProcess } from './client';

/** The host's bundle beside the running bundle. */
export function hostEntry(): string {
  return join(dirname(fileURLToPath(import.meta.url)), 'token-host.cjs');
}

/** Forks the host. Its stdout goes nowhere: drivers print there, and ours carries JSON only. */
export function nodeHost(
  entry: string = hostEntry(),
  env: Readonly<Record<string, string | undefined>> = process.env,
): HostProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...env },
    execArgv: [],
  });
  let over = false;
  return {
    post: (message, _ports, sent) => {
      // A child that is gone is reported by its exit, with its own code.
      if (child.connected) child.send(message as object, () => sent());
      else sent();
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      const once = (detail: string): void => {
        if (over) return;
        over = true;
        listener(detail);
      };
      child.on('exit', (code, signal) => once(signal ?? `exit ${code ?? '?'}`));
      child.on('error', (error) => once(error.message));
    },
    kill: () => {
      over = true;
      child.kill('SIGKILL');
    },
  };
}
