// The messages between main and the reading host. What the host says is checked in full: it parses foreign bytes and may
// have been taken over by them. It holds no behaviour.
import { z } from 'zod';
import { sha256 } from '../../preload/contract/ids';
import { fileVerdict } from '../../preload/contract/verdict';
import { arrivalAnswers, arrivalInputs } from './arrival-protocol';
import { intakeAnswers, intakeInputs } from './intake-protocol';
import { levelAnswers, levelInputs } from './level-protocol';
import { markingAnswers, markingInputs } from './marking-protocol';
import { previewAnswers, previewInputs } from './preview-protocol';
import {
  bytes,
  codeWord,
  count,
  ders,
  fileAccess,
  numberBlank,
  packageWith,
  pageSize,
  preparedAnswer,
  rect,
  text,
  textPiece,
  writtenAttachment,
} from './protocol-parts';

const mebibyte = 1 << 20;

export { fileAccess, type WrittenAttachment, type WrittenBytes } from './protocol-parts';
export type AnyFileAccess = z.infer<typeof fileAccess>;

/** A file to write: see blobs. `ticket` is main's name for it. */
export const namedTicket = z.strictObject({
  ticket: z.number().int(),
  path: z.string(),
  salt: bytes(16),
  fileKey: bytes(32),
});
export type NamedTicket = z.infer<typeof namedTicket>;

export const readPackageAnswer = packageWith(writtenAttachment);

const urls = z.array(text).max(100);
export const verifyAnswer = z.strictObject({
  verdict: fileVerdict,
  needs: z
    .array(
      z.strictObject({
        certificateFingerprint: sha256,
        ocspUrls: urls,
        ocspRequest: bytes(mebibyte),
        crlUrls: urls,
        issuerUrls: urls,
      }),
    )
    .max(10_000),
});

export const readyAnswer = z.strictObject({ prepared: preparedAnswer, attributes: bytes(mebibyte) });

export const pdfFactsAnswer = z.strictObject({
  pages: count,
  /** A secrecy mark stands on one of the pages that were read. */
  secret: z.boolean(),
  text: z.string().max(200_000),
  /** False where the text could not be taken out: then `secret` proves nothing. */
  textRead: z.boolean(),
  /** Runs of text with their places on the page as shown, and the sizes of the pages that were read. */
  pieces: z.array(textPiece).max(40_000).default([]),
  sizes: z.array(pageSize).max(20_000).default([]),
  /** The leader's signature that shows on a page (page from 1); null where none does or the form cannot be read. */
  leaderSignature: rect
    .extend({ page: z.number().int().min(1) })
    .nullable()
    .default(null),
  /** Text fields made ready for number and date before anybody signed. */
  numberBlanks: z.array(numberBlank).max(3).default([]),
  /** The only signature field that waits at a place of its own (page from 1); null where there is none, or more than one. */
  waitingField: rect
    .extend({ page: z.number().int().min(1) })
    .nullable()
    .default(null),
});

/** What each job gives back. */
export const jobAnswers = {
  'read-package': readPackageAnswer,
  verify: verifyAnswer,
  'prepare-signature': readyAnswer,
  'prepare-number': z.strictObject({
    /** Empty where the page has no place for number and date. */
    increment: bytes(256 * mebibyte),
    way: z.enum(['blanks', 'fields']),
  }),
  'check-picture': z.strictObject({
    width: count,
    height: count,
    widthMm: z.number(),
    colourFits: z.boolean(),
  }),
  'check-stamp-picture': z.strictObject({ width: count, height: count }),
  'prepare-blanks': z.strictObject({ increment: bytes(256 * mebibyte) }),
  'stamp-page': z.strictObject({ increment: bytes(256 * mebibyte) }),
  'pdf-facts': pdfFactsAnswer,
  ...arrivalAnswers,
  ...intakeAnswers,
  ...previewAnswers,
  ...levelAnswers,
  ...markingAnswers,
} as const;
export type JobName = keyof typeof jobAnswers;
export type JobAnswer<N extends JobName> = z.output<(typeof jobAnswers)[N]>;

