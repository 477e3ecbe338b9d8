// What main asks about files that come in, in the words of the desk. What the host wrote is taken into the store only when the
// whole job is done. It parses nothing.
import { Failure } from '../../preload/contract/failure';
import type { Sha256 } from '../../preload/contract/ids';
import type { BlobStore, Written } from '../blobs';
import type { ReadingClient } from './client';
import type { JobAnswer, JobInput } from './protocol';
import { ticketBook } from './ticket-book';

/** Pictures are unpacked and packed again: a page may take seconds. */
const pictureMilliseconds = 30_000;
/** Every stream of the file is unpacked. */
const repairMilliseconds = 60_000;

export interface IntakeReader {
  /** What a stored file is. Throws those of ReadingClient. */
  look(file: Sha256, password: string | null): Promise<JobAnswer<'file-look'>>;
  /** What a file that is no page shows of itself. Throws those of ReadingClient. */
  preview(file: Sha256): Promise<JobAnswer<'file-preview'>>;
  /** A PDF of stored pictures; `goOn` hears of each page and may throw to end it. Throws `convert-*`. */
  picturePdf(
    files: readonly Sha256[],
    goOn: (pages: number) => Promise<void>,
  ): Promise<Omit<JobAnswer<'picture-pdf'>, 'written'> & { readonly written: Written }>;
  /** A new PDF of a damaged one. Throws `pdf-repair-*` and those of reading. */
  repair(
    file: Sha256,
    name: string,
    password: string | null,
  ): Promise<Omit<JobAnswer<'repair-pdf'>, 'written'> & { readonly written: Written }>;
  /** Whether a file that is no single PDF carries a secrecy mark in its words. Throws those of ReadingClient. */
  saysSecret(file: Sha256): Promise<boolean>;
  /** A look at a PDF that another program made. Throws `convert-output-bad`. */
  madePdf(file: Sha256, fonts: readonly string[]): Promise<JobAnswer<'made-pdf'>>;
}

/** The questions over one store and one client. */
export function createIntakeReader(client: ReadingClient, blobs: BlobStore): IntakeReader {
  async function placed(file: Sha256): Promise<{ access: JobInput<'file-look'>['access']; size: number }> {
    const size = await blobs.size(file);
    if (size === null) throw new Failure('blob-missing', file);
    return { access: await blobs.fileAccess(file), size };
  }
  return {
    async look(file, password) {
      const { access, size } = await placed(file);
      return client.run({ name: 'file-look', input: { access, password }, file, size });
    },
    async preview(file) {
      const { access, size } = await placed(file);
      return client.run({ name: 'file-preview', input: { access }, file, size });
    },
    async picturePdf(files, goOn) {
      const places = [];
      for (const file of files) places.push(await placed(file));
      const book = ticketBook(blobs);
      try {
        const made = await client.run({
          name: 'picture-pdf',
          input: { accesses: places.map((one) => one.access) },
          // Strikes are counted against one picture; of several nobody knows which one it was.
          file: files.length === 1 ? (files[0] ?? '') : files.join(' ').slice(0, 200),
          size: places.reduce((sum, one) => sum + one.size, 0),
          extraMilliseconds: pictureMilliseconds * files.length,
          help: { ...book.help, goOn },
        });
        return { ...made, written: await book.adopt(made.written.ticket) };
      } finally {
        await book.discardAll();
      }
    },
    async repair(file, name, password) {
      const { access, size } = await placed(file);
      const book = ticketBook(blobs);
      try {
        const made = await client.run({
          name: 'repair-pdf',
          input: { access, name, password },
          file,
          size,
          extraMilliseconds: repairMilliseconds,
          help: book.help,
        });
        return { ...made, written: await book.adopt(made.written.ticket) };
      } finally {
        await book.discardAll();
      }
    },
    async saysSecret(file) {
      const { access, size } = await placed(file);
      return (await client.run({ name: 'secret-look', input: { access }, file, size })).secret;
    },
    async madePdf(file, fonts) {
      const { access, size } = await placed(file);
      return client.run({ name: 'made-pdf', input: { access, fonts: [...fonts] }, file, size });
    },
  };
}
