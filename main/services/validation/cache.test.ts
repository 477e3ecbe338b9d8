// What authorities answered, remembered sealed until it expires, over a clock that only moves when told.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fetcher, FetchRequest } from '../../verifying';
import { openAnswerCache } from './cache';

const hour = 3_600_000;
let folder: string;
let now: number;
let asked: string[];
let until: Date | null;
let away: boolean;
const key = randomBytes(32);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answers-'));
  now = Date.parse('2026-11-20T03:00:00Z');
  asked = [];
  until = new Date(now + 2 * hour);
  away = false;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fetcher: Fetcher = async ({ url }) => {
  if (away) throw new Error('no network');
  asked.push(url);
  return Buffer.from(`answer ${asked.length} of ${url}`);
};

const open = (own: Uint8Array = key): Promise<Fetcher> =>
  openAnswerCache({ folder, key: own, fetcher, until: async () => until, now: () => new Date(now) });

function ocsp(url = 'http://ocsp.test/', body = 'request'): FetchRequest {
  return {
    ...{ url, body: Buffer.from(body), contentType: 'application/ocsp-request', accept: '*/*' },
    ...{ maxBytes: 1 << 18, signal: new AbortController().signal },
  };
}

async function written(files: number): Promise<void> {
  const named = async () => (await readdir(folder)).filter((name) => !name.endsWith('.part'));
  await expect.poll(async () => (await named()).length, { timeout: 30_000 }).toBe(files);
}

const words = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

describe('remembered answers', () => {
  it('spare a second question until they expire', async () => {
    const ask = await open();
    expect(words(await ask(ocsp()))).toBe('answer 1 of http://ocsp.test/');
    await written(1);
    now += hour;
    expect(words(await ask(ocsp()))).toBe('answer 1 of http://ocsp.test/');
    now += hour + 1;
    expect(words(await ask(ocsp()))).toBe('answer 2 of http://ocsp.test/');
  });

  it('are there after a restart without a network, and only for what was asked', async () => {
    await (await open())(ocsp());
    await written(1);
    away = true;
    const ask = await open();
    expect(words(await ask(ocsp()))).toBe('answer 1 of http://ocsp.test/');
    await expect(ask(ocsp('http://ocsp.test/', 'another'))).rejects.toThrow('no network');
  });

  it('lie sealed: neither address nor answer can be read, and a changed or foreign one is thrown away', async () => {
    await (await open())(ocsp());
    await written(1);
    const [name = ''] = await readdir(folder);
    await writeFile(join(folder, `${name}.0123.part`), 'half');
    const bytes = await readFile(join(folder, name));
    expect(bytes.includes('ocsp.test')).toBe(false);
    await open(randomBytes(32));
    expect(await readdir(folder)).toEqual([]);
    await writeFile(join(folder, name), Buffer.concat([bytes.subarray(0, -1), Buffer.of(0)]));
    await open();
    expect(await readdir(folder)).toEqual([]);
  });

  it('that do not say how long they hold are asked for again', async () => {
    until = null;
    const ask = await open();
    await ask(ocsp());
    await new Promise((resolve) => setImmediate(resolve));
    await ask(ocsp());
    expect(asked).toHaveLength(2);
    expect(await readdir(folder)).toEqual([]);
  });

  it('are never time stamps', async () => {
    const ask = await open();
    const stamp = { ...ocsp('http://tsa.test/'), contentType: 'application/timestamp-query' };
    await ask(stamp);
    await ask(stamp);
    expect(asked).toHaveLength(2);
  });
});
