// What every act on an outgoing document begins and ends with: may it be done, is there a file, the change of the row.
import { Failure } from '../../preload/contract/failure';
import type { Attachment, OutgoingDocument } from '../../preload/contract/records';
import type { OutgoingAct } from '../ledger';
import { type Context, doingOf } from './context';
import { afterStep, type OutgoingStep, whyNot } from './outgoing-states';
import type { Change } from './save';

/** Failure with the code of why the act is not open. */
export function demand(document: OutgoingDocument, act: OutgoingAct): void {
  const fault = whyNot(document, act);
  if (fault !== null) throw new Failure(fault, `${act} of ${document.id} in ${document.state}`);
}

/** The row after the step, over the revision it was read at. */
export function change(context: Context, document: OutgoingDocument, step: OutgoingStep): Change {
  return { table: 'outgoing', row: afterStep(document, step, doingOf(context)), was: document.rev };
}

/** Failure `file-missing` when there is no PDF yet. */
export function fileOf(document: OutgoingDocument): Attachment {
  if (document.main === null) throw new Failure('file-missing', document.id);
  return document.main;
}
