// The real stdin, stdout and stderr behind CliIo. It never prints anything by itself.
import { resolve } from 'node:path';
import { Failure, isFailure } from '../../preload/contract/failure';
import { diskFailure } from '../runtime/disk-failure';
import type { CliIo } from './command';

/**
 * Reads bytes from a stream up to a newline or its end, a line a call; the newline (and a carriage return before it) is
 * dropped. What came with a line belongs to the next; everything given out is overwritten here.
 */
export function secretLines(stream: AsyncIterable<unknown>): () => Promise<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);
  return async () => {
    let end = held.indexOf(10);
    while (end < 0) {
      const { value, done } = await chunks.next();
      if (done === true) break;
      const fresh = value as Buffer;
      const joined = Buffer.concat([held, fresh]);
      held.fill(0);
      fresh.fill(0);
      held = joined;
      end = held.indexOf(10);
    }
    const line = Buffer.from(end < 0 ? held : held.subarray(0, end));
    const rest = Buffer.from(end < 0 ? [] : held.subarray(end + 1));
    held.fill(0);
    held = rest;
    return line.at(-1) === 13 ? line.subarray(0, -1) : line;
  };
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
    readSecretLine: secretLines(process.stdin),
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