/** What each job is given, by main: trusted, checked for shape so that a mistake of ours is seen here. */
export const jobInputs = {
  'read-package': z.strictObject({
    access: fileAccess,
    docId: z.string().max(200),
    /** The place of the first file that is written; null: it is asked for, like the others. */
    ticket: namedTicket.nullable().default(null),
  }),
  verify: z.strictObject({
    access: fileAccess,
    anchors: ders,
    intermediates: ders,
    crls: ders,
    ocspResponses: ders,
    /** The moment to judge at; null: now. */
    time: z.date().nullable(),
    now: z.date(),
    password: z.string().nullable(),
    /** How long main may be asked to fetch issuers and status, in milliseconds; 0: not at all. */
    fetchMilliseconds: count,
  }),
  'prepare-signature': z.strictObject({
    access: fileAccess,
    /** SigningOrder of main/signing. */
    order: z.custom<object>((value) => typeof value === 'object' && value !== null),
    signer: z.strictObject({
      certificate: bytes(mebibyte),
      chain: z.array(bytes(mebibyte)).max(20),
      algorithm: z.enum(['rsa-pkcs1-sha256', 'rsa-pss-sha256', 'ecdsa-sha256', 'ecdsa-sha384']),
    }),
    fontPath: z.string(),
  }),
  'prepare-number': z.strictObject({
    access: fileAccess,
    order: z.strictObject({
      values: z.strictObject({
        number: z.string().max(20),
        day: z.string().max(2),
        month: z.string().max(2),
      }),
      found: z.array(numberBlank).max(3),
    }),
    fontPath: z.string(),
    /** The document's, where it has one. */
    password: z.string().nullable().default(null),
  }),
  'prepare-blanks': z.strictObject({
    access: fileAccess,
    blanks: z.array(numberBlank).max(3),
    fontPath: z.string(),
    password: z.string().nullable().default(null),
  }),
  'check-picture': z.strictObject({
    png: bytes(8 * mebibyte),
    kind: z.enum(['signature', 'seal']),
    /** null: as the file says, else the usual. */
    widthMm: z.number().nullable(),
  }),
  'check-stamp-picture': z.strictObject({ png: bytes(8 * mebibyte) }),
  'stamp-page': z.strictObject({
    access: fileAccess,
    /** StampRequest of main/signing. */
    stamp: z.custom<object>((value) => typeof value === 'object' && value !== null),
    /** Page from 0; the lower left corner on the page as shown, points. */
    at: z.strictObject({ page: count, x: z.number(), y: z.number() }),
    fontPath: z.string(),
    boldPath: z.string(),
    password: z.string().nullable().default(null),
  }),
  'pdf-facts': z.strictObject({
    access: fileAccess,
    textPages: count,
    /** Text alone, and of these pages alone: no count of pages, none of the last pages, no places of signatures. */
    textOnly: z.boolean().default(false),
    textCharacters: z.number().int().min(0).max(200_000),
    /** Milliseconds of work on the text, after which the rest is left; none: the job's own limit ends it. */
    textWork: z.number().int().positive().nullable().default(null),
    password: z.string().nullable().default(null),
  }),
  ...arrivalInputs,
  ...intakeInputs,
  ...previewInputs,
  ...levelInputs,
  ...markingInputs,
} as const;
export type JobInput<N extends JobName> = z.input<(typeof jobInputs)[N]>;

/** What the host asks of main during a job. */
export const ask = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('ticket') }),
  z.strictObject({ what: z.literal('discard'), ticket: z.number().int() }),
  /** Tells how many pages are done; a failure as the answer ends the job. */
  z.strictObject({ what: z.literal('go-on'), done: count }),
  z.strictObject({
    what: z.literal('fetch'),
    url: text,
    body: bytes(mebibyte).nullable(),
    contentType: text.nullable(),
    accept: text,
    maxBytes: z
      .number()
      .int()
      .min(1)
      .max(64 * mebibyte),
  }),
]);
export type Ask = z.infer<typeof ask>;

const id = z.number().int();
export const toHost = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('job'), id, name: z.string(), input: z.unknown() }),
  z.strictObject({ kind: z.literal('answer'), ask: id, value: z.unknown() }),
  z.strictObject({ kind: z.literal('no-answer'), ask: id, code: z.string(), detail: z.string() }),
]);
export type ToHost = z.infer<typeof toHost>;

export const toMain = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done'), id, value: z.unknown() }),
  z.strictObject({ kind: z.literal('failed'), id, code: codeWord, detail: z.string().max(2000) }),
  z.strictObject({ kind: z.literal('ask'), id, ask: id, question: ask }),
]);
export type ToMain = z.infer<typeof toMain>;
