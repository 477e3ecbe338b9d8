import { describe, expect, it } from 'vitest';
import { asInstant, newDeskId } from '../../preload/contract/ids';
import type { Delivery, Organ, OutgoingDocument } from '../../preload/contract/records';
import { facts, ministry } from '../testing/fixtures';
import { deliveriesAfter, leftBehind, planUpdate, recallReceivers } from './sent-changes';

const hanoi: Organ = { code: '000.00.00.H26', name: 'UBND thành phố Hà Nội' };
const renamed: Organ = { ...hanoi, code: 'H26' };

const delivery = (organ: Organ, change: Partial<Delivery> = {}): Delivery => ({
  ...{ organ, state: 'sent', detail: '', at: null },
  ...change,
});

/** Sent to the ministry and to Hà Nội under its old code. */
function sent(deliveries = [ministry, hanoi].map((organ) => delivery(organ))): OutgoingDocument {
  const at = asInstant(new Date('2026-11-20T01:00:00Z'));
  return {
    ...{ id: newDeskId(), rev: 1, state: 'sent', main: null, annexes: [], leaderSignature: null, seal: null },
    facts: facts('318', { receivers: [ministry, hanoi] }),
    ...{ numberGiven: null, packageSha: null, hubDocId: null, answers: null, createdAt: at, sentAt: at },
    deliveries,
    history: [],
  };
}

describe('a receiver that has an old and a new code', () => {
  it('is neither new nor removed by an update that names it by the other one', () => {
    expect(planUpdate(sent(), { receivers: [ministry, renamed], facts: {} })).toBeNull();
    const plan = planUpdate(sent(), { receivers: [ministry], facts: {} });
    expect(plan?.removed).toEqual([hanoi]);
  });

  it('is given the document again once, where an update takes it in again by the other code', () => {
    const without = { ...sent(), facts: { ...sent().facts, receivers: [ministry] } };
    const plan = planUpdate(without, { receivers: [ministry, renamed], facts: {} });
    expect(plan?.given).toEqual([renamed]);
    const after = plan === null ? [] : deliveriesAfter(without, plan);
    expect(after.map((one) => [one.organ.code, one.state])).toEqual([
      ['G12', 'sent'],
      ['000.00.00.H26', 'waiting'],
    ]);
  });

  it('is told of a recall once, under the code it was sent to, also where it stands twice in the row', () => {
    const twice = sent([delivery(hanoi), delivery(renamed, { state: '06' })]);
    expect(recallReceivers(twice, [])).toEqual([hanoi]);
    const perhaps = sent([delivery(ministry), delivery(hanoi, { state: 'waiting' })]);
    expect(recallReceivers(perhaps, ['H26'])).toEqual([ministry, hanoi]);
  });

  it('is not left behind by a replacement that goes to its other code', () => {
    expect(leftBehind(sent(), [ministry, renamed])).toEqual([]);
  });
});
