// The records of the desk: what the ledger keeps and what crosses between window and main. Values only, no behaviour.
import { z } from 'zod';
import { annotation } from './annotation';
import { business } from './business';
import { copyRecord } from './copies';
import { type SheetDraft, sheetDraft } from './handling-sheet';
import { actId, day, deskId, hubDocId, type Instant, instant, sha256 } from './ids';
import { madeFrom } from './made-from';
import { fileVerdict } from './verdict';

const text = z.string().max(4000);
const short = z.string().max(600);

export const organ = z.strictObject({ code: z.string().max(40), name: short });
export type Organ = z.infer<typeof organ>;

/** A document answered by this one (ResponseFor). */
export const responseFor = z.strictObject({
  organId: z.string().max(40),
  code: short,
  documentId: short,
  promulgationDate: day.nullable(),
});
export type ResponseFor = z.infer<typeof responseFor>;

/** What QĐ 28/2018 Art. 10.2 makes every screen show, in the desk's own form; main maps it to and from edXML. */
export const documentFacts = z.strictObject({
  documentId: short,
  number: z.string().max(20),
  notation: z.string().max(40),
  typeName: short,
  subject: text,
  content: text,
  place: short,
  issuedOn: day.nullable(),
  signer: z.strictObject({ competence: short, position: short, name: short }),
  sender: organ,
  receivers: z.array(organ).max(5000),
  toPlaces: z.array(short).max(500),
  /** 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc, 4 hỏa tốc hẹn giờ. */
  urgency: z.number().int().min(0).max(9),
  /** Of an update alone: its package names no urgency that can be read, so that the 0 above is nobody's wish. Never false. */
  urgencyUnsaid: z.literal(true).optional(),
  dueOn: day.nullable(),
  pages: z.number().int().min(0),
  copies: z.number().int().min(0),
  appendixes: z.array(short).max(200),
  responseFor: z.array(responseFor).max(100),
  business,
  /** A paper copy also travels (Paper=1). */
  paper: z.boolean(),
});
export type DocumentFacts = z.infer<typeof documentFacts>;

export const attachment = z.strictObject({
  sha256,
  name: short,
  description: short,
  contentType: z.string().max(200),
  size: z.number().int().min(0),
  /** Only for PDF: the verdict on its signatures at `verifiedAt`. */
  verdict: fileVerdict.nullable(),
  verifiedAt: instant.nullable(),
  /** A code when the bytes could not be taken out of the package as they should. */
  problem: z.string().max(100).nullable(),
  /** Absent for a file that is as it came. */
  madeFrom: madeFrom.optional(),
});
export type Attachment = z.infer<typeof attachment>;

/** A status as it travels: 01 đã đến … 06 hoàn thành, 13, 15, 16; unknown codes are kept as they came. */
export const documentStatus = z.strictObject({
  code: z.string().max(10),
  from: organ,
  responseFor,
  description: text,
  staff: short,
  at: instant,
});
export type DocumentStatus = z.infer<typeof documentStatus>;

/** What became of one package fetched from the hub, durable in main before it is returned. */
export const arrival = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('document'),
    docId: hubDocId,
    packageSha: sha256,
    facts: documentFacts,
    attachments: z.array(attachment).max(500),
    /** Names of elements that were understood by nobody and are kept in the package. */
    unknown: z.array(short).max(200),
    /** Files that the package says it has and lacks, by name or id; absent where it lacks none. */
    missing: z.array(short).min(1).max(500).optional(),
    arrivedAt: instant,
  }),
  z.strictObject({
    kind: z.literal('status'),
    docId: hubDocId,
    packageSha: sha256,
    status: documentStatus,
    arrivedAt: instant,
  }),
  z.strictObject({
    kind: z.literal('unreadable'),
    docId: hubDocId,
    packageSha: sha256.nullable(),
    code: z.string().max(100),
    arrivedAt: instant,
  }),
  /** A secrecy mark: nothing but the fact is kept (QĐ 28/2018 Art. 1). */
  z.strictObject({ kind: z.literal('secret'), docId: hubDocId, sender: organ, arrivedAt: instant }),
]);
export type Arrival = z.infer<typeof arrival>;

