// Runs strace on the processes of a running desk: to write down their system calls, or to make some fail as a full disk does.
// It judges nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { familyOf } from '../../desk/launch';

export interface Tracing {
  /** Lets the processes go and gives the trace. */
  stop(): Promise<string>;
}

const watched = 'fsync,fdatasync,rename,renameat,renameat2,write,writev,sendto,sendmsg';

/** Page processes are sandboxed and may not be traced; they own no file: IndexedDB is written by main's own threads. */
function traceable(pid: number): boolean {
  try {
    return !/--type=(renderer|zygote|gpu-process)/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    // It ended between the listing and the look.
    return false;
  }
}

/** strace at times waits for ever for a thread that begins or ends while it takes hold or lets go; killed, it lets go of all. */
const patience = 20_000;
const tries = 3;

/** strace on main and the hosts of a desk, with all their threads; resolves when it has them. */
async function attach(pid: number, wish: readonly string[]) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attachOnce(pid, wish);
    } catch (error) {
      if (attempt === tries || !String(error).includes('not attached')) throw error;
    }
  }
}

/** Lets the processes go; what was written down by then is whole but for what strace still held. */
async function letGo({ strace, gone }: Awaited<ReturnType<typeof attach>>): Promise<void> {
  strace.kill('SIGINT');
  const timer = setTimeout(() => strace.kill('SIGKILL'), patience);
  await gone;
  clearTimeout(timer);
}

async function attachOnce(pid: number, wish: readonly string[]) {
  const pids = familyOf(pid).filter(traceable);
  const strace = spawn('strace', ['-f', ...wish, ...pids.flatMap((one) => ['-p', String(one)])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = once(strace, 'exit');
  let said = '';
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    strace.kill('SIGKILL');
  }, patience);
  await new Promise<void>((done, fail) => {
    strace.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
      // A host may end between the listing and strace: waiting for it would be for ever.
      const isOver = (one: number) => said.includes(`PTRACE_SEIZE, ${one}): No such process`);
      if (pids.every((one) => said.includes(`Process ${one} attached`) || isOver(one))) done();
    });
    const word = () => (isLate ? 'not attached' : 'strace ended');
    gone.then(() => fail(new Error(`${word()}: ${said.slice(0, 500)}`)), fail);
  }).finally(() => clearTimeout(timer));
  return { strace, gone };
}

/** Writes down the calls that make bytes durable or send them. */
export async function traceDesk(pid: number, output: string): Promise<Tracing> {
  const wish = ['-ttt', '-yy', '-s', '200', '-e', `trace=${watched}`, '-e', 'signal=none', '-o', output];
  const tracing = await attach(pid, wish);
  return {
    async stop() {
      await letGo(tracing);
      return readFileSync(output, 'utf8');
    },
  };
}

export interface FullDisk {
  /** There is room again. */
  free(): Promise<void>;
}

/** From now on these system calls of main and its hosts come back with ENOSPC, as on a disk with no room. */
export async function fillDisk(pid: number, calls: readonly ('fsync' | 'fdatasync')[]): Promise<FullDisk> {
  const names = calls.join(',');
  const tracing = await attach(pid, [
    ...['-e', `trace=${names}`, '-e', `inject=${names}:error=ENOSPC`, '-e', 'signal=none', '-o', '/dev/null'],
  ]);
  return {
    free: () => letGo(tracing),
  };
}
