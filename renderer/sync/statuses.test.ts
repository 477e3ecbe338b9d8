import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../preload/contract/ids';
import type { DocumentStatus, OutgoingDocument } from '../../preload/contract/records';
import { emptyFacts } from '../acts/facts';
import { ministry, statusArrival } from '../testing/fixtures';
import { afterStatus, everyoneTold } from './statuses';

const hanoi = { code: 'H26', name: 'UBND thành phố Hà Nội' };

function sentDocument(): OutgoingDocument {
  return {
    id: '22222222-2222-4222-8222-222222222222' as OutgoingDocument['id'],
    rev: 5,
    state: 'sent',
    facts: { ...emptyFacts({ code: 'H37', name: '' }), receivers: [ministry, hanoi] },
    main: null,
    annexes: [],
    leaderSignature: null,
    seal: null,
    numberGiven: null,
    packageSha: null,
    hubDocId: null,
    deliveries: [ministry, hanoi].map((organ) => ({ organ, state: 'sent', detail: '', at: null })),
    answers: null,
    createdAt: asInstant(new Date('2026-11-20T00:00:00Z')),
    sentAt: asInstant(new Date('2026-11-20T01:00:00Z')),
    history: [],
  };
}

function status(code: string, minute: number, change: Partial<DocumentStatus> = {}): DocumentStatus {
  const at = asInstant(new Date(Date.parse('2026-11-20T03:00:00Z') + minute * 60_000));
  return statusArrival('s', code, 'x', { at, ...change }).status;
}

function play(...statuses: DocumentStatus[]): OutgoingDocument {
  return statuses.reduce((document, one) => afterStatus(document, one) ?? document, sentDocument());
}

const stateAt = (document: OutgoingDocument, code: string) =>
  document.deliveries.find((delivery) => delivery.organ.code === code)?.state;

describe('statuses that come back', () => {
  it('end at the furthest, whatever order they come in, and history has each once', () => {
    const all = ['01', '03', '04', '05', '06'].map((code, index) => status(code, index));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: 5 }),
        fc.array(fc.constantFrom(...all)),
        (order, more) => {
          const document = play(...order, ...more);
          expect(stateAt(document, 'G12')).toBe('06');
          expect(stateAt(document, 'H26')).toBe('sent');
          expect(document.history).toHaveLength(5);
          expect(document.state).toBe('sent');
        },
      ),
    );
  });

  it('make the document returned when one receiver sends it back, with its reason, and sent again when it takes it after all', () => {
    const back = play(status('01', 0), status('02', 1, { description: 'Sai thẩm quyền' }));
    expect(back.state).toBe('returned');
    expect(back.deliveries[0]).toMatchObject({ state: '02', detail: 'Sai thẩm quyền' });
    expect(afterStatus(back, status('03', 2))?.state).toBe('sent');
    const late = afterStatus(back, status('01', 0, { description: 'later copy' }));
    expect(late?.state).toBe('returned');
  });

  it('know the receiver without regard to the case of its code, and take in one nobody addressed', () => {
    expect(stateAt(play(status('03', 0, { from: { code: 'g12', name: '' } })), 'G12')).toBe('03');
    expect(stateAt(play(status('01', 0, { from: { code: 'H57', name: 'Huế' } })), 'H57')).toBe('01');
  });

  it('know the receiver by its new code where it was sent to by its old one, and the other way round', () => {
    for (const [given, answering] of [
      ['000.00.00.H26', 'H26'],
      ['G12.18', '000.00.18.G12'],
    ] as const) {
      const organ = { code: given, name: 'x' };
      const document = { ...sentDocument(), deliveries: [{ organ, state: 'sent', detail: '', at: null }] };
      const after = afterStatus(document, status('06', 0, { from: { code: answering, name: 'x' } }));
      expect(after?.deliveries).toMatchObject([{ organ, state: '06' }]);
      expect(after === null ? null : everyoneTold(after)).toBe(true);
    }
  });

  it('of two receivers of one name count for each, though they come within one second', () => {
    const both = ['H26.1', 'H57.1'].map((code) => ({ code, name: 'UBND xã Tân Lập' }));
    const before: OutgoingDocument = {
      ...sentDocument(),
      deliveries: both.map((organ) => ({ organ, state: 'sent', detail: '', at: null })),
    };
    const all = both.map((from) => status('01', 0, { from }));
    const after = [...all, ...all].reduce(
      (document: OutgoingDocument, one) => afterStatus(document, one) ?? document,
      before,
    );
    expect(after.deliveries.map((delivery) => delivery.state)).toEqual(['01', '01']);
    expect(everyoneTold(after)).toBe(true);
    expect(after.history).toHaveLength(2);
  });

  it('of unknown codes are kept as they came and move nothing that is known', () => {
    const document = play(status('03', 0), status('99', 1));
    expect(stateAt(document, 'G12')).toBe('03');
    expect(document.history.at(-1)?.what).toBe('status-99');
    expect(stateAt(play(status('99', 0)), 'G12')).toBe('99');
    expect(stateAt(play(status('99', 0), status('01', 1)), 'G12')).toBe('01');
  });

  it('say by a mere arrival nothing new of who refused or agreed: an update arrives too', () => {
    for (const code of ['02', '15', '16']) {
      expect(stateAt(play(status(code, 0), status('01', 5)), 'G12')).toBe(code);
    }
  });

  it('make the document returned once it was taken up only where one more sends it back', () => {
    const taken: OutgoingDocument = { ...play(status('02', 0)), state: 'sent' };
    const late = afterStatus(taken, status('02', -5, { from: hanoi, description: 'Sai thẩm quyền' }));
    expect(late?.state).toBe('returned');
    const removed: OutgoingDocument = {
      ...taken,
      deliveries: taken.deliveries.map((one) => ({ ...one, removed: one.organ.code === 'H26' })),
    };
    expect(afterStatus(removed, status('02', 5, { from: hanoi }))?.state).toBe('sent');
  });

  it('are all there once every receiver has told one', () => {
    expect(everyoneTold(play(status('01', 0)))).toBe(false);
    expect(everyoneTold(play(status('01', 0), status('03', 1, { from: hanoi })))).toBe(true);
  });
});
