// What main asks about marks in stored PDF files, in the words of the desk. It parses nothing.
import { Failure } from '../../preload/contract/failure';
import type { Sha256 } from '../../preload/contract/ids';
import type { BlobStore } from '../blobs';
import type { ReadingClient } from './client';
import type { JobAnswer, JobInput } from './protocol';

/** Every page is drawn on, and every picture unpacked and packed again. */
const writeMilliseconds = 30_000;

export interface MarkingReader {
  /** The notes of a stored file. Throws those of reading. */
  readMarks(file: Sha256, password: string | null): Promise<JobAnswer<'read-marks'>>;
  /** The bytes to append that write marks, empty where none has a place, and the signs that show as a box. Throws `pdf-page-missing` and those of reading. */
  writeMarks(
    file: Sha256,
    input: Omit<JobInput<'write-marks'>, 'access' | 'fileSha'>,
  ): Promise<JobAnswer<'write-marks'>>;
}

/** The questions over one store and one client. */
export function createMarkingReader(client: ReadingClient, blobs: BlobStore): MarkingReader {
  async function placed(file: Sha256) {
    const size = await blobs.size(file);
    if (size === null) throw new Failure('blob-missing', file);
    return { access: await blobs.fileAccess(file), size };
  }
  return {
    async readMarks(file, password) {
      const { access, size } = await placed(file);
      return client.run({ name: 'read-marks', input: { access, fileSha: file, password }, file, size });
    },
    async writeMarks(file, input) {
      const { access, size } = await placed(file);
      return client.run({
        name: 'write-marks',
        input: { ...input, access, fileSha: file },
        file,
        size,
        extraMilliseconds: writeMilliseconds,
      });
    },
  };
}
