// The one door between the screens and the ledger: what can be seen, what can be done, and how the foot tells the truth.
// Types, and the one maker; the screens never touch Dexie, the outbox or the hub themselves.
import type { Annotation, MarkGiven } from '../preload/contract/annotation';
import type { BatchId, BatchOutcome } from '../preload/contract/batch';
import type { Code } from '../preload/contract/codes';
import type { CopyRecord } from '../preload/contract/copies';
import type { DeskApi } from '../preload/contract/desk-api';
import type { HandReport } from '../preload/contract/hand';
import type { SheetDraft } from '../preload/contract/handling-sheet';
import type { Day, DeskId, Instant, Sha256 } from '../preload/contract/ids';
import type { Attachment, DocumentFacts, Organ, OutboxRow } from '../preload/contract/records';
import type { Placement } from '../preload/contract/signing-request';
import type { FileVerdict } from '../preload/contract/verdict';
import type { CalendarChange } from '../preload/contract/working-calendar';
import type { HandKnown } from './acts/hand-acts';
import type { FlowActs } from './ledger-flows';
import type { ReadingPlaces } from './ledger-places';
import type {
  DocumentView,
  Folder,
  FolderCounts,
  ListMark,
  ListPage,
  ListRow,
  Live,
  StrayStatus,
} from './ledger-views';

export type {
  DamagedRow,
  Deadline,
  DocumentView,
  Folder,
  FolderCounts,
  IncomingAct,
  ListMark,
  ListPage,
  ListRow,
  Live,
  OutgoingAct,
  Silence,
  StrayStatus,
  SummaryRow,
} from './ledger-views';
export { folders } from './ledger-views';

/** A document that waits for this profile's signature, as a long list shows it. */
export interface SignableRow {
  readonly id: DeskId;
  readonly at: Instant;
  /** Number and symbol; empty before a number is given. */
  readonly title: string;
  readonly subject: string;
  /** 0 where they were never counted. */
  readonly pages: number;
  /** PDFs that are signed along with it. */
  readonly annexes: number;
  readonly file: { readonly sha256: Sha256; readonly size: number } | null;
  /** The code of why it cannot be signed now; main may find more. */
  readonly problem: Code | null;
}

/** What became of one document of a run. */
export interface ManyOutcome {
  readonly id: DeskId;
  readonly kind: BatchOutcome['kind'];
  /** Why not; null when it is signed and saved. */
  readonly code: Code | null;
}

/** The truths of the foot. */
export interface DeskStatus {
  readonly hub: 'online' | 'offline' | 'never';
  /** The code of the last failed attempt at the hub, null when the last one worked. */
  readonly hubCode: string | null;
  readonly lastSync: Instant | null;
  /** Entries of the hub's last lists that have no name to be fetched by: somebody has to ask the hub's keepers. */
  readonly unlisted: number;
  readonly syncing: boolean;
  /** Outbox rows the hub has not taken yet, acknowledgements apart. */
  readonly waiting: number;
  /** Outbox rows that a person must look at. */
  readonly needsAttention: number;
  readonly saved: 'saved' | 'saving' | 'failed';
  /** The code of the last act that was not saved. */
  readonly savedCode: string | null;
  /** This window drives the synchronisation. */
  readonly leader: boolean;
}

export interface StartReport {
  /** Rows that the ledger had lost and the journal gave back. */
  readonly rebuilt: number;
  /** Rows that the journal had not and were written to it again. */
  readonly journaled: number;
  /** Arrivals whose document was not in the ledger. */
  readonly arrivals: number;
  /** Rows that are there and cannot be opened. */
  readonly damaged: number;
}

/** What a new draft begins with: a subset of the facts; the rest is empty. */
export type DraftFacts = Partial<DocumentFacts>;

/**
 * Acts resolve when the change is saved ("Đã lưu": strict transaction and journal fsync) and reject with a Failure
 * whose code has a sentence. The same act done twice, also after a kill, changes nothing the second time.
 */
