// Runs strace on the processes of a running desk and gives what it wrote. It reads nothing of it.
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

/** Attaches to main and the hosts of a desk, with all their threads; resolves when strace has them. */
export async function traceDesk(pid: number, output: string): Promise<Tracing> {
  const pids = familyOf(pid).filter(traceable);
  const args = [
    '-f',
    '-ttt',
    '-yy',
    '-s',
    '200',
    '-e',
    `trace=${watched}`,
    '-e',
    'signal=none',
    '-o',
    output,
  ];
  const strace = spawn('strace', [...args, ...pids.flatMap((one) => ['-p', String(one)])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = once(strace, 'exit');
  let said = '';
  await new Promise<void>((done, fail) => {
    strace.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
      if (pids.every((one) => said.includes(`Process ${one} attached`))) done();
    });
    gone.then(() => fail(new Error(`strace ended: ${said.slice(0, 500)}`)), fail);
  });
  return {
    async stop() {
      strace.kill('SIGINT');
      await gone;
      return readFileSync(output, 'utf8');
    },
  };
}
