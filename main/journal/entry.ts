// What the journal remembers, entry by entry. Values only; an entry of a newer version is carried along unread.
import { z } from 'zod';
import { actId, deskId, hubDocId, instant, sha256 } from '../../preload/contract/ids';
import { arrival, ledgerPut } from '../../preload/contract/records';

export const registerName = z.enum(['incoming', 'outgoing']);
export type RegisterName = z.infer<typeof registerName>;

const year = z.number().int().min(1900).max(9999);
const series = z.string().max(40);
const code = z.string().max(200);
const level = z.string().max(20);

/** The hub's answer as the exchange gives it: kept whole, read by its `kind`. */
const answer = z.custom<{ readonly kind: string }>(
  (value) => typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string',
);

export const entry = z.discriminatedUnion('type', [
  /** A package from the hub is durable here. */
  z.object({ type: z.literal('arrival'), arrival }),
  /** The hub was told `done`. */
  z.object({ type: z.literal('ack'), docId: hubDocId, at: instant }),
  /** A row of the ledger as it was saved. */
  z.object({ type: z.literal('put'), put: ledgerPut }),
  /** A number given once and for ever. */
  z.object({
    type: z.literal('number-given'),
    act: actId,
    register: registerName,
    series,
    year,
    number: z.number().int().positive(),
    documentId: deskId,
    at: instant,
  }),
  /** The last number another book used; `series` null: every series that has no start of its own. */
  z.object({
    type: z.literal('number-start'),
    register: registerName,
    series: series.nullable(),
    year,
    last: z.number().int().min(0),
    at: instant,
  }),
  /** About to send: written before the first byte leaves. */
  z.object({
    type: z.literal('attempt'),
    attempt: z.string().max(120),
    row: z.string().max(120),
    kind: z.enum(['edoc', 'status']),
    packageSha: z.string().max(64),
    from: code,
    receivers: z.array(code).readonly(),
    at: z.string().max(40),
  }),
  z.object({
    type: z.literal('answer'),
    attempt: z.string().max(120),
    row: z.string().max(120),
    answer,
    at: z.string().max(40),
  }),
  /** The package of an act: the same act gets the same bytes again. */
  z.object({ type: z.literal('package-frozen'), act: actId, sha256, at: instant }),
  /** Before C_Sign. */
  z.object({
    type: z.literal('ticket-opened'),
    ticket: z.uuid(),
    act: actId,
    input: sha256,
    /** Hex of what is given to the token. */
    digest: z.string().max(200),
    at: instant,
  }),
  /** After the signed file is durable. */
  z.object({ type: z.literal('ticket-signed'), ticket: z.uuid(), output: sha256, at: instant }),
  z.object({ type: z.literal('ticket-closed'), ticket: z.uuid(), at: instant }),
  /** What was found out about the certificate of an act before its PIN, as a blob. */
  z.object({ type: z.literal('evidence'), act: actId, evidence: sha256, at: instant }),
  /** A signed file is to be raised; then each file that came of it, and the end of it with why, '' when it is reached. */
  z.object({ type: z.literal('raise-wanted'), input: sha256, documentId: deskId, level, at: instant }),
  z.object({ type: z.literal('raised'), input: sha256, output: sha256, level, at: instant }),
  z.object({ type: z.literal('raise-ended'), input: sha256, code, at: instant }),
  /** A file ended the process that read it: after the second time it is not opened again. */
  z.object({ type: z.literal('reader-killed'), file: z.string().max(200), code, at: instant }),
  /** Part of this journal was found damaged: numbers are uncertain until a start after it. */
  z.object({ type: z.literal('damage'), where: z.string().max(400), at: instant }),
  z.object({ type: z.literal('note'), text: z.string().max(4000), at: instant }),
]);
export type Entry = z.infer<typeof entry>;
export type EntryOf<T extends Entry['type']> = Extract<Entry, { type: T }>;