export interface Acts extends FlowActs {
  /** Số đến and status 03, one act. The number may come back different when this act had already been given one. */
  registerAndAccept(input: {
    readonly id: DeskId;
    readonly number: number;
    readonly date: Day;
  }): Promise<{ readonly number: number; readonly date: Day }>;
  /** Status 02; uses up no số đến; the reason is required. */
  refuse(input: { readonly id: DeskId; readonly reason: string }): Promise<void>;
  /** Trình người có thẩm quyền. */
  present(input: { readonly id: DeskId; readonly to: string; readonly opinion: string }): Promise<void>;
  /** Chuyển giao theo ý kiến chỉ đạo; status 04. */
  assign(input: { readonly id: DeskId; readonly opinion: string; readonly to: string }): Promise<void>;
  /** The unit works on it; status 05. */
  progress(input: { readonly id: DeskId; readonly note?: string }): Promise<void>;
  /** Done; status 06. */
  finish(input: { readonly id: DeskId; readonly note?: string }): Promise<void>;
  /** A document that came on paper: registered at once, nothing is sent. */
  registerPaper(input: {
    readonly id: DeskId;
    readonly facts: DraftFacts;
    readonly files: readonly Attachment[];
    readonly number: number;
    readonly date: Day;
  }): Promise<{ readonly number: number; readonly date: Day }>;
  /** The screen makes the id once (`newDeskId()`), so that a second click makes no second draft. */
  createDraft(input: {
    readonly id: DeskId;
    readonly file: Attachment | null;
    readonly annexes: readonly Attachment[];
    readonly facts: DraftFacts;
    readonly answers?: DeskId;
  }): Promise<void>;
  /** A draft that answers an incoming document: ResponseFor and receiver are filled in. */
  answer(input: { readonly id: DeskId; readonly draft: DeskId }): Promise<void>;
  /** An electronic copy: the PDF as it is to be signed. Refused with the code of Art. 25 when the form does not fit. */
  createCopy(input: {
    readonly id: DeskId;
    readonly copy: CopyRecord;
    readonly file: Attachment;
    readonly facts: DraftFacts;
  }): Promise<void>;
  updateDraft(input: { readonly id: DeskId; readonly facts: DraftFacts }): Promise<void>;
  /** Replaces the main PDF (`main`) or the annexes of a document nobody has signed here yet. */
  attachFile(input: {
    readonly id: DeskId;
    readonly main?: Attachment;
    readonly annexes?: readonly Attachment[];
  }): Promise<void>;
  /** Only a draft that has no number. */
  discard(input: { readonly id: DeskId }): Promise<void>;
  /** Draft to "Chờ ký". */
  submit(input: { readonly id: DeskId }): Promise<void>;
  /** The leader signed it elsewhere: main verifies the very file first. */
  markSignedElsewhere(input: { readonly id: DeskId }): Promise<FileVerdict>;
  /** Leader profile only: main opens the PIN window. */
  signLeader(input: {
    readonly id: DeskId;
    readonly fingerprint: Sha256;
    readonly placement: Placement | null;
  }): Promise<void>;
  /** Cấp số, ngày và đăng ký vào sổ. */
  giveNumber(input: {
    readonly id: DeskId;
    readonly number: number;
    readonly date: Day;
  }): Promise<{ readonly number: number; readonly date: Day }>;
  /** Ký số của cơ quan: main file, then each annex that is a PDF of its own. */
  seal(input: {
    readonly id: DeskId;
    readonly fingerprint: Sha256;
    readonly placement: Placement | null;
  }): Promise<void>;
  /**
   * Many documents under one PIN, each as `signLeader` or `seal` would do it, the place found by rule. Each is saved as
   * soon as it is signed. Failure `batch-running`; everything else is an outcome of its document.
   */
  signMany(input: {
    readonly batch: BatchId;
    readonly ids: readonly DeskId[];
    readonly fingerprint: Sha256;
    readonly onSettled?: (outcome: ManyOutcome) => void;
  }): Promise<readonly ManyOutcome[]>;
  /** Saves what main signed for these and this ledger never heard of; resolves to how many there were. */
  recoverSigned(input: { readonly ids: readonly DeskId[] }): Promise<number>;
  /** Freezes the package and puts it in the outbox. */
  queue(input: {
    readonly id: DeskId;
    readonly receivers: readonly Organ[];
    readonly paper: boolean;
  }): Promise<void>;
  /** A document that was sent back: its facts become a new draft to be signed anew; the number stays used. */
  takeUpAgain(input: { readonly id: DeskId; readonly draft: DeskId }): Promise<void>;

