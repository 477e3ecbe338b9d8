// The journal across restarts, compactions and entries of a newer version.
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newActId } from '../../preload/contract/ids';
import type { OpenFile } from '../runtime/durable-file';
import type { Entry } from './index';
import {
  at,
  docId,
  incomingPut,
  lastSegment,
  note,
  openAt,
  outgoingPut,
  put,
  revisions,
  segmentFiles,
  sha,
  statusArrival,
  unreadable,
  writeAsNewerVersion,
} from './journal.fixture';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('remembering', () => {
  it('gives back after a restart what was acknowledged, the newest of each row', async () => {
    const first = await openAt(folder);
    await first.appendAll([put('a', 1), put('b', 1), put('c', 1), put('d', 1)]);
    await first.append(put('a', 2));
    await first.append({ type: 'arrival', arrival: unreadable('x') });
    expect(await revisions(first)).toEqual({ a: 2, b: 1, c: 1, d: 1 });
    await first.close();
    const second = await openAt(folder, { storeInUse: true });
    expect(second.generation).toBe(first.generation);
    expect(second.report).toMatchObject({ tornBytes: 0, damage: [], deferred: 0 });
    expect(await revisions(second)).toEqual({ a: 2, b: 1, c: 1, d: 1 });
    expect(await second.arrivalOf(docId('x'))).toEqual(unreadable('x'));
    await second.close();
  });

  it('numbers entries upwards across restarts', async () => {
    const seqs: number[] = [];
    for (let start = 0; start < 3; start += 1) {
      const journal = await openAt(folder);
      seqs.push(await journal.append(note('một')), await journal.appendAll([note('hai'), note('ba')]));
      await journal.close();
    }
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).toBe(6);
  });

  it('keeps arrivals until the hub was told and a row has them, and knows them after', async () => {
    const journal = await openAt(folder);
    for (const name of ['x', 'y', 'z']) await journal.append({ type: 'arrival', arrival: unreadable(name) });
    await journal.append({ type: 'ack', docId: docId('y'), at });
    expect((await journal.arrivals(0)).items.map((one) => one.docId)).toEqual(['x', 'y', 'z']);
    await journal.append(incomingPut('y'));
    expect((await journal.arrivals(0)).items.map((one) => one.docId)).toEqual(['x', 'z']);
    expect((await journal.arrivals(0, { all: true })).items).toHaveLength(3);
    expect(journal.isAcknowledged(docId('y'))).toBe(true);
    const paged = await journal.arrivals(0, { limit: 1 });
    expect((await journal.arrivals(paged.next ?? -1, { limit: 1 })).items.map((one) => one.docId)).toEqual([
      'z',
    ]);
    await journal.close();
  });

  it('keeps a status that no issued document is known for, also when the hub was told', async () => {
    const first = await openAt(folder);
    for (const [name, about] of [
      ['known', 'H37,2026/11/20,1/UBND'],
      ['stray', 'H37,2026/11/20,2/UBND'],
    ] as const) {
      await first.append({ type: 'arrival', arrival: statusArrival(name, about) });
      await first.append({ type: 'ack', docId: docId(name), at });
    }
    await first.append(outgoingPut('H37,2026/11/20,1/UBND'));
    await first.close();
    for (let start = 0; start < 3; start += 1) {
      const again = await openAt(folder, { mostSegments: 1 });
      expect((await again.arrivals(0)).items.map((one) => one.docId)).toEqual(['stray']);
      await again.append(note('x'));
      await again.close();
    }
  });

  it('tells attempts without an answer from answered ones', async () => {
    const journal = await openAt(folder);
    const attempt = {
      type: 'attempt',
      row: 'r',
      kind: 'edoc',
      packageSha: sha('a'),
      from: 'H37',
      receivers: ['H26'],
      at,
    } as const;
    await journal.append({ ...attempt, attempt: 'one' });
    await journal.append({
      type: 'answer',
      attempt: 'one',
      row: 'r',
      answer: { kind: 'refused', words: 'không' },
      at,
    } as Entry);
    await journal.append({ ...attempt, attempt: 'two' });
    await journal.close();
    const again = await openAt(folder);
    expect(again.attemptsOf('r').map((one) => one.answer)).toEqual([
      { kind: 'refused', words: 'không' },
      null,
    ]);
    await again.close();
  });

  it('keeps tickets: open ones, and the output of an act for ever', async () => {
    const journal = await openAt(folder);
    const [act, other] = [newActId(), newActId()];
    const [ticket, second] = [crypto.randomUUID(), crypto.randomUUID()];
    await journal.append({ type: 'ticket-opened', ticket, act, input: sha('a'), digest: 'ab', at });
    await journal.append({ type: 'ticket-signed', ticket, output: sha('b'), at });
    await journal.append({
      type: 'ticket-opened',
      ticket: second,
      act: other,
      input: sha('c'),
      digest: 'cd',
      at,
    });
    await journal.append({ type: 'ticket-closed', ticket, at });
    await journal.append({ type: 'package-frozen', act, sha256: sha('d'), at });
    await journal.close();
    const again = await openAt(folder);
    expect(again.openTickets().map((one) => one.ticket)).toEqual([second]);
    expect(again.ticketsOf(act)).toMatchObject([{ input: sha('a'), output: sha('b'), closed: true }]);
    expect(again.frozenPackage(act)).toBe(sha('d'));
    expect([...(await again.references())].sort()).toEqual(['a', 'b', 'c', 'd'].map(sha));
    await again.close();
  });

  it('refuses an entry that is larger than a line may be, and goes on', async () => {
    const journal = await openAt(folder);
    const large = {
      type: 'answer',
      attempt: 'x',
      row: 'r',
      answer: { kind: 'ok', text: 'a'.repeat(9 << 20) },
      at,
    } as Entry;
    await expect(journal.append(large)).rejects.toMatchObject({ code: 'entry-too-large' });
    await journal.append(put('a', 1));
    expect(await revisions(journal)).toEqual({ a: 1 });
    await journal.close();
  });

  it('says so to what is under way when it is closed, and keeps what was acknowledged', async () => {
    const journal = await openAt(folder);
    await journal.append(put('a', 1));
    await journal.close();
    await expect(journal.append(put('b', 1))).rejects.toMatchObject({ code: 'desk-closing' });
    const again = await openAt(folder);
    expect(await revisions(again)).toEqual({ a: 1 });
    await again.close();
  });

  it('shares one fsync among all who wait, in their order', async () => {
    let syncs = 0;
    const counting: OpenFile = async (path, flags, mode) => {
      const handle = await open(path, flags, mode);
      const datasync = handle.datasync.bind(handle);
      handle.datasync = () => {
        syncs += 1;
        return datasync();
      };
      return handle;
    };
    const journal = await openAt(folder, { openFile: counting });
    syncs = 0;
    const seqs = await Promise.all(Array.from({ length: 200 }, (_, n) => journal.append(put(`r${n}`, n))));
    expect(syncs).toBeLessThan(10);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(Object.keys(await revisions(journal))).toHaveLength(200);
    await journal.close();
  });

  it('shows nothing of what it remembers on the disk', async () => {
    const journal = await openAt(folder);
    await journal.append(note('Về việc bổ nhiệm'));
    await journal.close();
    for (const path of segmentFiles(folder)) expect(readFileSync(path).includes('bổ nhiệm')).toBe(false);
  });
});

