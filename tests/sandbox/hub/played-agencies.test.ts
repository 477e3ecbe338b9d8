// What played agencies answer and when, on a clock that the test moves.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EventLog } from './event-log';
import type { HubEvent, PackageFacts } from './events';
import type { Hub } from './operation';
import { PackageStore } from './package-store';
import { readFacts } from './packages';
import { dueReplies } from './played-agencies';
import { playAgencies } from './player';
import { deliveriesTo } from './send-operation';
import { HubState } from './state';

const start = Date.UTC(2026, 0, 15, 2, 0, 0);
const at = (seconds: number) => new Date(start + seconds * 1000);
const settings = { replyAfterSeconds: 10, refusing: ['H57'] };

let dir: string;
let hub: Hub;

function open(): Hub {
  const state = new HubState(EventLog.open<HubEvent>(join(dir, 'events.jsonl')));
  const packages = new PackageStore(dir);
  return {
    state,
    packages,
    settings: { lagSeconds: 0, maxPackageBytes: 1_000_000 },
    readFacts: (docId) => readFacts(packages.path(docId)),
  };
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'hub-'));
  hub = open();
  hub.state.attend('H37', at(0).toISOString());
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

let counter = 0;

function sendFromDesk(to: readonly string[], wish: Partial<PackageFacts> = {}, seconds = 0): void {
  const facts: PackageFacts = {
    kind: 'edoc',
    documentId: 'H37,2026/01/15,7/UBND-VP',
    notation: '7/UBND-VP',
    title: 'V/v phối hợp',
    promulgationDate: '2026/01/15',
    from: 'H37',
    to,
    code: '0',
    about: 'H37,2026/01/15,7/UBND-VP',
    ...wish,
  };
  hub.state.record({
    type: 'sent',
    docId: `d${counter++}`,
    at: at(seconds).toISOString(),
    origin: 'client',
    sender: 'H37',
    fromCode: 'H37',
    messageType: facts.kind,
    sha256: '0'.repeat(64),
    size: 1,
    facts,
    deliveries: deliveriesTo(hub.state, to),
  });
}

const codes = (seconds: number) =>
  dueReplies(hub.state, settings, at(seconds)).map((reply) => reply.statusCode);
const waiting = () =>
  hub.state.waiting('H37', 'status').map(({ sent }) => `${sent.fromCode} ${sent.facts.code}`);

test('01 comes soon, then 03 04 05 06', () => {
  sendFromDesk(['G12']);
  expect(codes(1)).toEqual([]);
  expect(codes(3)).toEqual(['01']);
  expect(codes(11)).toEqual(['01', '03']);
  expect(codes(100)).toEqual(['01', '03', '04', '05', '06']);
});

test('a refusing agency says 01 and 02 with a reason', () => {
  sendFromDesk(['H57']);
  const replies = dueReplies(hub.state, settings, at(100));
  expect(replies.map((reply) => reply.statusCode)).toEqual(['01', '02']);
  expect(replies[1]?.description.length).toBeGreaterThan(20);
});

test('an attended agency is never played', () => {
  hub.state.attend('G12', at(0).toISOString());
  sendFromDesk(['G12']);
  expect(codes(100)).toEqual([]);
});

test('a recall is answered with 15 and ends what was going on', () => {
  sendFromDesk(['G12']);
  sendFromDesk(['G12'], { documentId: 'H37,2026/01/15,8/UBND-VP', code: '1' }, 5);
  expect(codes(100)).toEqual(['01', '01', '03', '15']);
  sendFromDesk(['H57'], { documentId: 'x', about: 'y', code: '2' }, 5);
  expect(codes(100)).toContain('16');
});

test('each answer is a status package that waits for the sender, given once even over a restart', async () => {
  sendFromDesk(['G12', 'H57']);
  await playAgencies(hub, settings, at(11));
  expect(waiting().sort()).toEqual(['G12 01', 'G12 03', 'H57 01', 'H57 02']);
  hub = open();
  await playAgencies(hub, settings, at(12));
  await playAgencies(hub, settings, at(12));
  expect(waiting()).toHaveLength(4);
  await playAgencies(hub, settings, at(100));
  expect(waiting().filter((line) => line.startsWith('G12'))).toEqual([
    'G12 01',
    'G12 03',
    'G12 04',
    'G12 05',
    'G12 06',
  ]);
  const [first] = hub.state.waiting('H37', 'status');
  expect(first?.sent.facts).toMatchObject({
    kind: 'status',
    about: 'H37,2026/01/15,7/UBND-VP',
    notation: '7/UBND-VP',
    promulgationDate: '2026/01/15',
    to: ['H37'],
  });
});

test('a status sent to a played agency is taken and not answered', async () => {
  sendFromDesk(['G12'], { kind: 'status', code: '03' });
  await playAgencies(hub, settings, at(100));
  expect(waiting()).toEqual([]);
  expect(hub.state.waiting('G12', 'status')).toEqual([]);
});

test('whoever signs in later still finds what was taken in their name', async () => {
  sendFromDesk(['G12']);
  await playAgencies(hub, settings, at(3));
  expect(hub.state.waiting('G12', 'edoc')).toEqual([]);
  hub.state.attend('G12', at(4).toISOString());
  expect(hub.state.waiting('G12', 'edoc')).toHaveLength(1);
  hub = open();
  expect(hub.state.waiting('G12', 'edoc')).toHaveLength(1);
});
