// Which folder a state of law belongs to. Pure.
import { assertNever } from '../../preload/contract/failure';
import type { IncomingState, OutgoingDocument } from '../../preload/contract/records';
import type { Folder } from '../ledger';

/** A folder, or `none` for what no folder shows. */
export type Shelf = Folder | 'none';

export function incomingShelf(state: IncomingState): Shelf {
  switch (state) {
    case 'to-accept':
      return 'in-to-accept';
    case 'to-present':
      return 'in-to-present';
    case 'to-assign':
      return 'in-to-assign';
    case 'in-progress':
      return 'in-progress';
    case 'finished':
      return 'in-finished';
    case 'refused':
    case 'recalled':
    case 'unreadable':
    case 'secret':
      return 'in-set-aside';
    default:
      return assertNever(state);
  }
}

/** A draft that was thrown away is a `recalled` document that never left and has no number. */
export function outgoingShelf(document: OutgoingDocument): Shelf {
  switch (document.state) {
    case 'draft':
      return 'out-draft';
    case 'to-sign':
      return 'out-to-sign';
    case 'to-number':
    case 'to-seal':
      return 'out-to-number';
    case 'to-send':
    case 'queued':
      return 'out-to-send';
    case 'sent':
      return 'out-sent';
    case 'returned':
      return 'out-returned';
    case 'recalled':
      return document.numberGiven === null ? 'none' : 'out-recalled';
    default:
      return assertNever(document.state);
  }
}
