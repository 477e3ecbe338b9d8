// Rows, times and answers for the tests of the outbox.
import type { HubAnswer } from '../../preload/contract/calls';
import { asInstant, asSha256, type HubDocId, newActId } from '../../preload/contract/ids';
import type { OutboxRow } from '../../preload/contract/records';
import type { EngineEvent } from './engine-events';

const start = Date.parse('2026-11-20T02:00:00Z');
export const at = (seconds: number) => asInstant(new Date(start + seconds * 1000));

export function row(id: string, change: Partial<OutboxRow> = {}): OutboxRow {
  return {
    id,
    seq: 1,
    rev: 0,
    lane: id,
    act: newActId(),
    kind: 'edoc',
    state: 'ready',
    attempts: 0,
    notBefore: at(0),
    leaseUntil: null,
    lastCode: '',
    packageSha: asSha256('c'.repeat(64)),
    receivers: ['G12'],
    docId: null,
    createdAt: at(0),
    ...change,
  };
}

export const accepted: HubAnswer = { kind: 'accepted', docId: 'hub-1' as HubDocId };
export const unknown: HubAnswer = { kind: 'unknown', code: 'hub-timed-out' };
export const away: HubAnswer = { kind: 'not-sent', code: 'hub-unreachable', retryAfterSeconds: null };
export const refused: HubAnswer = { kind: 'refused', code: 'hub-refused', words: 'no' };

export const wake = (seconds: number): EngineEvent => ({ kind: 'wake', now: at(seconds) });
