// The journal after kills, on full disks, and after somebody touched its files.
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenFile } from '../runtime/durable-file';
import { lastSegment, openAt, put, revisions } from './journal.fixture';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what was touched is noticed, and the rest still read', () => {
  async function filled(): Promise<void> {
    const journal = await openAt(folder);
    for (let n = 0; n < 8; n += 1) await journal.append(put(`r${n}`, n));
    await journal.close();
  }
  function lines(): Buffer[] {
    const text = readFileSync(lastSegment(folder), 'latin1');
    return text.split(/(?<=\n)/).map((line) => Buffer.from(line, 'latin1'));
  }

  it.each([
    ['deleted', (all: Buffer[]) => all.filter((_, n) => n !== 5), 1],
    [
      'moved',
      (all: Buffer[]) => [...all.slice(0, 4), ...all.slice(5, 6), ...all.slice(4, 5), ...all.slice(6)],
      0,
    ],
    ['doubled', (all: Buffer[]) => [...all.slice(0, 5), ...all.slice(4)], 0],
    [
      'changed',
      (all: Buffer[]) =>
        all.map((line, n) =>
          n === 5 ? Buffer.from(line.toString('latin1').replace(/.(?=.{30}\n)/, 'A')) : line,
        ),
      1,
    ],
  ])('when a line was %s', async (_name, change, lost) => {
    await filled();
    const untouched = lines();
    const touched = change(untouched);
    writeFileSync(lastSegment(folder), Buffer.concat(touched));
    const journal = await openAt(folder);
    expect(journal.report.damage.length).toBeGreaterThan(0);
    expect(journal.intact).toBe(false);
    expect(Object.keys(await revisions(journal))).toHaveLength(8 - lost);
    await journal.append(put('new', 1));
    await journal.close();
    const again = await openAt(folder, { mostSegments: 1 });
    expect(again.intact).toBe(false);
    expect(again.damages.length).toBeGreaterThan(0);
    expect(Object.keys(await revisions(again))).toHaveLength(9 - lost);
    await again.close();
  });

  it('when any byte of any line was changed', async () => {
    await filled();
    const good = readFileSync(lastSegment(folder));
    const start = good.indexOf(10) + 1;
    const whole = new Set(Array.from({ length: 8 }, (_, n) => `r${n}`));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: start, max: good.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (where, flip) => {
          const copy = mkdtempSync(join(tmpdir(), 'journal-copy-'));
          cpSync(folder, copy, { recursive: true });
          const bytes = Buffer.from(good);
          bytes[where] = (bytes[where] ?? 0) ^ flip;
          writeFileSync(join(copy, '00000001.journal'), bytes);
          const journal = await openAt(copy);
          const found = Object.keys(await revisions(journal));
          const said = journal.report.damage.length > 0 || journal.report.tornBytes > 0;
          await journal.close();
          rmSync(copy, { recursive: true });
          expect(said).toBe(true);
          for (const row of found) expect(whole.has(row)).toBe(true);
          expect(found.length).toBeGreaterThanOrEqual(6);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('when a segment or the head is missing', async () => {
    for (let start = 0; start < 3; start += 1) {
      const journal = await openAt(folder);
      await journal.append(put(`r${start}`, 1));
      await journal.close();
    }
    const saved = mkdtempSync(join(tmpdir(), 'journal-saved-'));
    cpSync(folder, saved, { recursive: true });
    for (const gone of ['00000001.journal', '00000002.journal', '00000003.journal', 'head']) {
      rmSync(folder, { recursive: true });
      cpSync(saved, folder, { recursive: true });
      unlinkSync(join(folder, gone));
      const journal = await openAt(folder);
      expect([gone, journal.report.damage.length > 0]).toEqual([gone, true]);
      await journal.append(put('later', 1));
      await journal.close();
    }
    rmSync(saved, { recursive: true });
  });

  it('when the head is missing with every segment but the first, or but one that was compacted', async () => {
    for (let start = 0; start < 3; start += 1) {
      const journal = await openAt(folder, start === 2 ? { mostSegments: 1 } : {});
      await journal.append(put(`r${start}`, 1));
      await journal.close();
    }
    const names = readdirSync(folder)
      .filter((name) => name.endsWith('.journal'))
      .sort();
    for (const gone of [...names.slice(1), 'head']) unlinkSync(join(folder, gone));
    expect(names.length).toBeGreaterThan(1);
    const journal = await openAt(folder);
    expect(journal.report.damage).toContain('head missing');
    await journal.close();
  });

  it('when the head is missing with every segment but the very first', async () => {
    for (let start = 0; start < 2; start += 1) {
      const journal = await openAt(folder);
      await journal.append(put(`r${start}`, 1));
      await journal.close();
    }
    for (const gone of ['00000002.journal', 'head']) unlinkSync(join(folder, gone));
    const journal = await openAt(folder);
    expect(journal.report.damage).toEqual(['head missing']);
    await journal.close();
  });

  it('when the whole journal is missing though documents are here', async () => {
    await expect(openAt(folder, { storeInUse: true })).rejects.toMatchObject({ code: 'journal-missing' });
  });
});

describe('a write that a power cut stopped', () => {
  it.each([
    ['half a line', Buffer.from('12 AAAA')],
    ['zeros', Buffer.alloc(4096)],
    [
      'zeros with a newline in between',
      Buffer.concat([Buffer.alloc(100), Buffer.from('\n'), Buffer.alloc(10)]),
    ],
  ])('drops %s at the end, says so once, and is no damage', async (_name, tail) => {
    const first = await openAt(folder);
    await first.append(put('a', 1));
    await first.close();
    appendFileSync(lastSegment(folder), tail);
    const second = await openAt(folder);
    expect(second.report.damage).toEqual([]);
    expect(second.report.tornBytes).toBeGreaterThan(0);
    await second.append(put('b', 1));
    await second.close();
    const third = await openAt(folder);
    expect(third.report).toMatchObject({ damage: [], tornBytes: 0 });
    expect(third.intact).toBe(true);
    expect(await revisions(third)).toEqual({ a: 1, b: 1 });
    await third.close();
  });

  it('opens after a cut at any byte, with every line that is whole', async () => {
    const journal = await openAt(folder);
    const ends: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      await journal.append(put(`r${n}`, n));
      ends.push(statSync(lastSegment(folder)).size);
    }
    await journal.close();
    const good = readFileSync(lastSegment(folder));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: (ends[0] ?? 0) + 1, max: good.length }), async (length) => {
        const copy = mkdtempSync(join(tmpdir(), 'journal-cut-'));
        cpSync(folder, copy, { recursive: true });
        truncateSync(join(copy, '00000001.journal'), length);
        const cut = await openAt(copy);
        expect(cut.report.damage).toEqual([]);
        expect(Object.keys(await revisions(cut))).toHaveLength(ends.filter((end) => end <= length).length);
        await cut.close();
        rmSync(copy, { recursive: true });
      }),
      { numRuns: 40 },
    );
  });
});

