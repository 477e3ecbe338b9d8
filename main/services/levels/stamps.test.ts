// Time stamps out of a budget, over authorities that do as they are told and a clock that only moves when told.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fetcher } from '../../verifying';
import { openStamps, StampLimited } from './stamps';

const key = randomBytes(32);
const [one, two] = ['http://one.test/', 'http://two.test/'];
const minute = 60_000;
let folder: string;
let now: number;
let asked: string[];
let silent: Set<string>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stamps-'));
  now = Date.parse('2026-11-20T03:00:00Z');
  asked = [];
  silent = new Set();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fetcher: Fetcher = async ({ url }) => {
  asked.push(url);
  if (silent.has(url)) throw new Error('no answer');
  return Buffer.from(url);
};

const open = (requests: number) =>
  openStamps({
    ...{ urls: [one, two], rule: { requests, minutes: 20 }, fetcher, key },
    read: async (reply) => reply,
    file: join(folder, 'counts'),
    now: () => new Date(now),
    pause: async () => undefined,
  });

const from = (token: Uint8Array): string => Buffer.from(token).toString('utf8');

describe('time stamps', () => {
  it('come from the first authority until it has given what it may, then from the next', async () => {
    const stamp = await open(2);
    const tokens: string[] = [];
    for (let time = 0; time < 4; time += 1) tokens.push(from(await stamp(new Uint8Array(32))));
    expect(tokens).toEqual([one, one, two, two]);
    const limited = await stamp(new Uint8Array(32)).catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(StampLimited);
    expect(limited).toMatchObject({ code: 'timestamp-limited', notBefore: now + 20 * minute + 1 });
    now += 20 * minute + 1;
    expect(from(await stamp(new Uint8Array(32)))).toBe(one);
  });

  it('are counted over restarts, in a file that says nothing to others', async () => {
    const before = await open(1);
    await before(new Uint8Array(32));
    const again = await open(1);
    expect(from(await again(new Uint8Array(32)))).toBe(two);
    expect((await readFile(join(folder, 'counts'))).includes('one.test')).toBe(false);
  });

  it('are asked for three times of one that keeps silent, then of the next, and each try counts', async () => {
    silent.add(one);
    const stamp = await open(20);
    expect(from(await stamp(new Uint8Array(32)))).toBe(two);
    expect(asked).toEqual([one, one, one, two]);
  });

  it('that spend the last request on a silent authority wait for its time', async () => {
    silent.add(one).add(two);
    const stamp = await open(2);
    await expect(stamp(new Uint8Array(32))).rejects.toBeInstanceOf(StampLimited);
    expect(asked).toEqual([one, one, two, two]);
  });
});