describe('a newer version', () => {
  it('carries entries it does not know through a compaction', async () => {
    const journal = await openAt(folder);
    await journal.append(put('a', 1));
    await journal.close();
    await writeAsNewerVersion(folder, journal.generation, [
      { type: 'future', sha: 'e'.repeat(64), nested: { any: [1, 2] } },
      { type: 'put', put: { table: 'tasks', row: { id: 't1', text: 'việc' } } },
      { type: 'note', at: 7 },
    ]);
    for (let start = 0; start < 3; start += 1) {
      const later = await openAt(folder, { mostSegments: 1 });
      expect(later.report).toMatchObject({ damage: [], deferred: 2 });
      expect((await later.references()).has('e'.repeat(64))).toBe(true);
      await later.append(put('a', start + 2));
      expect(await revisions(later)).toEqual({ a: start + 2 });
      await later.close();
    }
    expect(segmentFiles(folder)).toHaveLength(2);
  });

  it('stops at a newer form', async () => {
    await (await openAt(folder)).close();
    writeFileSync(join(folder, '00000009.journal'), 'van-thu-journal 2\nwhatever\n');
    await expect(openAt(folder)).rejects.toMatchObject({ code: 'journal-from-the-future' });
  });
});

describe('compaction', () => {
  it('keeps everything live in one segment, and the order of rows', async () => {
    let expected: Record<string, number> = {};
    for (let start = 0; start < 6; start += 1) {
      const journal = await openAt(folder);
      for (let n = 0; n < 20; n += 1) {
        await journal.append(put(`row${n % 7}`, start * 100 + n));
        expected[`row${n % 7}`] = start * 100 + n;
      }
      await journal.append({ type: 'arrival', arrival: unreadable(`doc${start}`) });
      await journal.close();
    }
    const before = segmentFiles(folder).reduce((sum, path) => sum + statSync(path).size, 0);
    const journal = await openAt(folder, { mostSegments: 3 });
    expect(segmentFiles(folder)).toHaveLength(1);
    expect(statSync(lastSegment(folder)).size).toBeLessThan(before / 3);
    expect(await revisions(journal)).toEqual(expected);
    expect((await journal.arrivals(0)).items).toHaveLength(6);
    await journal.append(put('row1', 9999));
    expected = { ...expected, row1: 9999 };
    await journal.close();
    const again = await openAt(folder);
    expect(again.report.damage).toEqual([]);
    expect(await revisions(again)).toEqual(expected);
    await again.close();
  });

  it('is finished or forgotten after a crash in its middle', async () => {
    const first = await openAt(folder);
    await first.append(put('a', 1));
    await first.close();
    const second = await openAt(folder);
    await second.append(put('a', 2));
    await second.close();
    const old = mkdtempSync(join(tmpdir(), 'journal-old-'));
    cpSync(folder, old, { recursive: true });
    await (await openAt(folder, { mostSegments: 1 })).close();
    // The crash came after the rename, before the old segments were deleted.
    for (const name of readdirSync(old))
      if (name.endsWith('.journal')) copyFileSync(join(old, name), join(folder, name));
    const third = await openAt(folder);
    expect(third.report.damage).toEqual([]);
    expect(await revisions(third)).toEqual({ a: 2 });
    expect(segmentFiles(folder)).toHaveLength(1);
    await third.close();
    // The crash came before the rename.
    rmSync(folder, { recursive: true });
    cpSync(old, folder, { recursive: true });
    writeFileSync(join(folder, '00000003.journal.part'), 'half');
    const fourth = await openAt(folder);
    expect(await revisions(fourth)).toEqual({ a: 2 });
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    await fourth.close();
    rmSync(old, { recursive: true });
  });

  it('drops an acknowledged arrival only when it lives on in a row', async () => {
    const journal = await openAt(folder);
    for (const name of ['rowless', 'open', 'covered']) {
      await journal.append({ type: 'arrival', arrival: unreadable(name) });
    }
    for (const name of ['rowless', 'covered']) await journal.append({ type: 'ack', docId: docId(name), at });
    await journal.append(incomingPut('covered'));
    await journal.close();
    for (let start = 0; start < 3; start += 1) {
      const again = await openAt(folder, { mostSegments: 1 });
      await again.append(note('x'));
      await again.close();
    }
    const last = await openAt(folder);
    expect(await last.arrivalOf(docId('rowless'))).not.toBeNull();
    expect(await last.arrivalOf(docId('open'))).not.toBeNull();
    expect(await last.arrivalOf(docId('covered'))).toBeNull();
    expect(last.isAcknowledged(docId('covered'))).toBe(true);
    await last.close();
  });
});
