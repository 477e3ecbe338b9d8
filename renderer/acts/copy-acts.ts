// Electronic copies on the outgoing road: no leader signs them again, so they begin at the number (NĐ 30/2020, Art. 25 to 27).
// The rule of which form fits which source is the contract's; main asks it again before it signs.
import { copyRefusal } from '../../preload/contract/copies';
import { Failure } from '../../preload/contract/failure';
import type { OutgoingDocument } from '../../preload/contract/records';
import type { Acts } from '../ledger';
import { type Context, decideAndSave, findOutgoing } from './context';

/** Saves a new copy, once. Failures `copy-*`, `subject-missing`. */
export function createCopy(
  context: Context,
  input: Parameters<Acts['createCopy']>[0],
  draft: OutgoingDocument,
): Promise<void> {
  const signed = (input.file.verdict?.signatures.length ?? 0) > 0;
  const refusal = copyRefusal(input.copy.form, input.copy.source, signed);
  if (refusal !== null) throw new Failure(refusal, input.id);
  if (draft.facts.subject.trim() === '') throw new Failure('subject-missing', input.id);
  return decideAndSave(context, async () => {
    if ((await findOutgoing(context, draft.id)) !== null) return { request: null, result: undefined };
    const row: OutgoingDocument = { ...draft, state: 'to-number', copy: input.copy };
    return { request: { changes: [{ table: 'outgoing', row, was: 'absent' }] }, result: undefined };
  });
}
