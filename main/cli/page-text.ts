// What the pages of a plain file say, for the command line: places of signatures, blanks of number and date, stamps. The
// reading host takes the text out, in a process of its own that ends with the command.
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../preload/contract/failure';
import { hostHeapMegabytes, type JobAnswer, ReadingClient, type ReadingLimits } from '../reading';
import { nodeHostProcess } from '../runtime/host-process';

/** The end of a document may be followed by a long annex: its signature is looked for on so many pages. */
const textPages = 40;

/** A place found in what was read so far is better than none. */
const textMilliseconds = 2500;
const startMilliseconds = 10_000;

export type PageFacts = JobAnswer<'pdf-facts'>;

export interface PageText {
  /** Throws the reader's Failures, `file-unreadable`. */
  facts(path: string, password: string | undefined): Promise<PageFacts>;
  close(): void;
}

function hostEntry(): string {
  return join(dirname(fileURLToPath(import.meta.url)), 'reading-host.cjs');
}

/** The host starts with the first question. `limits`: how long one file may take, where it is not to be the usual. */
export function pageText(limits: Partial<ReadingLimits> = {}, entry: string = hostEntry()): PageText {
  const start = () => nodeHostProcess({ entry, heapMegabytes: hostHeapMegabytes });
  const client = new ReadingClient(start, undefined, limits);
  let started = false;
  async function ask(path: string, password: string | undefined, pages: number, extra: number) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) throw new Failure('file-unreadable', path);
    return client.run({
      name: 'pdf-facts',
      input: {
        access: { path, fileKey: null },
        textPages: pages,
        textCharacters: 0,
        textWork: textMilliseconds,
        password: password ?? null,
      },
      file: path,
      size: stat.size,
      extraMilliseconds: extra,
    });
  }
  return {
    async facts(path, password) {
      // The start of the process is not the file's time: on a busy machine it takes longer than most files.
      if (!started) await ask(path, password, 0, startMilliseconds);
      started = true;
      return ask(path, password, textPages, 0);
    },
    close: () => client.close(),
  };
}
