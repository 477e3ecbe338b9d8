// What the desk may ask of any hub and the closed union of how one attempt can end. It knows no wire format and
// never tries twice: the one retry policy is in the ledger.
//
//                       ┌─ our own gate says no ────────────────▶ blocked      nothing left this machine
//   a call ─▶ gate ─▶ connect ─┬─ no connection ────────────────▶ not-sent     nothing left this machine
//                              ▼
//                     bytes are on their way ─┬─ "FAIL" in words ▶ refused      the hub acted on nothing
//                              │              ├─ who are you? ───▶ signed-out   the hub acted on nothing
//                              │              ├─ "OK" and data ──▶ ok           the hub has acted
//                              └──────────────┴─ anything else ──▶ unknown      the hub may have acted, or not
//
// After the first byte only the hub's own words prove anything: a time-out, a cut, an HTTP 500 or an answer that cannot
// be read says nothing about what the hub did, so all of them are `unknown` and never "failed".
import type { ByteSource } from '../../preload/contract/byte-source';
import type { Code } from '../../preload/contract/codes';
import { assertNever } from '../../preload/contract/failure';

/** A document package or a status package, as the axis names them. */
export type MessageKind = 'edoc' | 'status';

/** Why no byte of a request left this machine. */
export type NotSentReason =
  | 'unreachable'
  | 'name-unknown'
  | 'connect-timed-out'
  | 'certificate'
  | 'proxy'
  /** The exchange folder is not there, or does not answer: a stick that is out, a share that is gone. */
  | 'folder-missing'
  /** Its address would carry documents in the clear, and policy does not name the host. */
  | 'address-unsafe'
  /** A certificate or key that settings name cannot be read. */
  | 'file-unreadable'
  | 'busy'
  | 'cancelled';

/** Why it is not known what the hub did. */
export type UnknownReason =
  | 'timed-out'
  | 'cut'
  | 'garbled'
  | 'too-large'
  | 'redirected'
  | 'server-error'
  | 'cancelled'
  | 'not-recorded';

export type HubAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** The hub's own words; both may be empty. */
  | { readonly kind: 'refused'; readonly errorCode: string; readonly errorDesc: string }
  | { readonly kind: 'signed-out'; readonly errorCode: string; readonly errorDesc: string }
  /** This program refused: secrecy marks, size, not a package. */
  | { readonly kind: 'blocked'; readonly code: Code; readonly detail: string }
  | {
      readonly kind: 'not-sent';
      readonly reason: NotSentReason;
      readonly detail: string;
      readonly retryAfterSeconds: number | null;
    }
  | {
      readonly kind: 'unknown';
      readonly reason: UnknownReason;
      readonly detail: string;
      readonly retryAfterSeconds: number | null;
    };

/** Every answer but the good one. */
export type HubFailure = Exclude<HubAnswer<never>, { readonly kind: 'ok' }>;

/** One package that waits at the hub. Fields that the hub left out are empty strings; `other` keeps what we do not know. */
export interface ReceivedItem {
  readonly docId: string;
  readonly serviceType: string;
  readonly messageType: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly createdTime: string;
  readonly updatedTime: string;
  readonly status: string;
  readonly statusDesc: string;
  readonly other: Readonly<Record<string, unknown>>;
}

/** One line of the hub's sent list. It has no DocumentId: absence or presence here proves little. */
export interface SentItem {
  readonly serviceType: string;
  readonly messageType: string;
  readonly senderDocId: string;
  readonly receiverDocId: string;
  readonly fromCode: string;
  readonly toCode: string;
  readonly title: string;
  readonly notation: string;
  readonly sentTime: string;
  readonly receivedTime: string;
  readonly sendStatus: string;
  readonly sendStatusDesc: string;
  readonly receiveStatus: string;
  readonly receiveStatusDesc: string;
  readonly other: Readonly<Record<string, unknown>>;
}

export interface AgencyItem {
  readonly id: string;
  readonly pid: string;
  readonly code: string;
  readonly oldCode: string;
  readonly name: string;
  readonly mail: string;
  readonly other: Readonly<Record<string, unknown>>;
}

export interface UnitItem extends AgencyItem {
  readonly version: number | null;
  readonly centerCode: string;
  readonly deleted: boolean;
  readonly modifyDate: string;
  readonly isAgency: boolean | null;
}

