// A seeded sample of changed packages and hub answers: bytes, JSON, XML, heads, lengths and compression, through the clients of
// each kind of hub over real sockets and the reader of packages. VAN_THU_SEED and VAN_THU_COUNT choose the run.
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomFrom } from '../sandbox/mutations/mutate';
import { type RecordedHub, recordHubs } from './recorded-hubs';
import { answerTrial, folderTrial, packageTrial, Replay } from './trial';

const count = Number(process.env.VAN_THU_COUNT ?? 200);
const seed = Number(process.env.VAN_THU_SEED ?? 20260801);
const most = 1 << 30;

let hubs: RecordedHub[] = [];
const replay = new Replay();
const strays: string[] = [];
const stray = (error: unknown) => strays.push(error instanceof Error ? `${error.stack}` : String(error));

beforeAll(async () => {
  process.on('unhandledRejection', stray).on('uncaughtException', stray);
  hubs = await recordHubs();
  await replay.open();
}, 60_000);
afterAll(async () => {
  process.off('unhandledRejection', stray).off('uncaughtException', stray);
  await replay.close();
});

it('every kind of hub has answered well before anything is changed', () => {
  expect(hubs.map((hub) => hub.name)).toHaveLength(5);
  for (const hub of hubs) {
    for (const operation of ['list', 'receive', 'acknowledge', 'send'] as const) {
      expect(hub.answers.has(operation), `${hub.name} ${operation}`).toBe(true);
    }
  }
});

it(`${count} changed packages and answers: none crashes, hangs, is lost or is acknowledged unstored (seed ${seed})`, {
  timeout: 120_000 + count * 500,
}, async () => {
  const folder = new URL('../fixtures/edxml/', import.meta.url);
  const samples = readdirSync(folder)
    .filter((name) => name.endsWith('.edxml'))
    .map((name) => readFileSync(new URL(name, folder)));
  for (let trial = 0; trial < count; trial += 1) {
    const random = randomFrom(seed + trial);
    // The first numbers of neighbouring seeds are alike.
    random();
    const below = (limit: number) => Math.floor(random() * limit);
    const way = below(8);
    const hub = hubs[below(hubs.length)];
    if (hub === undefined) throw new Error('no hub was recorded');
    const fault =
      way === 0
        ? await folderTrial(below)
        : way <= 2
          ? await packageTrial(samples, below)
          : await answerTrial(hub, replay, below);
    expect([`trial ${trial} of seed ${seed}`, fault, strays]).toEqual([
      `trial ${trial} of seed ${seed}`,
      null,
      [],
    ]);
    if (trial % 1000 === 999) process.stderr.write(`${trial + 1}\n`);
  }
  expect(process.memoryUsage().rss).toBeLessThan(most);
});
