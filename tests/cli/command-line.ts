// Calls the command line as a stranger does, by npm from another folder, and reads what it wrote. It asserts nothing.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface Called {
  readonly exit: number;
  /** stdout, each line as JSON. Throws when a line is none. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly errors: string;
}

export interface Call {
  /** The caller's folder. */
  readonly from: string;
  /** What stdin has, as it is; none: it is empty. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const project = resolve('.');

/** `npm run -s cli -- ...args` in a folder of the caller's. */
export function commandLine(args: readonly string[], call: Call): Promise<Called> {
  const child = spawn('npm', ['run', '-s', '--prefix', project, 'cli', '--', ...args], {
    cwd: call.from,
    env: { ...process.env, INIT_CWD: undefined, ...call.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  // A command that needs no PIN may end before it has read one.
  child.stdin.on('error', () => undefined);
  child.stdin.end(call.input ?? '');
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      try {
        done({
          exit: code ?? -1,
          lines: Buffer.concat(output)
            .toString('utf8')
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line) as Record<string, unknown>),
          errors: Buffer.concat(errors).toString('utf8'),
        });
      } catch (error) {
        fail(error);
      }
    });
  });
}
