// The audit must find what it looks for: one fact made wrong at a time.
import { describe, expect, it } from 'vitest';
import type { IncomingDocument, OutboxRow, OutgoingDocument } from '../../../preload/contract/records';
import { audit, type Facts } from './audit';
import { moments, planKills, targets } from './plan';

const incoming = { id: 'i', facts: { documentId: 'D' }, arrivalNumber: 1 } as unknown as IncomingDocument;
const outgoing = {
  id: 'o',
  state: 'sent',
  facts: { subject: 'S', documentId: 'X' },
  numberGiven: { number: 1 },
  seal: { sha256: 'out' },
} as unknown as OutgoingDocument;
const outbox = { id: 'r', lane: 'o', kind: 'edoc', state: 'accepted' } as unknown as OutboxRow;
const status = (code: string, sha256 = code) => ({
  docId: code,
  sha256,
  to: [],
  messagetype: 'status' as const,
  DocumentId: 'D',
  code,
});
const edoc = { docId: 'e', sha256: 'e', to: [], messagetype: 'edoc' as const, DocumentId: 'X', code: '0' };
const list = {
  docId: 'd',
  senderDocId: 'd',
  origin: 'seed' as const,
  to: 'H37',
  messagetype: 'edoc' as const,
  DocumentId: 'D',
  code: '0',
  status: 'done',
};

const good: Facts = {
  offered: ['D'],
  issued: ['S'],
  log: [status('01'), status('03'), status('03'), edoc],
  deliveries: [list],
  incoming: [incoming],
  outgoing: [outgoing],
  outbox: [outbox],
  tickets: [
    { act: 'a', output: null },
    { act: 'a', output: 'out' },
  ],
  numbers: [
    { register: 'incoming', number: 1, documentId: 'i' },
    { register: 'outgoing', number: 1, documentId: 'o' },
  ],
  journalRows: new Map([['incoming/i', 3]]),
  ledgerRows: new Map([['incoming/i', 3]]),
  signCalls: 2,
  killsWhileSigning: 1,
};

describe('the audit', () => {
  it('finds nothing where all is well, a repeated status and a signature lost by a kill included', () => {
    expect(audit(good)).toEqual([]);
  });

  it('leaves a sending open whose outcome nobody can know', () => {
    const cut = { ...outbox, state: 'unknown' as const };
    expect(audit({ ...good, log: [status('01'), status('03')], outbox: [cut] })).toEqual([]);
  });

  const wrong: readonly (readonly [string, Partial<Facts>])[] = [
    ['a document that is not here', { incoming: [] }],
    ['a document that is here twice', { incoming: [incoming, incoming] }],
    ['a package not acknowledged', { deliveries: [{ ...list, status: 'processing' }] }],
    ['a status never told', { log: [status('01'), edoc] }],
    ['two different statuses', { log: [...good.log, status('03', 'other')] }],
    ['an edoc sent twice', { log: [...good.log, edoc] }],
    ['an edoc never sent that is called sent', { log: [status('01'), status('03')] }],
    ['an edoc that was sent and is called unknown', { outbox: [{ ...outbox, state: 'unknown' }] }],
    ['a document that is gone', { outgoing: [] }],
    ['two outputs of one act', { tickets: [...good.tickets, { act: 'a', output: 'again' }], signCalls: 3 }],
    [
      'a second output of another act',
      { tickets: [...good.tickets, { act: 'b', output: 'b' }], signCalls: 3 },
    ],
    ['a seal without a ticket', { tickets: [{ act: 'a', output: 'b' }], signCalls: 1 }],
    ['more signatures than tickets', { signCalls: 3 }],
    ['a signature lost without a kill', { killsWhileSigning: 0 }],
    [
      'a number given twice',
      { numbers: [...good.numbers, { register: 'outgoing', number: 1, documentId: 'p' }] },
    ],
    [
      'a number that was burnt',
      { numbers: [...good.numbers, { register: 'outgoing', number: 3, documentId: 'p' }] },
    ],
    [
      'two numbers of one document',
      { numbers: [...good.numbers, { register: 'outgoing', number: 2, documentId: 'o' }] },
    ],
    ['a row the ledger lost', { ledgerRows: new Map() }],
    ['a row the ledger has older', { ledgerRows: new Map([['incoming/i', 2]]) }],
    ['a row the journal lost', { journalRows: new Map() }],
  ];
  for (const [name, change] of wrong) {
    it(`finds ${name}`, () => {
      expect(audit({ ...good, ...change })).not.toEqual([]);
    });
  }
});

describe('the plan', () => {
  it('is the same for the same seed and another for another', () => {
    expect(planKills(7, 40)).toEqual(planKills(7, 40));
    expect(planKills(7, 40)).not.toEqual(planKills(8, 40));
  });

  it('meets every target, and main and window at every moment', () => {
    const plan = planKills(3, 27);
    expect(new Set(plan.map((kill) => kill.target))).toEqual(new Set(targets));
    for (const target of ['main', 'window'] as const) {
      const met = plan.filter((kill) => kill.target === target).map((kill) => kill.moment);
      expect(new Set(met)).toEqual(new Set(moments));
    }
  });
});
