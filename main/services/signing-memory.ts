// What the signing service must remember across a crash, as a value: tickets, and what main knows of a document.
// The journal stands behind it; this file only names the shapes.
import type { ActId, DeskId, Sha256 } from '../../preload/contract/ids';
import type { OutgoingDocument } from '../../preload/contract/records';

/**
 *   (none) ──opened──▶ open ──signed──▶ signed ──closed──▶ closed
 *                       │ crash: no bytes reached the disk, so there is no signature: a new ticket may open
 */
export interface SigningMemory {
  /** The output of an act that was signed before, or null. */
  outputOf(act: ActId): Sha256 | null;
  opened(ticket: string, act: ActId, input: Sha256, digest: string): Promise<void>;
  signed(ticket: string, output: Sha256): Promise<void>;
  closed(ticket: string): Promise<void>;
  /** The newest saved row of a document, or null when main has never seen it. */
  document(id: DeskId): OutgoingDocument | null | Promise<OutgoingDocument | null>;
  /** True when the register has given this document a number. */
  hasNumber(id: DeskId): boolean;
}
