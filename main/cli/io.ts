// The real stdin, stdout and stderr behind CliIo. It never prints anything by itself.
import { resolve } from 'node:path';
import { Failure, isFailure } from '../../preload/contract/failure';
import { diskFailure } from '../runtime/disk-failure';
import type { CliIo } from './command';

/** Reads bytes from stdin up to a newline or its end; the newline (and a carriage return before it) is dropped. */
async function readSecretLine(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const chunk of process.stdin) {
    const bytes = chunk as Buffer;
    const end = bytes.indexOf(10);
    parts.push(end < 0 ? bytes : bytes.subarray(0, end));
    if (end >= 0) break;
  }
  const joined = Buffer.concat(parts);
  for (const part of parts) part.fill(0);
  return joined.at(-1) === 13 ? joined.subarray(0, -1) : joined;
}

/** CliIo over this process. npm runs a script in the project's folder and names the caller's in INIT_CWD. */
export function processIo(): CliIo {
  // A reader that went away (`| head -1`) ends nothing: files are still signed or sent, and the exit code tells.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    callerFolder: process.env['INIT_CWD'] ?? process.cwd(),
    env: process.env,
    json: (value) => {
      process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    message: (text) => {
      process.stderr.write(`${text}\n`);
    },
    readSecretLine,
  };
}

/** A path of the caller made absolute. */
export function callerPath(io: CliIo, path: string): string {
  return resolve(io.callerFolder, path);
}

/** The Failure of an output that could not be written: a full disk has a code of its own. A Failure passes unchanged. */
export function unwritable(path: string, error: unknown): Failure {
  const known = diskFailure(error);
  if (isFailure(known) && (known === error || known.code === 'disk-full')) return known;
  return new Failure('file-unwritable', path, { cause: error });
}
