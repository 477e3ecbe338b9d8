// Several hosts behind one door: a slow file keeps nobody waiting, and what is not needed ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { nodeHostProcess } from '../runtime/host-process';
import { createReadingPool, type PoolOptions, type ReadingRunner } from './pool';

const script = `
process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, input }) => {
  const { path } = input.access;
  if (path === 'never') return;
  if (path === 'crash') process.abort();
  process.send({ kind: 'done', id, value: { pages: 1, secret: false, text: String(process.pid), textRead: true } });
});
`;
let folder: string;
let entry: string;
let started = 0;
let ended = 0;
let pool: ReadingRunner | null = null;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pool-'));
  entry = join(folder, 'host.cjs');
  writeFileSync(entry, script);
});
afterEach(() => {
  pool?.close();
  started = 0;
  ended = 0;
});
afterAll(() => rmSync(folder, { recursive: true }));

function open(wish: Partial<PoolOptions> = {}): ReadingRunner {
  const startHost = () => {
    const host = nodeHostProcess({ entry, heapMegabytes: 64 });
    started += 1;
    const kill = () => {
      ended += 1;
      host.kill();
    };
    return { ...host, kill };
  };
  pool = createReadingPool({ startHost, ...wish });
  return pool;
}

async function ask(from: ReadingRunner, path: string): Promise<string> {
  const input = { access: { path, fileKey: null }, textPages: 0, textCharacters: 0 };
  return (await from.run({ name: 'pdf-facts', input, file: path, size: 0 })).text;
}

describe('the reading hosts', () => {
  it('are one as long as one is enough', async () => {
    const from = open();
    const first = await ask(from, 'a');
    expect([await ask(from, 'b'), await ask(from, 'c')]).toEqual([first, first]);
    expect(started).toBe(1);
  });

  it('read the next file in another host while one file keeps the first', async () => {
    const from = open();
    const kept = ask(from, 'never').catch((error: unknown) => error);
    const others = [await ask(from, 'a'), await ask(from, 'b')];
    expect(new Set(others).size).toBe(1);
    expect(started).toBe(2);
    from.close();
    expect(await kept).toMatchObject({ code: 'reader-crashed' });
  });

  it('know of each other which files ended one: a third host is not given them', async () => {
    const from = open();
    for (let time = 0; time < 2; time += 1) {
      await expect(ask(from, 'crash')).rejects.toMatchObject({ code: 'reader-crashed' });
    }
    await expect(ask(from, 'crash')).rejects.toMatchObject({ code: 'file-kills-reader' });
    expect(started).toBe(2);
  });

  it('end after a while without work, but for the first, and come back', async () => {
    const from = open({ idleMilliseconds: 1 });
    const first = await ask(from, 'a');
    const both = await Promise.all([ask(from, 'b'), ask(from, 'c')]);
    expect(new Set([first, ...both]).size).toBe(2);
    await vi.waitFor(() => expect(ended).toBe(1), 20_000);
    expect(await ask(from, 'd')).toBe(first);
    expect(new Set(await Promise.all([ask(from, 'e'), ask(from, 'f')])).size).toBe(2);
    expect(started).toBe(3);
  });
});
