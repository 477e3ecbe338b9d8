// What main asks about stored files, in the words of the desk: each question becomes a job of the reading host, and what
// the host wrote is taken into the store only when the whole package was read. It parses nothing.
import { createHash } from 'node:crypto';
import type { EdxmlPackage } from '../../preload/contract/edxml';
import { Failure } from '../../preload/contract/failure';
import type { Sha256 } from '../../preload/contract/ids';
import type { BlobStore, Written } from '../blobs';
import type { Fetcher } from '../verifying';
import { checkDigest, checkPrepared } from './check-prepared';
import type { JobHelp, ReadingClient } from './client';
import type { JobAnswer, JobInput } from './protocol';
import { ticketBook } from './ticket-book';

type FreeInput<
  N extends
    | 'verify'
    | 'prepare-signature'
    | 'prepare-number'
    | 'prepare-blanks'
    | 'stamp-page'
    | 'pdf-facts'
    | 'prepare-store',
> = Omit<JobInput<N>, 'access'>;

/** An attachment that lies in the store. */
export interface ReadAttachment extends Written {
  /** By its first bytes, whatever the package calls it. */
  readonly isPdf: boolean;
}

export interface Reader {
  /** Reads a stored package; attachments are blobs when it resolves. Throws `edxml-*`, and those of ReadingClient. */
  readPackage(packageSha: Sha256, docId: string): Promise<EdxmlPackage<ReadAttachment>>;
  /** The verdict on a stored PDF; `fetch` meets its needs for at most `fetchMilliseconds`. */
  verify(file: Sha256, input: FreeInput<'verify'>, fetch?: Fetcher): Promise<JobAnswer<'verify'>>;
  /** Prepares a signature; the key is elsewhere. What the host prepared is checked against the stored bytes. */
  prepareSignature(
    file: Sha256,
    input: FreeInput<'prepare-signature'>,
  ): Promise<JobAnswer<'prepare-signature'>>;
  prepareNumber(file: Sha256, input: FreeInput<'prepare-number'>): Promise<JobAnswer<'prepare-number'>>;
  prepareBlanks(file: Sha256, input: FreeInput<'prepare-blanks'>): Promise<JobAnswer<'prepare-blanks'>>;
  /** Looks at a picture that a person chose. */
  checkPicture(input: JobInput<'check-picture'>): Promise<JobAnswer<'check-picture'>>;
  /** Looks at a picture for a stamp among the notes. */
  checkStampPicture(input: JobInput<'check-stamp-picture'>): Promise<JobAnswer<'check-stamp-picture'>>;
  stampPage(file: Sha256, input: FreeInput<'stamp-page'>): Promise<JobAnswer<'stamp-page'>>;
  pdfFacts(file: Sha256, input: FreeInput<'pdf-facts'>): Promise<JobAnswer<'pdf-facts'>>;
  /** A document time stamp over the stored bytes, without its token; its digest is checked against them. */
  prepareStamp(
    file: Sha256,
    room: number,
    password: string | null,
  ): Promise<JobAnswer<'prepare-stamp'>['prepared']>;
  /** The security store of a stored PDF as an increment, or null; `fetch` meets its needs. */
  prepareStore(file: Sha256, input: FreeInput<'prepare-store'>, fetch: Fetcher): Promise<Uint8Array | null>;
  /** Reads an authority's reply to a request for a time stamp. */
  readStamp(input: JobInput<'read-stamp'>): Promise<Uint8Array>;
  /** How a certificate stands now. */
  checkSigner(input: JobInput<'check-signer'>, fetch: Fetcher): Promise<JobAnswer<'check-signer'>>;
  answerUntil(input: JobInput<'answer-until'>): Promise<Date | null>;
}

