// The acts of thu hồi, cập nhật and thay thế, out and in, as the ledger offers them. Names and shapes only; ledger.ts has the rest.
import type { DeskId } from '../preload/contract/ids';
import type { DocumentFacts, Organ } from '../preload/contract/records';

/** What taking back means for an outgoing document: out of the outbox, given up before it was sent, or asked back. */
export type TakenBack = 'withdrawn' | 'dropped' | 'requested';

/** What an update of a sent document wishes: its receivers from now on, and facts that the signed page does not say. */
export interface SentChange {
  readonly receivers: readonly Organ[];
  readonly facts: Partial<Pick<DocumentFacts, 'subject' | 'urgency' | 'dueOn' | 'toPlaces'>>;
}

/** See `Acts` for what every act promises. */
export interface FlowActs {
  /** Status 15; `id` is the recall, update or replacement that came in. */
  agreeRecall(input: { readonly id: DeskId }): Promise<void>;
  /** Status 16; the reason is required. */
  refuseRecall(input: { readonly id: DeskId; readonly reason: string }): Promise<void>;
  /** A document that came after its recall had been agreed to: out of the work; its sender knows already. */
  setAside(input: { readonly id: DeskId }): Promise<void>;
  /**
   * In the outbox and surely not gone: taken out of it, to be corrected and sent. Not sent: given up, its number stays
   * used. Gone, or perhaps gone: every receiver is asked for it back, as the hub wants it told. The reason is required,
   * and who decided it where something is sent.
   */
  recallOutgoing(input: {
    readonly id: DeskId;
    readonly reason: string;
    readonly decidedBy?: string;
  }): Promise<TakenBack>;
  /**
   * Cập nhật: who has the document hears what is new, new receivers get the document itself. The screen makes `update`
   * once, so that a second click sends nothing twice. Failure `nothing-to-change`.
   */
  updateSent(input: {
    readonly id: DeskId;
    readonly update: DeskId;
    readonly change: SentChange;
    readonly reason: string;
    readonly decidedBy: string;
  }): Promise<void>;
  /** Thay thế: a draft that takes the place of the sent document once it is queued; it is signed and numbered anew. */
  replaceSent(input: {
    readonly id: DeskId;
    readonly draft: DeskId;
    readonly reason: string;
    readonly decidedBy: string;
  }): Promise<void>;
}
