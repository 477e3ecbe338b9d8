import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asDay, asInstant, dayOf } from '../../preload/contract/ids';
import type { IncomingDocument, OutgoingDocument } from '../../preload/contract/records';
import { isWorkingDay, plusDays } from '../../preload/contract/working-calendar';
import { facts } from '../testing/fixtures';
import { deadlineOf, incomingTerm, outgoingTerm, silenceOf } from './deadlines';

const document = (change: Partial<IncomingDocument>): IncomingDocument => ({
  id: '11111111-1111-4111-8111-111111111111' as IncomingDocument['id'],
  rev: 1,
  state: 'to-accept',
  docId: null,
  packageSha: null,
  facts: facts('1'),
  attachments: [],
  unknown: [],
  problem: null,
  receivedAt: asInstant(new Date('2026-11-20T02:00:00Z')),
  arrivalNumber: null,
  arrivalDate: null,
  presentedTo: '',
  opinion: '',
  assignedTo: '',
  duplicateOf: null,
  concerns: null,
  history: [],
  ...change,
});

const at = (text: string) => asInstant(new Date(text));

const sent = (change: Partial<OutgoingDocument>): OutgoingDocument =>
  ({
    ...{ id: '1', rev: 1, state: 'to-send', facts: facts('1'), createdAt: at('2026-11-01T02:00:00Z') },
    ...{ leaderSignature: null, deliveries: [], history: [], sentAt: null },
    ...change,
  }) as unknown as OutgoingDocument;

const signed = (time: string) => ({ signer: 'a', at: at(time), sha256: 'a', elsewhere: false }) as never;

describe('the deadline of what comes in', () => {
  it('is the day of receipt in Vietnam, whatever the zone of the PC', () => {
    const late = document({ receivedAt: at('2026-11-19T17:30:00Z') });
    expect(incomingTerm(late)?.day).toBe('2026-11-20');
  });

  it('is the first working day for what comes on a day off, but for urgent documents', () => {
    const saturday = { receivedAt: at('2026-11-21T02:00:00Z') };
    expect(incomingTerm(document(saturday))?.day).toBe('2026-11-23');
    const urgent = document({ ...saturday, facts: facts('1', { urgency: 3 }) });
    expect(incomingTerm(urgent)).toMatchObject({ day: '2026-11-21', part: 'at-once' });
  });

  it('is the next working day for presenting, over a whole Tết, and at once for an urgent document', () => {
    expect(incomingTerm(document({ state: 'to-present' }))?.day).toBe('2026-11-23');
    const beforeTet = document({ state: 'to-present', receivedAt: at('2026-02-13T08:00:00Z') });
    expect(incomingTerm(beforeTet)?.day).toBe('2026-02-23');
    const urgent = document({ state: 'to-present', facts: facts('1', { urgency: 1 }) });
    expect(incomingTerm(urgent)).toMatchObject({ day: '2026-11-20', part: 'at-once' });
  });

  it('is the document’s own where that is earlier, and its only one once it is assigned', () => {
    const due = facts('1', { dueOn: asDay('2026-11-21') });
    expect(incomingTerm(document({ state: 'to-present', facts: due }))).toMatchObject({
      day: '2026-11-21',
      by: 'document',
    });
    expect(incomingTerm(document({ state: 'in-progress' }))).toBeNull();
    const term = incomingTerm(document({ state: 'in-progress', facts: due }));
    expect(deadlineOf(term, new Date('2026-11-21T17:00:00Z'))).toMatchObject({
      day: '2026-11-21',
      late: true,
    });
    expect(deadlineOf(term, new Date('2026-11-21T16:59:59Z'))?.late).toBe(false);
  });
});

describe('the deadline of what came on paper', () => {
  it('counts from the day it came, though it was entered later', () => {
    const entered = document({ state: 'to-present', arrivalDate: asDay('2026-11-18') });
    expect(incomingTerm(entered)).toMatchObject({ from: '2026-11-18', day: '2026-11-19' });
  });

  it('is what it was for what came over the hub, whatever day its number is of', () => {
    const docId = 'in-1' as IncomingDocument['docId'];
    const registered = document({ docId, state: 'to-present', arrivalDate: asDay('2026-11-18') });
    expect(incomingTerm(registered)?.day).toBe('2026-11-23');
  });
});

