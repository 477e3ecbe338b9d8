// Documents as the simulation makes and reads them. It knows no moment of a plan.
import { asDay, asInstant, asSha256, type DeskId } from '../../preload/contract/ids';
import type { OutgoingDocument } from '../../preload/contract/records';
import { pdf } from '../../renderer/testing/fake-desk';
import { facts } from '../../renderer/testing/fixtures';

/** The day on which every run begins. */
export const day = asDay('2026-11-20');

/** Who gets documents. */
export const agencies = [
  { code: 'G12', name: 'Bộ Tài chính' },
  { code: 'H26', name: 'UBND thành phố Hà Nội' },
];

export function hasEntry(row: object, what: string): boolean {
  const history = 'history' in row ? (row.history as readonly { readonly what: string }[]) : [];
  return history.some((entry) => entry.what === what);
}

/** A signed and numbered document of this desk, ready to be sent. */
export function toSend(id: DeskId, number: number, now: Date): OutgoingDocument {
  const at = asInstant(now);
  const file = pdf(asSha256('d'.repeat(64)));
  const signature = { signer: 'Trần Thị Bình', at, sha256: file.sha256, elsewhere: false };
  return {
    ...{ id, rev: 1, state: 'to-send', main: file, annexes: [], leaderSignature: signature, seal: signature },
    facts: facts(String(number), {
      documentId: `H37,2026/11/20,${number}/UBND`,
      notation: 'UBND',
      sender: { code: 'H37', name: 'UBND tỉnh Lạng Sơn' },
    }),
    numberGiven: { number, date: day, at },
    ...{ packageSha: null, hubDocId: null, deliveries: [], answers: null, createdAt: at, sentAt: null },
    history: [],
  };
}
