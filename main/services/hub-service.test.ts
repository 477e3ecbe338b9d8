// What main knows of an attempt whose window died, what it tells the hub again, and what it reads again.
import { expect, test } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { handDocId } from '../../preload/contract/hand';
import { asInstant, asSha256, hubDocId, type Sha256 } from '../../preload/contract/ids';
import type { Arrival } from '../../preload/contract/records';
import type { Hub, HubAnswer, SentPackage } from '../exchange/hub';
import type { Attempt } from '../journal/memory';
import { createHubService, type HubParts } from './hub-service';

const sha = asSha256('a'.repeat(64));

function serviceOver(attempts: readonly Attempt[], send?: () => Promise<HubAnswer<SentPackage>>) {
  const parts = {
    hub: { send } as Partial<Hub> as Hub,
    systemId: 'H37',
    blobs: { open: async () => ({ ...bytesSource(Buffer.from('x')), close: () => undefined }) },
    journal: { attemptsOf: (row: string) => (row === 'row#1' ? attempts : []) },
    now: () => new Date(0),
  } as unknown as HubParts;
  return createHubService(parts);
}

const attempt: Attempt = {
  attempt: 'one',
  at: '2026-11-20T02:00:00.000Z',
  kind: 'edoc',
  packageSha: sha,
  receivers: ['G12'],
  answer: null,
} as unknown as Attempt;

test('an attempt that the journal has not began nowhere', () => {
  expect(serviceOver([]).attempt('row#1')).toEqual({ kind: 'none' });
});

test('an attempt without an answer may have reached the hub', () => {
  expect(serviceOver([attempt]).attempt('row#1')).toEqual({ kind: 'open' });
});

test('an answer in the journal is the answer', () => {
  const answer = { kind: 'ok', value: { docId: 'D1' } } as const;
  expect(serviceOver([{ ...attempt, answer }]).attempt('row#1')).toEqual({
    kind: 'answered',
    answer: { kind: 'accepted', docId: 'D1' },
  });
});

test('an attempt under way is told as such before the journal has its first line', async () => {
  let finish: (answer: HubAnswer<SentPackage>) => void = () => undefined;
  const service = serviceOver([], () => new Promise((resolve) => (finish = resolve)));
  const sending = service.send('row#1', sha, 'edoc', ['G12']);
  expect(service.attempt('row#1')).toEqual({ kind: 'under-way' });
  await new Promise((resolve) => setImmediate(resolve));
  finish({ kind: 'ok', value: { docId: 'D1' } });
  await sending;
  expect(service.attempt('row#1')).toEqual({ kind: 'none' });
});

const docId = hubDocId.parse('D1');
const unread: Arrival = {
  kind: 'unreadable',
  docId,
  packageSha: sha,
  code: 'package-not-xml',
  arrivedAt: asInstant(new Date(0)),
};

/** `given`: the hash of what the hub gives when it is asked once more, null where it refuses. */
function arrivals(first: Arrival, read: (sha: Sha256) => Arrival, given: Sha256 | null = null) {
  const said: string[] = [];
  const asked: string[] = [];
  const appended: unknown[] = [];
  let newest = first;
  let acknowledged = false;
  const parts = {
    hub: {
      acknowledge: async (id: string, status: string) => {
        said.push(`${id} ${status}`);
        return { kind: 'ok', value: {} };
      },
      fetch: async (id: string) => {
        asked.push(id);
        return given === null ? { kind: 'refused', errorCode: '', errorDesc: '' } : { kind: 'ok', value: {} };
      },
    },
    systemId: 'H37',
    blobs: {
      has: async () => true,
      writer: async () => ({
        abort: async () => undefined,
        finish: async () => ({ sha256: given }),
        plain: () => null,
      }),
    },
    journal: {
      arrivalOf: async () => newest,
      isAcknowledged: () => acknowledged,
      append: async (entry: { type: string; arrival?: Arrival }) => {
        appended.push(entry);
        if (entry.type === 'ack') acknowledged = true;
        if (entry.arrival !== undefined) newest = entry.arrival;
      },
    },
    readArrival: async (_id: string, name: Sha256) => read(name),
    now: () => new Date(1000),
  } as unknown as HubParts;
  return { service: createHubService(parts), said, asked, appended };
}

test('a package that the hub lists again is told done again, and journalled once', async () => {
  const { service, said, appended } = arrivals(unread, () => unread);
  await service.acknowledge(docId);
  expect(await service.acknowledge(docId)).toEqual({ kind: 'accepted', docId: null });
  expect(said).toEqual(['D1 done', 'D1 done']);
  expect(appended).toHaveLength(1);
});

test('a package that could not be read is read again after a start, with the day it came', async () => {
  const secret: Arrival = {
    kind: 'secret',
    docId,
    sender: { code: 'G12', name: '' },
    arrivedAt: asInstant(new Date(9000)),
  };
  const { service, appended } = arrivals(unread, () => secret);
  const { arrival } = await service.receive(docId, 'edoc');
  expect(arrival).toEqual({ ...secret, arrivedAt: unread.arrivedAt });
  expect(appended).toEqual([{ type: 'arrival', arrival }]);
});

