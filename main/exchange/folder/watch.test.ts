// The watch on a folder that packages arrive in, with a clock of its own: notices, shares without any, sticks that are pulled.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { nodeDisk } from './disk';
import { type FolderWatchParts, systemNotices, watchInbox } from './watch';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A folder in memory and a clock that goes when it is told. */
function world(notices: 'some' | 'none' | 'fail' = 'some') {
  let now = 0;
  const timers = new Set<Timer>();
  const files = new Map<string, number>();
  let away = false;
  let heard: (() => void) | null = null;
  let failed: (() => void) | null = null;
  const told: string[] = [];
  const parts: FolderWatchParts = {
    folder: '/media/stick/in',
    disk: {
      names: async () => {
        if (away) throw Object.assign(new Error('gone'), { code: 'ENOENT' });
        return [...files.keys()];
      },
      facts: async (path) => {
        const size = files.get(path.split('/').at(-1) ?? '') ?? 0;
        return { size, modifiedMs: size, isFile: true, isFolder: false };
      },
    },
    notices: (_folder, one, other) => {
      if (notices === 'fail') throw new Error('ENOSYS');
      if (notices === 'none') return () => undefined;
      heard = one;
      failed = other;
      return () => {
        heard = null;
      };
    },
    schedule: (milliseconds, run) => {
      const timer = { at: now + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    lookMs: 10_000,
    quietMs: 300,
    settleMs: 3000,
    changed: () => told.push(`changed ${now}`),
    back: () => told.push(`back ${now}`),
  };
  return {
    parts,
    told,
    files,
    hear: () => heard?.(),
    fail: () => failed?.(),
    isHeard: () => heard !== null,
    pull: () => {
      away = true;
    },
    plug: () => {
      away = false;
    },
    /** Lets time go by; what was begun may finish in between. */
    async pass(milliseconds: number) {
      const end = now + milliseconds;
      for (;;) {
        for (let turn = 0; turn < 20; turn++) await Promise.resolve();
        const next = [...timers].sort((left, right) => left.at - right.at)[0];
        if (next === undefined || next.at > end) break;
        timers.delete(next);
        now = next.at;
        next.run();
      }
      now = end;
    },
  };
}

test('many notices of one copy are one change, told once more when the file has settled', async () => {
  const one = world();
  const stop = watchInbox(one.parts);
  await one.pass(1000);
  one.files.set('a.edxml', 10);
  for (let piece = 0; piece < 5; piece++) {
    one.hear();
    await one.pass(100);
  }
  await one.pass(4000);
  expect(one.told).toEqual(['changed 1700', 'changed 5000']);
  stop();
});

test.each(['none', 'fail'] as const)('a share that gives %s notices is looked at slowly', async (notices) => {
  const one = world(notices);
  const stop = watchInbox(one.parts);
  await one.pass(9000);
  one.files.set('a.edxml', 10);
  one.files.set('thu.txt', 10);
  await one.pass(2000);
  expect(one.told).toEqual(['changed 10300']);
  await one.pass(5000);
  one.told.length = 0;
  await one.pass(30_000);
  expect(one.told).toEqual([]);
  stop();
});

test('a stick that is pulled and put back is told as back, and heard again', async () => {
  const one = world();
  const stop = watchInbox(one.parts);
  await one.pass(1000);
  one.pull();
  await one.pass(10_000);
  expect(one.isHeard()).toBe(false);
  one.plug();
  await one.pass(10_000);
  expect(one.told).toEqual(['back 20000', 'changed 20300']);
  expect(one.isHeard()).toBe(true);
  stop();
});

test('notices that break off are begun again at the next look', async () => {
  const one = world();
  const stop = watchInbox(one.parts);
  await one.pass(1000);
  one.fail();
  expect(one.isHeard()).toBe(false);
  await one.pass(10_000);
  expect(one.isHeard()).toBe(true);
  stop();
});

test('nothing is told after the end, nor at the beginning', async () => {
  const one = world();
  one.files.set('a.edxml', 1);
  const stop = watchInbox(one.parts);
  await one.pass(5000);
  one.hear();
  stop();
  await one.pass(60_000);
  expect(one.told).toEqual([]);
});

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('on a real folder a file that is put there is heard of', async () => {
  folder = mkdtempSync(join(tmpdir(), 'watch-'));
  mkdirSync(join(folder, 'in'));
  let heard = 0;
  const stop = watchInbox({
    folder: join(folder, 'in'),
    disk: nodeDisk,
    notices: systemNotices,
    schedule: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    lookMs: 50,
    quietMs: 5,
    settleMs: 5,
    changed: () => {
      heard += 1;
    },
    back: () => undefined,
  });
  let serial = 0;
  await vi.waitFor(
    () => {
      serial += 1;
      writeFileSync(join(folder, 'in', `${serial}.edxml`), '<x/>');
      expect(heard).toBeGreaterThan(0);
    },
    { timeout: 30_000, interval: 50 },
  );
  stop();
});