  /** The signatures of a stored file once more; the new verdict is kept with its document. */
  checkAgain(input: { readonly id: DeskId; readonly sha256: Sha256 }): Promise<void>;

  /** Takes in a file that was read by hand; `id` is null for a status. The same bytes are taken in once. */
  bringByHand(input: { readonly sha256: Sha256 }): Promise<{ readonly id: DeskId | null }>;
  /** What of a read file is on the desk already. */
  knownByHand(report: HandReport): Promise<HandKnown>;
  /** The package of a document: frozen bytes where there are any. */
  exportPackage(input: {
    readonly id: DeskId;
  }): Promise<{ readonly sha256: Sha256; readonly name: string; readonly frozen: boolean }>;

  /** The agency's own days off and days worked: kept, and every open document reckoned anew. */
  changeCalendar(input: { readonly changes: readonly CalendarChange[] }): Promise<void>;

  /** Marks put and removed as one act; resolves to the revisions they have now. A mark that is not there is not removed. */
  changeMarks(input: {
    readonly puts: readonly MarkGiven[];
    readonly removed: readonly Annotation['id'][];
  }): Promise<readonly { readonly id: string; readonly rev: number }[]>;
  putAnnotation(annotation: MarkGiven): Promise<void>;
  removeAnnotation(input: { readonly id: Annotation['id'] }): Promise<void>;

  /** Phiếu giải quyết văn bản đến, kept beside the document: a new version where the page changed, the ones before stay. */
  keepSheet(input: {
    readonly id: DeskId;
    readonly words: SheetDraft;
    readonly file: Attachment;
  }): Promise<void>;

  /** First start: the last numbers used by the paper book or the older system. */
  startNumbers(input: {
    readonly year: number;
    readonly lastIncoming: number;
    readonly lastOutgoing: number;
  }): Promise<void>;
  /** The proposed next số đến or số đi of the year of `date`; editable before it is given. */
  proposeNumber(input: {
    readonly register: 'incoming' | 'outgoing';
    readonly date: Day;
    /** The series of the year's copies instead of the documents'. */
    readonly copies?: boolean;
  }): Promise<number>;

  /** A parked outbox row: send the same frozen bytes once more. */
  sendAgain(input: { readonly row: string }): Promise<void>;
  /** A parked outbox row: a person found out that the hub has it, or that it is not wanted any more. */
  settle(input: { readonly row: string; readonly as: 'arrived' | 'dropped' }): Promise<void>;
}

export interface Ledger {
  /** Opens the database, reconciles it with the journal both ways, then begins to synchronise as leader. */
  start(): Promise<StartReport>;
  readonly folders: Live<FolderCounts>;
  list(folder: Folder, page: { readonly limit: number; readonly before?: ListMark }): Live<ListPage>;
  document(id: DeskId): Live<DocumentView>;
  /** What waits for this profile's signature, oldest first, at most as many as one run takes. */
  readonly signable: Live<readonly SignableRow[]>;
  /** The marks over a file that are not deleted. */
  annotations(fileSha: Sha256): Live<readonly Annotation[]>;
  /** Best first: number and symbol, then with tone marks, then folded. At most `limit` (default 100). */
  search(text: string, limit?: number): Promise<readonly ListRow[]>;
  /** Outbox rows a person must look at. */
  readonly attention: Live<readonly OutboxRow[]>;
  readonly strays: Live<readonly StrayStatus[]>;
  readonly status: Live<DeskStatus>;
  /** Documents and statuses that the hub has not been given yet. */
  readonly unsent: Live<number>;
  /** Sends them within the time given, and resolves with how many are left; those are sent at the next start. */
  sendAll(milliseconds: number): Promise<number>;
  /** Where files were left by their reader. */
  readonly places: ReadingPlaces;
  readonly acts: Acts;
  /** Resolves when one round of sending and fetching is over. */
  syncNow(): Promise<void>;
  dispose(): void;
}

export interface LedgerOptions {
  readonly desk: DeskApi;
  /** AES-GCM, 256 bits, not extractable: encrypt and decrypt. */
  readonly recordKey: CryptoKey;
  readonly now: () => Date;
}

/** The signature of `createLedger`. */
export type CreateLedger = (options: LedgerOptions) => Ledger;

export { createLedger } from './acts/create-ledger';
export type { SentChange, TakenBack } from './ledger-flows';
