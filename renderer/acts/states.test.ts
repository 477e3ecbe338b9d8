import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asDay, asInstant, asSha256, type DeskId } from '../../preload/contract/ids';
import type { IncomingDocument, OutgoingDocument } from '../../preload/contract/records';
import { pdf } from '../testing/fake-desk';
import { facts, ministry } from '../testing/fixtures';
import { leaderSignature } from '../testing/scenario';
import { emptyFacts } from './facts';
import * as incoming from './incoming-states';
import * as outgoing from './outgoing-states';

const at = asInstant(new Date('2026-11-20T02:00:00Z'));
const doing = { at, who: 'Nguyễn Thị Hường' };
const date = asDay('2026-11-20');

const cameIn: IncomingDocument = {
  id: '11111111-1111-4111-8111-111111111111' as DeskId,
  rev: 1,
  state: 'to-accept',
  docId: null,
  packageSha: null,
  facts: facts('1'),
  attachments: [],
  unknown: [],
  problem: null,
  receivedAt: at,
  arrivalNumber: null,
  arrivalDate: null,
  presentedTo: '',
  opinion: '',
  assignedTo: '',
  duplicateOf: null,
  concerns: null,
  history: [],
};

const steps: readonly incoming.IncomingStep[] = [
  { act: 'register-and-accept', number: 5, date },
  { act: 'refuse', reason: 'Sai địa chỉ' },
  { act: 'present', to: 'Chủ tịch', opinion: '' },
  { act: 'assign', to: 'Sở Tài chính', opinion: 'Tham mưu' },
  { act: 'progress', note: '' },
  { act: 'finish', note: '' },
  { act: 'agree-recall' },
  { act: 'refuse-recall', reason: 'Đã xong' },
  { act: 'set-aside' },
];

describe('any order of acts on an incoming document', () => {
  it('never takes a step early: no state is reached without the ones before it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 25 }), (order) => {
        let document = cameIn;
        for (const step of order) {
          if (incoming.whyNot(document, step.act) !== null) continue;
          const after = incoming.afterStep(document, step, doing);
          expect(after.rev).toBe(document.rev + 1);
          expect(after.history).toHaveLength(document.history.length + 1);
          document = after;
        }
        const words = document.history.map((entry) => entry.what);
        const law = ['registered', 'presented', 'assigned', 'finished'];
        const taken = law.map((word) => words.indexOf(word));
        for (let index = 1; index < law.length; index += 1) {
          if ((taken[index] ?? -1) >= 0) expect(taken[index]).toBeGreaterThan(taken[index - 1] ?? 99);
        }
        expect(words.includes('refused') && words.includes('registered')).toBe(false);
        expect(document.arrivalNumber !== null).toBe(words.includes('registered'));
        expect(new Set(words).size).toBe(words.length);
      }),
    );
  });
});

const draft: OutgoingDocument = {
  id: '22222222-2222-4222-8222-222222222222' as DeskId,
  rev: 1,
  state: 'draft',
  facts: { ...emptyFacts({ code: 'H37', name: '' }), subject: 'V/v', notation: 'UBND' },
  main: pdf(asSha256('d'.repeat(64))),
  annexes: [],
  leaderSignature: null,
  seal: null,
  numberGiven: null,
  packageSha: null,
  hubDocId: null,
  deliveries: [],
  answers: null,
  createdAt: at,
  sentAt: null,
  history: [],
};
const signature = { signer: 'Trần Thị Bình', at, sha256: asSha256('e'.repeat(64)), elsewhere: true };
const file = pdf(signature.sha256);
const outSteps: readonly outgoing.OutgoingStep[] = [
  { act: 'update-draft', facts: { subject: 'V/v khác' } },
  { act: 'attach-file', main: file },
  { act: 'discard' },
  { act: 'submit' },
  { act: 'mark-signed-elsewhere', file, signature },
  { act: 'sign-leader', file, signature },
  { act: 'give-number', number: 7, date, at, file: null },
  { act: 'seal', file, annexes: [], signature },
  { act: 'queue', facts: { ...draft.facts, receivers: [ministry] }, packageSha: signature.sha256 },
  { act: 'recall', reason: 'Sai', how: 'requested' },
  { act: 'take-up-again' },
  {
    act: 'update-sent',
    reason: 'Thêm nơi nhận',
    decidedBy: 'Trần Thị Bình',
    plan: {
      facts: { ...draft.facts, receivers: [ministry] },
      update: { facts: true, receivers: [] },
      told: [ministry],
      given: [],
      removed: [],
    },
  },
  { act: 'replace-sent', reason: 'Sai nội dung', decidedBy: 'Trần Thị Bình' },
];

describe('any order of acts on an outgoing document', () => {
  it('never numbers what no leader signed, seals what has no number, or sends what is not sealed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...outSteps), { maxLength: 30 }), (order) => {
        let document = draft;
        for (const step of order) {
          if (outgoing.whyNot(document, step.act) !== null) continue;
          document = outgoing.afterStep(document, step, doing);
          if (document.numberGiven !== null) expect(document.leaderSignature).not.toBeNull();
          if (document.seal !== null) expect(document.numberGiven).not.toBeNull();
          if (document.packageSha !== null) expect(document.seal).not.toBeNull();
        }
        const words = document.history.map((entry) => entry.what);
        for (const once of ['leader-signed', 'numbered', 'sealed', 'queued', 'discarded']) {
          expect(words.filter((word) => word === once).length).toBeLessThanOrEqual(1);
        }
        // What the signed page says is not edited any more.
        const signedAt = words.indexOf('leader-signed');
        if (signedAt >= 0 && !words.slice(0, signedAt).includes('edited')) {
          expect(document.facts.subject).toBe('V/v');
        }
      }),
    );
  });
});

describe('what is out of force', () => {
  const recalled = { ...draft, state: 'recalled' as const, numberGiven: { number: 7, date, at } };

  it('is frozen: no act is open on a recalled document, whichever way it went', () => {
    expect(outgoing.openOutgoingActs(recalled)).toEqual([]);
    expect(incoming.openIncomingActs({ ...cameIn, state: 'recalled', arrivalNumber: 5 })).toEqual([]);
  });
});

describe('the leader’s signature of a file signed elsewhere', () => {
  const verdict = { verdict: 'valid' as const, signatures: [leaderSignature], codes: [] };
  it('counts when main calls it intact, permitted, and neither untrusted nor revoked', () => {
    expect(outgoing.leaderOf(verdict)?.signer).toBe('Trần Thị Bình');
    const unknown = { ...leaderSignature, revocation: 'unknown' as const };
    expect(outgoing.leaderOf({ ...verdict, verdict: 'indeterminate', signatures: [unknown] })).not.toBeNull();
    for (const change of [
      { integrity: 'broken' as const },
      { permitted: false },
      { chain: 'untrusted' as const },
      { revocation: 'revoked' as const },
      { kind: 'timestamp' as const },
    ]) {
      const signatures = [{ ...leaderSignature, ...change }];
      expect(outgoing.leaderOf({ ...verdict, signatures })).toBeNull();
    }
    expect(outgoing.leaderOf({ ...verdict, verdict: 'invalid' })).toBeNull();
  });
});