/** The questions over one store and one client. */
export function createReader(client: ReadingClient, blobs: BlobStore): Reader {
  async function placed(file: Sha256): Promise<{ access: JobInput<'verify'>['access']; size: number }> {
    const size = await blobs.size(file);
    if (size === null) throw new Failure('blob-missing', file);
    return { access: await blobs.fileAccess(file), size };
  }

  return {
    async readPackage(packageSha, docId) {
      const { access, size } = await placed(packageSha);
      const book = ticketBook(blobs);
      try {
        const read = await client.run({
          name: 'read-package',
          input: { access, docId, ticket: await book.help.ticket() },
          file: packageSha,
          size,
          help: book.help,
        });
        const attachments: EdxmlPackage<ReadAttachment>['attachments'] = [];
        for (const { bytes, ...meta } of read.attachments) {
          attachments.push({ ...meta, bytes: { ...(await book.adopt(bytes.ticket)), isPdf: bytes.isPdf } });
        }
        return { ...read, attachments };
      } finally {
        await book.discardAll();
      }
    },
    async verify(file, input, fetch) {
      const { access, size } = await placed(file);
      return client.run({
        name: 'verify',
        input: { ...input, access, fetchMilliseconds: fetch === undefined ? 0 : input.fetchMilliseconds },
        file,
        size,
        extraMilliseconds: input.fetchMilliseconds,
        help: fetch === undefined ? {} : { fetch: fetchHelp(fetch, input.fetchMilliseconds) },
      });
    },
    async prepareSignature(file, input) {
      const { access, size } = await placed(file);
      const ready = await client.run({ name: 'prepare-signature', input: { ...input, access }, file, size });
      const source = await blobs.open(file);
      try {
        await checkPrepared(ready, source, input.signer.certificate);
      } finally {
        source.close();
      }
      return ready;
    },
    async prepareNumber(file, input) {
      const { access, size } = await placed(file);
      return client.run({ name: 'prepare-number', input: { ...input, access }, file, size });
    },
    async prepareBlanks(file, input) {
      const { access, size } = await placed(file);
      return client.run({ name: 'prepare-blanks', input: { ...input, access }, file, size });
    },
    checkStampPicture: (input) => client.run({ name: 'check-stamp-picture', input, ...ofAnswer(input.png) }),
    checkPicture: (input) => client.run({ name: 'check-picture', input, ...ofAnswer(input.png) }),
    async stampPage(file, input) {
      const { access, size } = await placed(file);
      return client.run({ name: 'stamp-page', input: { ...input, access }, file, size });
    },
    async pdfFacts(file, input) {
      const { access, size } = await placed(file);
      return client.run({ name: 'pdf-facts', input: { ...input, access }, file, size });
    },
    async prepareStamp(file, room, password) {
      const { access, size } = await placed(file);
      const { prepared } = await client.run({
        name: 'prepare-stamp',
        input: { access, room, password },
        file,
        size,
      });
      const source = await blobs.open(file);
      try {
        await checkDigest(prepared, source);
      } finally {
        source.close();
      }
      return prepared;
    },
    async prepareStore(file, input, fetch) {
      const { access, size } = await placed(file);
      const { increment } = await client.run({
        name: 'prepare-store',
        input: { ...input, access },
        file,
        size,
        extraMilliseconds: input.fetchMilliseconds,
        help: { fetch: fetchHelp(fetch, input.fetchMilliseconds) },
      });
      return increment;
    },
    readStamp: async (input) =>
      (await client.run({ name: 'read-stamp', input, ...ofAnswer(input.reply) })).token,
    checkSigner: (input, fetch) =>
      client.run({
        name: 'check-signer',
        input,
        ...ofAnswer(input.certificate),
        extraMilliseconds: input.fetchMilliseconds,
        help: { fetch: fetchHelp(fetch, input.fetchMilliseconds) },
      }),
    answerUntil: async (input) =>
      (await client.run({ name: 'answer-until', input, ...ofAnswer(input.answer) })).until,
  };
}

/** What is no stored file has its hash as the name that strikes are counted by. */
function ofAnswer(answer: Uint8Array): { file: string; size: number } {
  return { file: createHash('sha256').update(answer).digest('hex'), size: answer.length };
}

/** Addresses stand in foreign certificates: only plain web addresses are fetched, whatever the fetcher could do. */
function fetchHelp(fetch: Fetcher, milliseconds: number): JobHelp['fetch'] {
  return ({ url, body, contentType, accept, maxBytes }) => {
    if (!/^https?:\/\//i.test(url)) throw new Failure('call-refused', 'address of a certificate');
    return fetch({
      url,
      accept,
      maxBytes,
      signal: AbortSignal.timeout(milliseconds),
      ...(body === null ? {} : { body }),
      ...(contentType === null ? {} : { contentType }),
    });
  };
}
