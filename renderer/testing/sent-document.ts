// A document that was sent, for tests of what is answered to it.
import { asSha256, type DeskId, newDeskId } from '../../preload/contract/ids';
import type { OutgoingDocument } from '../../preload/contract/records';
import { type FakeMain, pdf } from './fake-desk';
import { facts, ministry } from './fixtures';

/** A document that is in the journal of this desk, and that its receiver has. */
export function sent(main: FakeMain, number: string): { readonly id: DeskId; readonly documentId: string } {
  const at = main.now.toISOString() as OutgoingDocument['createdAt'];
  const file = pdf(asSha256('d'.repeat(64)));
  const id = newDeskId();
  const row: OutgoingDocument = {
    ...{ id, rev: 1, state: 'sent', main: file, annexes: [], leaderSignature: null, seal: null },
    facts: facts(number, { documentId: `H37,2026/11/20,${number}/UBND`, receivers: [ministry] }),
    ...{ numberGiven: null, packageSha: null, hubDocId: null, answers: null, createdAt: at, sentAt: at },
    deliveries: [{ organ: ministry, state: 'sent', detail: '', at }],
    history: [],
  };
  main.latest.set(`outgoing/${id}`, { table: 'outgoing', row });
  return { id, documentId: row.facts.documentId };
}
