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
  return {
    async facts(path, password) {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined) throw new Failure('file-unreadable', path);
      return client.run({
        name: 'pdf-facts',
        input: {
          access: { path, fileKey: null },
          textPages,
          textCharacters: 0,
          password: password ?? null,
        },
        file: path,
        size: stat.size,
      });
    },
    close: () => client.close(),
  };
}
