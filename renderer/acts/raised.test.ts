// Raised files in the ledger: in place of the signed ones before a package is frozen, beside them afterwards, once each.
import { describe, expect, it } from 'vitest';
import { asInstant, asSha256, type Sha256 } from '../../preload/contract/ids';
import type { Attachment, OutgoingDocument } from '../../preload/contract/records';
import { pdf, testInfo } from '../testing/fake-desk';
import { emptyFacts } from './facts';
import { withRaised } from './raised';

const name = (text: string): Sha256 => asSha256(text.padEnd(64, '0'));
const at = asInstant(new Date('2026-11-20T03:00:00Z'));
const doing = { at, who: 'Nguyễn Thị Hường' };
const [main, annex] = [pdf(name('a'), 'thư.pdf'), pdf(name('b'), 'phụ lục.pdf')];

function sealed(more: Partial<OutgoingDocument> = {}): OutgoingDocument {
  const signature = { signer: 'UBND', at, sha256: main.sha256, elsewhere: false };
  return {
    ...{ id: '00000000-0000-4000-8000-000000000001' as OutgoingDocument['id'], rev: 7, state: 'to-send' },
    ...{ facts: emptyFacts(testInfo.agency), main, annexes: [annex] },
    ...{ leaderSignature: signature, seal: signature, numberGiven: null, packageSha: null, hubDocId: null },
    ...{ deliveries: [], answers: null, createdAt: at, sentAt: null, history: [] },
    ...more,
  };
}

const raised = (before: Attachment, after: string) => ({
  before,
  after: { ...pdf(name(after)), name: before.name },
  level: 'B-LTA',
});

describe('a raised file', () => {
  it('takes the place of the signed one while nothing is frozen, and the history says so', () => {
    const row = withRaised(sealed(), [raised(main, 'c'), raised(annex, 'd')], doing);
    expect([row?.main?.sha256, row?.annexes[0]?.sha256]).toEqual([name('c'), name('d')]);
    expect(row).toMatchObject({ rev: 8, state: 'to-send' });
    expect(row?.history).toEqual([{ at, what: 'raised', who: doing.who, detail: 'B-LTA' }]);
    expect(row?.lasting).toBeUndefined();
  });

  it('lies beside the sent one once the package is frozen, whose bytes stay', () => {
    const frozen = sealed({ state: 'sent', packageSha: name('e') });
    const row = withRaised(frozen, [raised(main, 'c')], doing);
    expect(row?.main).toEqual(main);
    expect(row?.lasting).toEqual([
      { of: main.sha256, level: 'B-LTA', file: { ...pdf(name('c')), name: 'thư.pdf' } },
    ]);
    expect(row?.packageSha).toBe(name('e'));
  });

  it('is taken once, and a newer one takes its place', () => {
    const first = withRaised(sealed({ state: 'queued', packageSha: name('e') }), [raised(main, 'c')], doing);
    expect(first).not.toBeNull();
    if (first === null) return;
    expect(withRaised(first, [raised(main, 'c')], doing)).toBeNull();
    const second = withRaised(first, [raised(main, 'd')], doing);
    expect(second?.lasting?.map((one) => one.file.sha256)).toEqual([name('d')]);
  });

  it('changes nothing of a document that is not on its way out', () => {
    for (const state of ['recalled', 'to-seal', 'draft'] as const) {
      expect(withRaised(sealed({ state }), [raised(main, 'c')], doing)).toBeNull();
    }
    expect(withRaised(sealed(), [], doing)).toBeNull();
  });
});