export const historyEntry = z.strictObject({
  at: instant,
  /** Stable word of what happened; the window has the sentence. */
  what: z.string().max(60),
  who: short,
  detail: text,
  /** Where it came from: this machine, or the hub and its endpoint. Rows of older versions have none. */
  from: z.string().max(200).optional(),
  /** Code of the agency that `who` names: names are shared. Only beside a name, and rows of older versions have none. */
  agency: z.string().max(60).optional(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

export const incomingState = z.enum([
  'to-accept',
  'to-present',
  'to-assign',
  'in-progress',
  'finished',
  'refused',
  'recalled',
  'unreadable',
  'secret',
]);
export type IncomingState = z.infer<typeof incomingState>;

/** The sheet kept with an incoming document: its words as they were kept last, and the file of each version, oldest first. */
export interface KeptSheet {
  words: SheetDraft;
  versions: { file: Attachment; at: Instant; by: string }[];
}
// Named: what is inferred from it below would be longer than the compiler writes out.
const keptSheet: z.ZodType<KeptSheet> = z.strictObject({
  words: sheetDraft,
  versions: z
    .array(z.strictObject({ file: attachment, at: instant, by: short }))
    .min(1)
    .max(1000),
});

/** A văn bản đến on this desk. */
export const incomingDocument = z.strictObject({
  id: deskId,
  rev: z.number().int().min(0),
  state: incomingState,
  /** Where it came from: the hub's name of it, or null for paper. */
  docId: hubDocId.nullable(),
  packageSha: sha256.nullable(),
  facts: documentFacts,
  attachments: z.array(attachment),
  unknown: z.array(short),
  problem: z.string().nullable(),
  receivedAt: instant,
  /** Số đến, given once at tiếp nhận và đăng ký; null before and for refused ones. */
  arrivalNumber: z.number().int().positive().nullable(),
  arrivalDate: day.nullable(),
  presentedTo: short,
  opinion: text,
  assignedTo: short,
  /** Another row with the same sender and DocumentId, or the same number, symbol and issuer. */
  duplicateOf: deskId.nullable(),
  /** For a recall, update or replacement that came in: the document it is about, if it is here. */
  concerns: deskId.nullable(),
  /** Recalls, updates and replacements that came for this document, oldest first. */
  asked: z
    .array(z.strictObject({ notice: deskId, type: z.enum(['1', '2', '3']) }))
    .max(500)
    .optional(),
  sheet: keptSheet.optional(),
  history: z.array(historyEntry),
});
export type IncomingDocument = z.infer<typeof incomingDocument>;

export const outgoingState = z.enum([
  'draft',
  'to-sign',
  'to-number',
  'to-seal',
  'to-send',
  'queued',
  'sent',
  'returned',
  'recalled',
]);
export type OutgoingState = z.infer<typeof outgoingState>;

export const delivery = z.strictObject({
  organ,
  /** `waiting` before the hub took it, `sent` after; then the last status code that came back. */
  state: z.string().max(20),
  detail: text,
  at: instant.nullable(),
  /** An update took it off the receivers; what it was sent stays in this list. */
  removed: z.boolean().optional(),
});
export type Delivery = z.infer<typeof delivery>;

/** A signing step that was done: who, when, and which bytes came of it. */
export const doneSignature = z.strictObject({ signer: short, at: instant, sha256, elsewhere: z.boolean() });
export type DoneSignature = z.infer<typeof doneSignature>;

/** A file raised after its package was frozen: what was sent never changes, so it lies beside it. */
export const lastingCopy = z.strictObject({ of: sha256, level: z.string().max(20), file: attachment });
export type LastingCopy = z.infer<typeof lastingCopy>;

/** A văn bản đi on this desk. `main` is the newest PDF; earlier ones stay as blobs. */
export const outgoingDocument = z.strictObject({
  id: deskId,
  rev: z.number().int().min(0),
  state: outgoingState,
  facts: documentFacts,
  main: attachment.nullable(),
  annexes: z.array(attachment),
  leaderSignature: doneSignature.nullable(),
  seal: doneSignature.nullable(),
  /** Số đi, given once; the year and series are in the register. */
  numberGiven: z.strictObject({ number: z.number().int().positive(), date: day, at: instant }).nullable(),
  packageSha: sha256.nullable(),
  hubDocId: hubDocId.nullable(),
  deliveries: z.array(delivery),
  answers: deskId.nullable(),
  /** The sent document that this one takes the place of. */
  replaces: deskId.optional(),
  /** An electronic copy (sao y, sao lục, trích sao): it has no leader's signature of its own. */
  copy: copyRecord.optional(),
  createdAt: instant,
  sentAt: instant.nullable(),
  lasting: z.array(lastingCopy).max(500).optional(),
  history: z.array(historyEntry),
});
export type OutgoingDocument = z.infer<typeof outgoingDocument>;

export const outboxState = z.enum([
  'ready',
  'sending',
  'accepted',
  'confirmed',
  'waiting',
  'unknown',
  'needs-attention',
  'superseded',
]);
export type OutboxState = z.infer<typeof outboxState>;

/** One thing the hub must be told. `id` is derived from the act, so a repeated act makes the same row. */
export const outboxRow = z.strictObject({
  id: z.string().max(120),
  seq: z.number().int().min(0),
  rev: z.number().int().min(0),
  /** The document's id: order inside a lane, freedom between lanes. */
  lane: z.string().max(120),
  act: actId,
  kind: z.enum(['edoc', 'status', 'ack']),
  state: outboxState,
  attempts: z.number().int().min(0),
  notBefore: instant,
  leaseUntil: instant.nullable(),
  lastCode: z.string().max(100),
  /** The frozen package, null for an ack. */
  packageSha: sha256.nullable(),
  receivers: z.array(z.string().max(40)),
  /** The package at the hub that is acknowledged, or the docId the hub gave when it accepted. */
  docId: hubDocId.nullable(),
  createdAt: instant,
});
export type OutboxRow = z.infer<typeof outboxRow>;

/** One row of the ledger as the journal keeps it, so that a lost IndexedDB can be rebuilt. */
export const ledgerPut = z.discriminatedUnion('table', [
  z.strictObject({ table: z.literal('incoming'), row: incomingDocument }),
  z.strictObject({ table: z.literal('outgoing'), row: outgoingDocument }),
  z.strictObject({ table: z.literal('annotations'), row: annotation }),
  z.strictObject({ table: z.literal('outbox'), row: outboxRow }),
]);
export type LedgerPut = z.infer<typeof ledgerPut>;
