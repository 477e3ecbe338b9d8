import { describe, expect, it } from 'vitest';
import { asDay, asInstant } from '../../preload/contract/ids';
import type { IncomingDocument } from '../../preload/contract/records';
import { facts } from '../testing/fixtures';
import { deadlineOf, incomingTerm, nextWorkingDay } from './deadlines';

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

describe('a deadline', () => {
  it('skips the weekend', () => {
    expect(nextWorkingDay(asDay('2026-11-20'))).toBe('2026-11-23');
    expect(nextWorkingDay(asDay('2026-12-31'))).toBe('2027-01-01');
  });

  it('is the day of receipt in Vietnam, whatever the zone of the PC', () => {
    const late = document({ receivedAt: asInstant(new Date('2026-11-19T17:30:00Z')) });
    expect(incomingTerm(late)?.day).toBe('2026-11-20');
  });

  it('is the next working day for presenting, and the same day for an urgent document', () => {
    expect(incomingTerm(document({ state: 'to-present' }))?.day).toBe('2026-11-23');
    const urgent = document({ state: 'to-present', facts: facts('1', { urgency: 1 }) });
    expect(incomingTerm(urgent)?.day).toBe('2026-11-20');
  });

  it('is the document’s own where that is earlier, and its only one once it is assigned', () => {
    const due = facts('1', { dueOn: asDay('2026-11-21') });
    expect(incomingTerm(document({ state: 'to-present', facts: due }))).toMatchObject({
      day: '2026-11-21',
      by: 'document',
    });
    expect(incomingTerm(document({ state: 'in-progress' }))).toBeNull();
    const term = incomingTerm(document({ state: 'in-progress', facts: due }));
    expect(deadlineOf(term, asDay('2026-11-22'))).toEqual({ day: '2026-11-21', by: 'document', late: true });
    expect(deadlineOf(term, asDay('2026-11-21'))?.late).toBe(false);
  });
});
