// What the screens see of the ledger: folders, lines of lists, whole documents with the acts that may be done. Types alone.
import type { Code } from '../preload/contract/codes';
import type { Day, DeskId, Instant } from '../preload/contract/ids';
import type {
  DocumentStatus,
  IncomingDocument,
  IncomingState,
  Organ,
  OutboxRow,
  OutgoingDocument,
  OutgoingState,
} from '../preload/contract/records';
import type { FileVerdict } from '../preload/contract/verdict';
import type { TakenBack } from './ledger-flows';

/** A value that changes: the newest is given at once and again after every change; returns the unsubscribe. */
export interface Live<T> {
  subscribe(next: (value: T) => void, failed?: (error: unknown) => void): () => void;
}

/** The folders of the left pane: states of law, plus the two registers. */
export const folders = [
  'today',
  'in-to-accept',
  'in-to-present',
  'in-to-assign',
  'in-progress',
  'in-overdue',
  'in-finished',
  /** Refused, recalled, unreadable and secret arrivals. */
  'in-set-aside',
  'out-draft',
  'out-to-sign',
  /** Chờ cấp số, ký cơ quan: `to-number` and `to-seal`. */
  'out-to-number',
  /** Chờ gửi: `to-send` and `queued`. */
  'out-to-send',
  'out-sent',
  'out-returned',
  'out-recalled',
  'register-incoming',
  'register-outgoing',
] as const;
export type Folder = (typeof folders)[number];

/** How many documents each folder holds. */
export type FolderCounts = Readonly<Record<Folder, number>>;

/** By when the next step must be done, and who says so. */
export interface Deadline {
  readonly day: Day;
  /** `law`: same day or next working day (NĐ 30 Art. 18, 21, 23); `document`: the due date it carries. */
  readonly by: 'law' | 'document';
  /** Until the end of the day, until noon, or at once (QĐ 28 Art. 6.2). */
  readonly part: 'day' | 'morning' | 'at-once';
  readonly late: boolean;
}

/** Receivers of a sent document of whom nothing came back, and for how many working days. */
export interface Silence {
  readonly receivers: number;
  readonly of: number;
  readonly workingDays: number;
}

/** What a line of a list shows of a document. */
export interface SummaryRow {
  readonly kind: 'summary';
  readonly table: 'incoming' | 'outgoing';
  readonly id: DeskId;
  readonly state: IncomingState | OutgoingState;
  /** Number and symbol joined with "/", or empty while there is no number. */
  readonly title: string;
  readonly typeName: string;
  readonly subject: string;
  readonly urgency: number;
  readonly verdict: FileVerdict['verdict'] | null;
  readonly deadline: Deadline | null;
  readonly silence: Silence | null;
  /** The sender of an incoming document, the first receiver of an outgoing one. */
  readonly party: Organ | null;
  readonly parties: number;
  readonly files: number;
  /** When it came (incoming) or was made (outgoing). */
  readonly at: Instant;
  /** Số đến or số đi once given. */
  readonly number: number | null;
  readonly numberDate: Day | null;
  readonly business: '0' | '1' | '2' | '3';
  readonly duplicate: boolean;
  /** How it went out of force; null while it is in force. */
  readonly ended: 'recalled' | 'replaced' | 'taken-off' | 'not-sent' | null;
  /** A receiver does not agree to its recall, update or replacement: somebody must see to it. */
  readonly refusedChange: boolean;
  /** The code of what is wrong with the row or its sending. */
  readonly problem: string | null;
}

/** A row that is there and cannot be opened: shown with its code, never dropped. */
export interface DamagedRow {
  readonly kind: 'damaged';
  readonly table: 'incoming' | 'outgoing';
  readonly id: DeskId;
  readonly at: Instant;
  readonly code: Code;
}
export type ListRow = SummaryRow | DamagedRow;

/** Where the next page of a list begins; opaque to the screens. */
export interface ListMark {
  readonly at: string;
  readonly id: string;
}
export interface ListPage {
  /** Newest first. */
  readonly rows: readonly ListRow[];
  /** Give it as `before` for the next page; null at the end. */
  readonly next: ListMark | null;
}

/** A status that came for a document this desk does not have. */
export interface StrayStatus {
  readonly at: Instant;
  readonly status: DocumentStatus;
}

/** One whole document for the reading pane. */
export type DocumentView =
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged'; readonly code: Code }
  | {
      readonly kind: 'incoming';
      readonly document: IncomingDocument;
      readonly deadline: Deadline | null;
      readonly sending: readonly OutboxRow[];
      /** The acts that may be done now; all others are refused with a code. */
      readonly may: readonly IncomingAct[];
    }
  | {
      readonly kind: 'outgoing';
      readonly document: OutgoingDocument;
      /** What the act `recall` would be now. */
      readonly takenBackBy: TakenBack;
      readonly deadline: Deadline | null;
      readonly silence: Silence | null;
      readonly sending: readonly OutboxRow[];
      readonly may: readonly OutgoingAct[];
    };

export type IncomingAct =
  | 'register-and-accept'
  | 'refuse'
  | 'present'
  | 'assign'
  | 'progress'
  | 'finish'
  | 'agree-recall'
  | 'refuse-recall'
  | 'set-aside'
  | 'answer';
export type OutgoingAct =
  | 'update-draft'
  | 'attach-file'
  | 'discard'
  | 'submit'
  | 'mark-signed-elsewhere'
  | 'sign-leader'
  | 'give-number'
  | 'seal'
  | 'queue'
  | 'recall'
  | 'update-sent'
  | 'replace-sent'
  | 'take-up-again';