describe('the deadline of what is signed', () => {
  it('counts from when the desk saw the signature, where that claims to be later', () => {
    const seen = [{ at: at('2026-11-23T10:30:00Z'), what: 'leader-signed', who: '', detail: '' }];
    const claimed = { leaderSignature: signed('2026-11-23T17:30:00Z'), history: seen };
    expect(outgoingTerm(sent(claimed))).toMatchObject({ from: '2026-11-23', day: '2026-11-24' });
    const urgent = { ...claimed, facts: facts('1', { urgency: 3 }) };
    expect(outgoingTerm(sent(urgent))).toMatchObject({ from: '2026-11-23', day: '2026-11-23' });
  });

  it('is the morning of the next working day, late from noon in Vietnam on', () => {
    const term = outgoingTerm(sent({ leaderSignature: signed('2026-11-20T08:00:00Z') }));
    expect(term).toMatchObject({ from: '2026-11-20', day: '2026-11-23', part: 'morning' });
    expect(deadlineOf(term, new Date('2026-11-23T04:59:59Z'))?.late).toBe(false);
    expect(deadlineOf(term, new Date('2026-11-23T05:00:00Z'))?.late).toBe(true);
  });

  it('is at once for an urgent one, also on a Sunday', () => {
    const term = outgoingTerm(
      sent({ leaderSignature: signed('2026-11-22T03:00:00Z'), facts: facts('1', { urgency: 2 }) }),
    );
    expect(term).toMatchObject({ day: '2026-11-22', part: 'at-once' });
  });

  it('follows the agency’s own calendar', () => {
    const calendar = { changes: [{ day: asDay('2026-11-21'), kind: 'working' as const, name: 'Làm bù' }] };
    const term = outgoingTerm(sent({ leaderSignature: signed('2026-11-20T08:00:00Z') }), calendar);
    expect(term?.day).toBe('2026-11-21');
  });

  it('never lies before the day of signing, and never on a day off, whatever the instant and the changes', () => {
    const anyInstant = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2032, 0, 1) });
    const anyChange = fc.record({
      off: fc.integer({ min: -5, max: 20 }),
      kind: fc.constantFrom('off' as const, 'working' as const),
    });
    fc.assert(
      fc.property(anyInstant, fc.array(anyChange, { maxLength: 12 }), (time, given) => {
        const from = dayOf(new Date(time));
        const changes = given.map(({ off, kind }) => ({ day: plusDays(from, off), kind, name: '' }));
        const term = outgoingTerm(sent({ leaderSignature: signed(new Date(time).toISOString()) }), {
          changes,
        });
        expect(term?.from).toBe(from);
        expect(term !== null && term.day > from).toBe(true);
        expect(term !== null && isWorkingDay({ changes }, term.day)).toBe(true);
      }),
    );
  });
});

describe('the deadline of what was sent back', () => {
  const back = (code: string, time: string) => ({
    organ: { code, name: '' },
    state: '02',
    detail: '',
    at: at(time),
  });
  const entry = (what: string, time: string) => ({ at: at(time), what, who: '', detail: '' });

  it('counts from the answer that sent it back, whatever comes after that', () => {
    const history = [
      entry('status-02', '2026-11-20T03:00:00Z'),
      entry('status-01', '2026-11-24T03:00:00Z'),
      entry('status-02', '2026-11-25T03:00:00Z'),
    ];
    const deliveries = [back('G12', '2026-11-20T03:00:00Z'), back('H26', '2026-11-25T03:00:00Z')];
    const returned = sent({ state: 'returned', history, deliveries });
    expect(outgoingTerm(returned)).toMatchObject({ from: '2026-11-20', day: '2026-11-23' });
  });

  it('counts from the one that came since it was taken up again', () => {
    const history = [
      entry('status-02', '2026-11-20T03:00:00Z'),
      entry('taken-up-again', '2026-11-20T05:00:00Z'),
      entry('status-02', '2026-11-25T03:00:00Z'),
      entry('status-03', '2026-11-27T03:00:00Z'),
    ];
    const deliveries = [back('G12', '2026-11-20T03:00:00Z'), back('H26', '2026-11-25T03:00:00Z')];
    const returned = sent({ state: 'returned', history, deliveries });
    expect(outgoingTerm(returned)).toMatchObject({ from: '2026-11-25', day: '2026-11-26' });
  });
});

describe('silence after sending', () => {
  const delivery = (state: string) => ({ organ: { code: state, name: '' }, state, detail: '', at: null });
  const quiet = (now: string, states: string[]) =>
    silenceOf(
      sent({ state: 'sent', sentAt: at('2026-11-20T03:00:00Z'), deliveries: states.map(delivery) as never }),
      new Date(now),
    );

  it('counts working days since the sending and the receivers that said nothing', () => {
    expect(quiet('2026-11-20T09:00:00Z', ['sent'])).toBeNull();
    expect(quiet('2026-11-22T09:00:00Z', ['sent'])).toBeNull();
    expect(quiet('2026-11-25T09:00:00Z', ['sent', '03', 'sent'])).toEqual({
      receivers: 2,
      of: 3,
      workingDays: 3,
    });
  });

  it('ends when all have answered, and when nobody waits any more', () => {
    expect(quiet('2026-11-25T09:00:00Z', ['01', '03'])).toBeNull();
    expect(quiet('2027-03-25T09:00:00Z', ['sent'])).toBeNull();
  });

  it('counts for a receiver that an update added from when it was given the document, also long after the first sending', () => {
    const given = { ...delivery('sent'), at: at('2027-03-22T03:00:00Z') };
    const document = sent({
      ...{ state: 'sent', sentAt: at('2026-11-20T03:00:00Z') },
      deliveries: [delivery('06'), given] as never,
    });
    const days = (now: string) => silenceOf(document, new Date(now))?.workingDays ?? null;
    expect(days('2027-03-22T09:00:00Z')).toBeNull();
    expect(days('2027-03-24T09:00:00Z')).toBe(2);
  });
});