/** A list as the hub gave it. `unreadable` counts entries without an id: the foot says so, they are never dropped in silence. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly unreadable: number;
}

/** Where fetched bytes go. What was written counts only after an `ok` answer: the caller throws it away otherwise. */
export interface PackageSink {
  write(chunk: Uint8Array): void | Promise<void>;
}

export interface FetchedPackage {
  /** Lower-case hex SHA-256 of the bytes that the sink was given. */
  readonly sha256: string;
  readonly size: number;
}

export interface SendRequest {
  /** The frozen package. It is read twice and must not change meanwhile. */
  readonly source: ByteSource;
  /** Lower-case hex SHA-256 of `source`, from where it was frozen. Sending stops before the end when it does not match. */
  readonly sha256: string;
  readonly kind: MessageKind;
  /** Agency code of the sender. */
  readonly from: string;
  readonly to: readonly string[];
  /** Outbox row, for the journal. */
  readonly row: string;
}

export interface SentPackage {
  readonly docId: string;
}

/** What a hub is told about a package; `done` ends its listing. */
export type AcknowledgeStatus = 'processing' | 'done' | 'fail';

export interface AgencyEntry {
  readonly id: string;
  readonly pid: string;
  readonly code: string;
  readonly name: string;
  readonly mail: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** One hub. Each method makes exactly one attempt and resolves with how it ended; it throws for our own mistakes only. */
export interface Hub {
  list(kind: MessageKind, options?: CallOptions): Promise<HubAnswer<Listing<ReceivedItem>>>;
  fetch(docId: string, sink: PackageSink, options?: CallOptions): Promise<HubAnswer<FetchedPackage>>;
  send(request: SendRequest, options?: CallOptions): Promise<HubAnswer<SentPackage>>;
  acknowledge(docId: string, status: AcknowledgeStatus, options?: CallOptions): Promise<HubAnswer<null>>;
  sent(kind: MessageKind, options?: CallOptions): Promise<HubAnswer<Listing<SentItem>>>;
  agencies(options?: CallOptions): Promise<HubAnswer<Listing<AgencyItem>>>;
  units(options?: CallOptions): Promise<HubAnswer<Listing<UnitItem>>>;
  registerAgency(entry: AgencyEntry, options?: CallOptions): Promise<HubAnswer<null>>;
  removeAgency(code: string, options?: CallOptions): Promise<HubAnswer<null>>;
  /** How many packages of a kind wait. */
  count(kind: MessageKind, options?: CallOptions): Promise<HubAnswer<number>>;
}

/** The closed code, with its sentence, of an answer that is not `ok`. */
export function codeOfAnswer(answer: HubFailure): Code {
  switch (answer.kind) {
    case 'refused':
      return 'hub-refused';
    case 'signed-out':
      return 'hub-signed-out';
    case 'blocked':
      return answer.code;
    case 'not-sent':
      return codeOfNotSent(answer.reason);
    case 'unknown':
      return codeOfUnknown(answer.reason);
    default:
      return assertNever(answer);
  }
}

function codeOfNotSent(reason: NotSentReason): Code {
  switch (reason) {
    case 'unreachable':
    case 'name-unknown':
    case 'connect-timed-out':
      return 'hub-offline';
    case 'certificate':
      return 'hub-certificate-untrusted';
    case 'proxy':
      return 'hub-proxy-refused';
    case 'folder-missing':
      return 'hub-folder-missing';
    case 'address-unsafe':
      return 'hub-endpoint-unsafe';
    case 'file-unreadable':
      return 'hub-file-unreadable';
    case 'busy':
      return 'hub-busy';
    case 'cancelled':
      return 'cancelled';
    default:
      return assertNever(reason);
  }
}

function codeOfUnknown(reason: UnknownReason): Code {
  switch (reason) {
    case 'timed-out':
      return 'hub-timed-out';
    case 'cut':
    case 'cancelled':
      return 'hub-cut';
    case 'garbled':
    case 'redirected':
      return 'hub-answer-garbled';
    case 'too-large':
      return 'hub-answer-too-large';
    case 'server-error':
      return 'hub-server-error';
    case 'not-recorded':
      return 'hub-answer-not-recorded';
    default:
      return assertNever(reason);
  }
}
