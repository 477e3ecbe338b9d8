// The one table of calls from a window to main: what goes in, what comes out, which windows may ask.
// The bridge, the handlers and the contract tests are all derived from it. It holds no behaviour.
import { z } from 'zod';
import { hubWays } from './business';
import { type CallShape, call, nothing, type WindowKind } from './call';
import { agencyCard, checkedCode, directoryState, receiverGroup } from './directory';
import { handReport } from './hand';
import { actId, day, deskId, hubDocId, instant, sha256 } from './ids';
import { intakeCalls } from './intake';
import { putsText } from './journal-puts';
import { markingCalls } from './marking';
import { previewCalls } from './preview';
import { quitAnswer } from './quitting';
import { arrival, attachment, documentFacts, documentStatus, ledgerPut, organ } from './records';
import { signingCalls } from './signing-calls';
import { placement, urgencyLevel } from './signing-request';
import { stampPictureCalls } from './stamp-pictures';
import { restartObstacle, updateView } from './updates';
import { fileVerdict } from './verdict';
import { calendarChanges } from './working-calendar';

export type { WindowKind };

const register = z.enum(['incoming', 'outgoing']);

/** What one attempt at the hub ended in; the reason for each is in main/exchange. */
export const hubAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('accepted'), docId: hubDocId.nullable() }),
  /** The hub said no, in its own words. */
  z.strictObject({ kind: z.literal('refused'), code: z.string().max(100), words: z.string().max(1000) }),
  /** No byte of the request left this machine, or the hub cannot have acted on it. */
  z.strictObject({
    kind: z.literal('not-sent'),
    code: z.string().max(100),
    retryAfterSeconds: z.number().nullable(),
  }),
  /** The hub may or may not have acted. */
  z.strictObject({ kind: z.literal('unknown'), code: z.string().max(100) }),
]);
export type HubAnswer = z.infer<typeof hubAnswer>;

export const pendingItem = z.strictObject({
  docId: hubDocId,
  kind: z.enum(['edoc', 'status']),
  from: z.string().max(60),
});
export type PendingItem = z.infer<typeof pendingItem>;

export const appInfo = z.strictObject({
  version: z.string(),
  runtime: z.string(),
  agency: organ,
  /** The profile of this account: a clerk's offers no leader signing. */
  profile: z.enum(['clerk', 'leader']),
  user: z.string(),
  /** The name of this machine, as its system has it. */
  machine: z.string().max(200),
  hub: z.strictObject({
    kind: z.string(),
    endpoint: z.string(),
    secure: z.boolean(),
    configured: z.boolean(),
    /** Packages are taken without telling the hub. */
    takes: z.boolean(),
    ways: hubWays,
  }),
  /** The notation suffixes of this agency's documents, e.g. UBND. */
  notation: z.string(),
  place: z.string(),
  /** First start: the last numbers used must be asked. */
  needsNumbers: z.boolean(),
  now: instant,
});
export type AppInfo = z.infer<typeof appInfo>;

