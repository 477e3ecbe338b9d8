import { describe, expect, it } from 'vitest';
import { asInstant, deskId } from '../../preload/contract/ids';
import type { IncomingDocument } from '../../preload/contract/records';
import { countingSealer, facts } from '../testing/fixtures';
import { sealIncoming } from './incoming';
import { createKeptOpen } from './kept-open';

function document(change: Partial<IncomingDocument> = {}): IncomingDocument {
  return {
    ...{ id: deskId.parse(crypto.randomUUID()), rev: 1, problem: null, state: 'to-accept', docId: null },
    ...{ receivedAt: asInstant(new Date('2026-11-20T02:00:00Z')), arrivalNumber: null, arrivalDate: null },
    ...{ presentedTo: '', opinion: '', assignedTo: '', duplicateOf: null, concerns: null, history: [] },
    ...{ packageSha: null, facts: facts('99'), attachments: [], unknown: [] },
    ...change,
  };
}

describe('rows of lists', () => {
  it('are opened once a revision', async () => {
    const { sealer, openings } = await countingSealer();
    const kept = createKeptOpen(sealer);
    const one = document();
    const stored = await sealIncoming(sealer, one);
    expect(await kept.incoming(stored)).toEqual({ ok: true, value: one });
    expect(await kept.incoming(structuredClone(stored))).toEqual({ ok: true, value: one });
    expect(openings()).toBe(1);
    const next = { ...one, rev: 2, opinion: 'Giao Phòng Tổng hợp' };
    expect(await kept.incoming(await sealIncoming(sealer, next))).toEqual({ ok: true, value: next });
    expect(openings()).toBe(2);
  });

  it('that were written anew under the same revision are opened anew, damaged ones too', async () => {
    const { sealer } = await countingSealer();
    const kept = createKeptOpen(sealer);
    const one = document();
    await kept.incoming(await sealIncoming(sealer, one));
    const other = { ...one, opinion: 'Từ nhật ký' };
    expect(await kept.incoming(await sealIncoming(sealer, other))).toEqual({ ok: true, value: other });
    const { sealed, ...clear } = await sealIncoming(sealer, one);
    const damaged = { ...clear, sealed: { ...sealed, bytes: new ArrayBuffer(40) } };
    expect(await kept.incoming(damaged)).toEqual({ ok: false, code: 'record-damaged' });
  });

  it('are kept to a number, the one that was asked for longest ago goes first', async () => {
    const { sealer, openings } = await countingSealer();
    const kept = createKeptOpen(sealer, 2);
    const [first, second, third] = await Promise.all(
      [document(), document(), document()].map((one) => sealIncoming(sealer, one)),
    );
    for (const row of [first, second, first, third, first]) if (row !== undefined) await kept.incoming(row);
    expect(openings()).toBe(3);
    if (second !== undefined) await kept.incoming(second);
    expect(openings()).toBe(4);
  });
});