describe('a disk that refuses', () => {
  function failing(state: { left: number; sync: boolean; truncate: boolean }): OpenFile {
    const failure = (code: string) => Object.assign(new Error(code), { code });
    return async (path, flags, mode) => {
      const handle = await open(path, flags, mode);
      const [write, datasync, truncate] = [
        handle.write.bind(handle),
        handle.datasync.bind(handle),
        handle.truncate.bind(handle),
      ];
      handle.write = (async (bytes: Uint8Array, from: number, length: number, position: number) => {
        const taken = Math.min(state.left, length);
        if (taken === 0) throw failure('ENOSPC');
        state.left -= taken;
        return write(bytes, from, taken, position);
      }) as typeof handle.write;
      handle.datasync = () => (state.sync ? datasync() : Promise.reject(failure('EIO')));
      handle.truncate = (size) => (state.truncate ? truncate(size) : Promise.reject(failure('EIO')));
      return handle;
    };
  }
  const plenty = 1 << 30;

  it.each([true, false])(
    'keeps what was acknowledged and nothing else (taking back works: %s)',
    async (truncate) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(900), fc.boolean()), { minLength: 1, maxLength: 8 }),
          async (steps) => {
            const copy = mkdtempSync(join(tmpdir(), 'journal-full-'));
            const state = { left: plenty, sync: true, truncate };
            const journal = await openAt(copy, { openFile: failing(state) });
            const expected: Record<string, number> = {};
            for (const [n, [left, sync]] of steps.entries()) {
              Object.assign(state, { left, sync });
              const rejected = await journal.append(put(`r${n % 3}`, n)).then(
                () => null,
                (error: { code: string }) => error.code,
              );
              if (rejected === null) expected[`r${n % 3}`] = n;
              else expect(['disk-full', 'disk-error']).toContain(rejected);
              expect(await revisions(journal)).toEqual(expected);
            }
            Object.assign(state, { left: plenty, sync: true });
            await journal.append(put('last', 1));
            await journal.close();
            const again = await openAt(copy);
            expect(again.report.damage).toEqual([]);
            expect(await revisions(again)).toEqual({ ...expected, last: 1 });
            await again.close();
            rmSync(copy, { recursive: true });
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  it('says when the folder may not be written', async () => {
    const denied: OpenFile = () => Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' }));
    await expect(openAt(folder, { openFile: denied })).rejects.toMatchObject({ code: 'store-unwritable' });
  });
});

