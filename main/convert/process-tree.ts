// A program with everything it starts: watched for time and memory, and ended as a whole. It knows no program.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface TreeOrder {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly milliseconds: number;
  readonly memoryBytes: number;
  /** Ends it all, also before it began. */
  readonly signal?: AbortSignal | undefined;
}

export type TreeEnd =
  | { readonly kind: 'ended'; readonly code: number | null }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'too-heavy' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'not-started'; readonly detail: string };

const lookEvery = 250;

/** Resident bytes of a process group; null where the system does not tell. */
function groupMemory(group: number): number | null {
  if (process.platform !== 'linux') return null;
  let total = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The fields behind the name in parentheses: state, parent, group, …, resident pages as the 22nd.
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(fields[2]) === group) total += Number(fields[21]) * 4096;
    } catch {
      // It ended between the two looks.
    }
  }
  return total;
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/T', '/F', '/PID', String(child.pid)], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Runs to the end of the program itself, then ends whatever it left behind. Never rejects. */
export function runTree(order: TreeOrder): Promise<TreeEnd> {
  if (order.signal?.aborted === true) return Promise.resolve({ kind: 'stopped' });
  return new Promise((resolve) => {
    const child = spawn(order.program, [...order.args], {
      cwd: order.folder,
      env: { ...order.env },
      stdio: 'ignore',
      // A group of its own on POSIX, so that it can be ended as a whole.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let isOver = false;
    const end = (how: TreeEnd): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(overTime);
      clearInterval(memory);
      process.removeListener('exit', onExit);
      order.signal?.removeEventListener('abort', onStop);
      killTree(child);
      resolve(how);
    };
    const onExit = (): void => killTree(child);
    const onStop = (): void => end({ kind: 'stopped' });
    order.signal?.addEventListener('abort', onStop, { once: true });
    const overTime = setTimeout(() => end({ kind: 'too-slow' }), order.milliseconds);
    const memory = setInterval(() => {
      const bytes = child.pid === undefined ? null : groupMemory(child.pid);
      if (bytes !== null && bytes > order.memoryBytes) end({ kind: 'too-heavy' });
    }, lookEvery);
    // The application's own end takes it along.
    process.once('exit', onExit);
    child.once('error', (error) => end({ kind: 'not-started', detail: error.message }));
    child.once('exit', (code) => end({ kind: 'ended', code }));
  });
}
