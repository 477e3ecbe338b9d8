// Starts a program of the sandbox and waits for its one line of JSON; stops it again. It knows no program.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

export interface Running {
  readonly process: ChildProcess;
  readonly ready: Readonly<Record<string, unknown>>;
  /** Ends the program and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A TCP port of the loopback address that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Starts `node script args` and waits for its first line, a JSON object. Rejects when it ends before. */
export function startProgram(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Running> {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`${script} ended with ${String(code)} before it was ready`)),
    );
    child.stdout.on('data', (chunk: Buffer) => {
      const had = text.includes('\n');
      text += had ? '' : chunk.toString('utf8');
      const end = text.indexOf('\n');
      if (had || end < 0) return;
      resolve({
        process: child,
        ready: JSON.parse(text.slice(0, end)) as Record<string, unknown>,
        stop: async (signal = 'SIGTERM') => {
          child.kill(signal);
          await gone;
        },
      });
    });
  });
}

/** Runs `node script args` to its end; throws with its stderr when it fails. */
export async function runProgram(script: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`${script} ${args[0] ?? ''}: ${errors}`);
}