test('a package that still cannot be read is tried once a start, and nothing is written', async () => {
  let reads = 0;
  const { service, appended } = arrivals(unread, () => {
    reads += 1;
    return unread;
  });
  expect((await service.receive(docId, 'edoc')).arrival).toEqual(unread);
  expect((await service.receive(docId, 'edoc')).arrival).toEqual(unread);
  expect([reads, appended.length]).toEqual([1, 0]);
});

test('a package that cannot be read is asked of the hub once more a start, and taken where it is another by then', async () => {
  const mended = asSha256('b'.repeat(64));
  const status = { kind: 'status', docId, packageSha: mended, arrivedAt: asInstant(new Date(9000)) };
  const read = (name: Sha256) => (name === mended ? (status as unknown as Arrival) : unread);
  const { service, asked, appended } = arrivals(unread, read, mended);
  const { arrival } = await service.receive(docId, 'edoc');
  expect(arrival).toEqual({ ...status, arrivedAt: unread.arrivedAt });
  expect(appended).toContainEqual({ type: 'arrival', arrival });
  expect((await service.receive(docId, 'edoc')).arrival).toEqual(arrival);
  expect(asked).toEqual(['D1']);
});

test('a package that cannot be read stays what it is where the hub gives the same or nothing', async () => {
  for (const given of [sha, null]) {
    const { service, asked, appended } = arrivals(unread, () => unread, given);
    for (const _ of [1, 2]) expect((await service.receive(docId, 'edoc')).arrival).toEqual(unread);
    expect([asked.length, appended.length]).toEqual([1, 0]);
  }
});

test('a desk that only takes never tells the hub, and does not list again what it has', async () => {
  const taken = new Set<string>();
  const told: string[] = [];
  const parts = {
    hub: {
      list: async () => ({ kind: 'ok', value: { items: [{ docId: 'D1', from: 'G12' }], unreadable: 0 } }),
      acknowledge: async (id: string) => told.push(id),
    },
    systemId: 'H37',
    reading: 'take',
    blobs: { has: async () => true },
    journal: {
      arrivalOf: async () => unread,
      isAcknowledged: (id: string) => taken.has(id),
      append: async (entry: { type: string; docId?: string }) => taken.add(entry.docId ?? ''),
    },
    now: () => new Date(1000),
  } as unknown as HubParts;
  const service = createHubService(parts);
  expect((await service.list('edoc')).items).toHaveLength(1);
  expect(await service.acknowledge(docId)).toMatchObject({ kind: 'accepted' });
  expect((await service.list('edoc')).items).toEqual([]);
  expect(told).toEqual([]);
});

test('what came by hand is done here, and no hub hears of it, not even where there is none', async () => {
  const byHand = handDocId('c'.repeat(64));
  const appended: unknown[] = [];
  const parts = {
    hub: null,
    blobs: { has: async () => true },
    journal: {
      arrivalOf: async () => ({ kind: 'secret', docId: byHand }),
      isAcknowledged: () => appended.length > 0,
      append: async (line: unknown) => void appended.push(line),
    },
    now: () => new Date(0),
  } as unknown as HubParts;
  const service = createHubService(parts);
  expect(await service.acknowledge(byHand)).toEqual({ kind: 'accepted', docId: null });
  await service.acknowledge(byHand);
  expect(appended).toEqual([{ type: 'ack', docId: byHand, at: '1970-01-01T00:00:00.000Z' }]);
});

test('a quarantined package is fetched once more when policy names it, and only then', async () => {
  const known: Arrival = {
    ...{ kind: 'secret', docId, sender: { code: 'G12', name: '' } },
    arrivedAt: asInstant(new Date(1000)),
  };
  const appended: { type: string; arrival?: Arrival }[] = [];
  let fetched = 0;
  const over = (isFalseAlarm: boolean) =>
    createHubService({
      hub: {
        fetch: async () => {
          fetched += 1;
          return { kind: 'ok', value: { sha256: sha, size: 1 } };
        },
      },
      blobs: { writer: async () => ({ finish: async () => ({ sha256: sha, size: 1 }), plain: () => null }) },
      journal: {
        arrivalOf: async () => known,
        append: async (entry: { type: string; arrival?: Arrival }) => void appended.push(entry),
      },
      readArrival: async () => ({ ...known, kind: 'document', arrivedAt: asInstant(new Date(5000)) }),
      isFalseAlarm: () => isFalseAlarm,
      now: () => new Date(0),
    } as unknown as HubParts);
  expect((await over(false).receive(docId, 'edoc')).arrival).toEqual(known);
  expect(fetched).toBe(0);
  // It came when it came: the deadlines of law count from then.
  const again = await over(true).receive(docId, 'edoc');
  expect(again.arrival).toMatchObject({ kind: 'document', arrivedAt: known.arrivedAt });
  expect(appended.map((one) => one.type)).toEqual(['note', 'arrival']);
});

test('entries of a list that nobody can fetch are counted: those without a name, and those whose name is none', async () => {
  const items = ['D1', '', 'x'.repeat(400)].map((name) => ({ docId: name, from: 'G12' }));
  const parts = {
    hub: { list: async () => ({ kind: 'ok', value: { items, unreadable: 3 } }) },
    reading: 'acknowledge',
  } as unknown as HubParts;
  const listed = await createHubService(parts).list('edoc');
  expect(listed).toMatchObject({ items: [{ docId: 'D1' }], unreadable: 5 });
});