describe('being killed', () => {
  it('is no damage at any byte of a new segment that was being begun', async () => {
    const journal = await openAt(folder);
    await journal.append(put('kept', 1));
    await journal.close();
    for (const written of [0, 1, 20, 60]) {
      const copy = mkdtempSync(join(tmpdir(), 'journal-begun-'));
      cpSync(folder, copy, { recursive: true });
      let reached = (): void => undefined;
      const stopped = new Promise<void>((resolve) => {
        reached = resolve;
      });
      // The process is gone after so many bytes of the head: what it waits for never comes.
      const dying: OpenFile = async (path, flags, mode) => {
        const handle = await open(path, flags, mode);
        const write = handle.write.bind(handle);
        handle.write = (async (bytes: Uint8Array, from: number, _length: number, position: number) => {
          if (written > 0) await write(bytes, from, written, position);
          await handle.close();
          reached();
          return new Promise(() => undefined);
        }) as typeof handle.write;
        return handle;
      };
      const doomed = await openAt(copy, { openFile: dying });
      void doomed.append(put('never told', 2));
      await stopped;
      const again = await openAt(copy);
      expect(again.report.damage).toEqual([]);
      expect(await revisions(again)).toEqual({ kept: 1 });
      await again.append(put('after', 3));
      await again.close();
      rmSync(copy, { recursive: true });
    }
  });

  it('has every acknowledged line after SIGKILL, round after round', async () => {
    const script = join(folder, 'appender.cjs');
    buildSync({
      stdin: {
        contents: `import { openJournal } from './main/journal/journal';
          openJournal({ folder: process.argv[2], key: new Uint8Array(32).fill(5), storeInUse: false, segmentBytes: 20000, mostSegments: 5 }).then(async (journal) => {
            const round = process.argv[3];
            const lane = async (name) => {
              for (let n = 0; ; n++) {
                await journal.append({ type: 'note', text: name + n, at: '2026-11-20T01:02:03.000Z' });
                await journal.append({ type: 'number-given', act: crypto.randomUUID(), register: 'incoming', series: round + name, year: 2026, number: n + 1, documentId: crypto.randomUUID(), at: '2026-11-20T01:02:03.000Z' });
                process.stdout.write(round + name + ' ' + (n + 1) + '\\n');
              }
            };
            await Promise.all(['a', 'b', 'c'].map(lane));
          });`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      outfile: script,
    });
    const store = join(folder, 'store');
    const told: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      const child = spawn(process.execPath, [script, store, `k${round}`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (data: Buffer) => {
          text += data.toString();
          if (text.split('\n').length > 20 * round) child.kill('SIGKILL');
        });
        child.on('close', () => resolve());
      });
      told.push(...text.split('\n').slice(0, -1));
    }
    const journal = await openAt(store);
    expect(journal.report.damage).toEqual([]);
    const given = new Set(journal.numbers.map((one) => `${one.value.series} ${one.value.number}`));
    expect(told.filter((one) => !given.has(one))).toEqual([]);
    expect(told.length).toBeGreaterThan(50);
    await journal.close();
  });
});