export const calls = {
  'app.info': call(nothing, appInfo),
  /** The window's answer to `app.quit-asked`. */
  'app.quit': call(z.strictObject({ how: quitAnswer }), nothing),
  'app.report': call(z.strictObject({ where: z.string().max(200), message: z.string().max(4000) }), nothing),
  /** Records what was saved in the ledger, fsynced before it returns: "Đã lưu" may be shown after it. */
  'journal.put': call(z.strictObject({ puts: putsText }), z.strictObject({ seq: z.number() })),
  /** The newest put of each row, in pages, for reconciling at start. */
  'journal.latest': call(
    z.strictObject({ after: z.number().int().min(0) }),
    z.strictObject({ puts: z.array(ledgerPut), next: z.number().int().nullable() }),
  ),
  /** Packages that are durable in main whose document the ledger may have lost. */
  'journal.arrivals': call(
    z.strictObject({ after: z.number().int().min(0) }),
    z.strictObject({ arrivals: z.array(arrival), next: z.number().int().nullable() }),
  ),
  'hub.list': call(
    z.strictObject({ kind: z.enum(['edoc', 'status']) }),
    /** `unreadable`: so many entries of the list have no name by which they could be fetched. */
    z.strictObject({
      answer: hubAnswer,
      items: z.array(pendingItem),
      unreadable: z.number().int().nonnegative(),
    }),
  ),
  /** One fetch; the package is a sealed, fsynced blob and a journal line before this returns. */
  'hub.receive': call(
    z.strictObject({ docId: hubDocId, kind: z.enum(['edoc', 'status']) }),
    z.strictObject({ answer: hubAnswer, arrival: arrival.nullable() }),
  ),
  /** Tells the hub `done`. Main refuses when the package is not durable here. */
  'hub.acknowledge': call(z.strictObject({ docId: hubDocId }), hubAnswer),
  /** One attempt to send a frozen package. */
  'hub.send': call(
    z.strictObject({
      row: z.string().max(120),
      packageSha: sha256,
      kind: z.enum(['edoc', 'status']),
      receivers: z.array(z.string().max(40)).min(1).max(5000),
    }),
    hubAnswer,
  ),
  /**
   * What main knows of one attempt that a window began and whose answer it never heard, by the `row` given to `hub.send`:
   * nothing left this machine, it still runs here, it is not known how it ended, or this was the answer.
   */
  'hub.attempt': call(
    z.strictObject({ row: z.string().max(120) }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('under-way') }),
      z.strictObject({ kind: z.literal('open') }),
      z.strictObject({ kind: z.literal('answered'), answer: hubAnswer }),
    ]),
  ),
  'hub.sent': call(
    z.strictObject({ kind: z.enum(['edoc', 'status']) }),
    z.strictObject({
      answer: hubAnswer,
      items: z.array(
        z.strictObject({
          docId: z.string(),
          from: z.string(),
          to: z.string(),
          title: z.string(),
          notation: z.string(),
          sentAt: z.string(),
        }),
      ),
    }),
  ),
  /** Reads the hub's directory and keeps what is new; the directory itself stays in main. */
  'agencies.refresh': call(nothing, z.strictObject({ answer: hubAnswer, state: directoryState })),
  /** Agencies by code, name or initials, marks aside; favourites first. */
  'agencies.find': call(
    z.strictObject({ text: z.string().max(600), limit: z.number().int().min(1).max(200) }),
    z.strictObject({ agencies: z.array(agencyCard).max(200) }),
  ),
  'agencies.check': call(
    z.strictObject({ codes: z.array(z.string().max(40)).max(5000) }),
    z.strictObject({ checked: z.array(checkedCode).max(5000) }),
  ),
  'agencies.favour': call(z.strictObject({ code: z.string().max(40), on: z.boolean() }), nothing),
  'agencies.groups': call(nothing, z.strictObject({ groups: z.array(receiverGroup).max(500) })),
  /** Replaces the group of this id; null takes it away. */
  'agencies.putGroup': call(
    z.strictObject({ id: z.uuid(), group: receiverGroup.nullable() }),
    z.strictObject({ groups: z.array(receiverGroup).max(500) }),
  ),
  /** Freezes an edXML document package of these facts and files as a blob. */
  'package.document': call(
    z.strictObject({
      act: actId,
      facts: documentFacts,
      files: z
        .array(z.strictObject({ sha256, name: z.string().max(600), description: z.string().max(600) }))
        .max(500),
    }),
    z.strictObject({ packageSha: sha256, size: z.number() }),
  ),
  /** Freezes an edXML status package as a blob. */
  'package.status': call(
    z.strictObject({ act: actId, status: documentStatus }),
    z.strictObject({ packageSha: sha256, size: z.number() }),
  ),
  'numbers.propose': call(
    z.strictObject({ register, series: z.string().max(40), year: z.number().int() }),
    z.strictObject({ next: z.number().int() }),
  ),
  /** Gives a number once; the same act gets the same answer again. Failure `number-taken`. */
  'numbers.give': call(
    z.strictObject({
      act: actId,
      register,
      series: z.string().max(40),
      year: z.number().int(),
      number: z.number().int().positive(),
      documentId: deskId,
    }),
    z.strictObject({ number: z.number().int(), at: instant }),
  ),
  /**
   * Writes number and date on the page, after the leader's signature and before the seal, as an incremental update.
   * `file` is null when the page has no blank for them. The same act gets the same bytes again.
   */
  'numbers.stamp': call(
    z.strictObject({
      act: actId,
      documentId: deskId,
      input: sha256,
      number: z.number().int().positive(),
      date: day,
    }),
    z.strictObject({ file: attachment.nullable() }),
  ),
  /**
   * Saves a copy of an unsigned draft whose blanks of number and date are fields, for somebody to sign elsewhere; `blanks` is
   * how many there are, 0 where the copy is the draft as it was.
   */
  'numbers.saveDraft': call(
    z.strictObject({ sha256, name: z.string().max(300) }),
    z.strictObject({ saved: z.boolean(), blanks: z.number().int() }),
  ),
  /** First start: the last numbers the paper book or the older system used. */
  'numbers.start': call(
    z.strictObject({
      year: z.number().int(),
      lastIncoming: z.number().int().min(0),
      lastOutgoing: z.number().int().min(0),
    }),
    nothing,
  ),
  /**
   * A file of the clerk's own, in pieces of at most 1 MiB; `finish` answers with its name by content. Failure `file-empty`,
   * `file-too-large` before the first piece.
   */
  'files.begin': call(
    z.strictObject({
      name: z.string().max(300),
      size: z.number().int().min(0),
    }),
    z.strictObject({ upload: z.uuid() }),
  ),
  'files.append': call(
    z.strictObject({
      upload: z.uuid(),
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= 1 << 20),
    }),
    nothing,
  ),
  'files.finish': call(z.strictObject({ upload: z.uuid() }), attachment),
  ...intakeCalls,
  ...previewCalls,
  /** Main asks where, then writes a copy there. */
  'files.saveCopy': call(
    z.strictObject({ sha256, name: z.string().max(300) }),
    z.strictObject({ saved: z.boolean() }),
  ),
  /** A link of a foreign file: main's own dialog shows the whole address; a listed site may be opened, others only copied or not even that. */
  'links.open': call(
    z.strictObject({ address: z.string().max(4000) }),
    z.strictObject({ opened: z.boolean() }),
  ),
  'files.verify': call(
    z.strictObject({ sha256 }),
    z.strictObject({ verdict: fileVerdict, at: instant, pages: z.number().int() }),
  ),
  /** Facts read from a draft's own text, as proposals for the form; never more than proposals. */
  'files.read': call(
    z.strictObject({ sha256 }),
    z.strictObject({ pages: z.number().int(), secret: z.boolean(), text: z.string().max(20_000) }),
  ),
  /** The history of all documents in a hash chain; main asks where and writes it. */
  'history.save': call(
    z.strictObject({ as: z.enum(['json', 'csv']) }),
    z.strictObject({ saved: z.boolean(), rows: z.number().int(), last: sha256 }),
  ),
  /** What the agency changed of the working calendar. */
  'calendar.read': call(nothing, z.strictObject({ changes: calendarChanges })),
  'calendar.write': call(z.strictObject({ changes: calendarChanges }), nothing),
  /** What an uploaded .edxml file holds; nothing is taken in yet. A secret one is destroyed at once. */
  'hand.read': call(z.strictObject({ sha256, name: z.string().max(300) }), handReport),
  /** Takes it in as if it had come from the hub; no hub hears of it. Failure `hand-unreadable`. */
  'hand.bring': call(z.strictObject({ sha256 }), z.strictObject({ arrival })),
  /**
   * Saves a copy of an incoming PDF with the ĐẾN stamp; the stored original stays as it is. `changed` names the signers whose
   * signatures other programs will show as changed on that copy.
   */
  'stamps.arrival': call(
    z.strictObject({
      sha256,
      name: z.string().max(300),
      number: z.number().int().positive(),
      date: day,
      forwarded: z.string().max(200),
      fileSymbol: z.string().max(100),
      /** null: the place is found by rule. */
      placement: placement.nullable(),
    }),
    z.strictObject({ saved: z.boolean(), changed: z.array(z.string()).max(100) }),
  ),
  /** The urgency mark on a draft; refused with `urgency-after-signature` once the file has any signature. */
  'stamps.urgency': call(
    z.strictObject({
      sha256,
      name: z.string().max(600),
      description: z.string().max(600),
      level: urgencyLevel,
      placement: placement.nullable(),
    }),
    z.strictObject({ file: attachment }),
  ),
  ...markingCalls,
  ...signingCalls,
  ...stampPictureCalls,
  'updates.view': call(nothing, updateView),
  /** Asks the source now; a check that runs, a download or a ready package stays as it is. */
  'updates.check': call(nothing, nothing),
  /** Downloads what is offered, or tries a failed download again. */
  'updates.take': call(nothing, nothing),
  /** Installs and restarts, unless the window or main names something in the way; then nothing happens and it is told. */
  'updates.restart': call(
    z.strictObject({ obstacles: z.array(restartObstacle).max(10) }),
    z.strictObject({ obstacles: z.array(restartObstacle).max(10) }),
  ),
  /** Main's own dialog asks for the folder or stick with an update, then looks there. */
  'updates.chooseFolder': call(nothing, z.strictObject({ chosen: z.boolean() })),
  /** Main puts what it knows of updates into the clipboard: no document, no person. */
  'updates.copyDiagnostics': call(nothing, z.strictObject({ lines: z.number().int() })),
} as const satisfies Record<string, CallShape>;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

/** What crosses back: a value, or a code with a reference into the log. */
export type CallResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly ref: string };
