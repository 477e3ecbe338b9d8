// The hub of folders on a real disk and on one that fails on order: what is taken, what is left, what is never doubled.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytesSource } from '../../../preload/contract/byte-source';
import type { Hub } from '../hub';
import { inspectPackage } from '../inspect-package';
import { createFolderHub } from './client';
import { type Disk, nodeDisk } from './disk';

const fixture = (name: string) =>
  readFileSync(new URL(`../../../tests/fixtures/edxml/${name}`, import.meta.url));
const document = fixture('edoc_new.edxml');
const status = fixture('status_01.edxml');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let root: string;
let time: number;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'folder-'));
  for (const name of ['in', 'out']) mkdirSync(join(root, name));
  time = 0;
});

afterEach(() => {
  chmodSync(join(root, 'in'), 0o755);
  rmSync(root, { recursive: true, force: true });
});

interface Wish {
  readonly disk?: Partial<Disk>;
  readonly systemId?: string;
  readonly byReceiver?: boolean;
  readonly inbox?: string;
  readonly outbox?: string;
  readonly done?: string;
  readonly answerMs?: number;
  readonly maxPackageBytes?: number;
}

function hub(wish: Wish = {}): Hub {
  return createFolderHub({
    root,
    inbox: join(root, wish.inbox ?? 'in'),
    outbox: join(root, wish.outbox ?? 'out'),
    done: join(root, wish.done ?? 'done'),
    byReceiver: wish.byReceiver ?? false,
    systemId: wish.systemId ?? 'H37',
    disk: { ...nodeDisk, ...wish.disk },
    inspect: inspectPackage,
    maxPackageBytes: wish.maxPackageBytes ?? 10_000_000,
    settleMs: 1000,
    clock: () => time,
    answerMs: wish.answerMs ?? 60_000,
  });
}

function request(bytes: Uint8Array, kind: 'edoc' | 'status', to: readonly string[]) {
  return { source: bytesSource(bytes), sha256: sha256(bytes), kind, from: 'H37', to, row: 'row-1' };
}

function collector() {
  const chunks: Uint8Array[] = [];
  return {
    write: (chunk: Uint8Array) => void chunks.push(Uint8Array.from(chunk)),
    bytes: () => Buffer.concat(chunks),
  };
}

async function listed(one: Hub, kind: 'edoc' | 'status' = 'edoc') {
  const answer = await one.list(kind);
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.value;
}

/** Looks twice, as the desk's clock does. */
async function settled(one: Hub, kind: 'edoc' | 'status' = 'edoc') {
  await listed(one, kind);
  time += 1000;
  return listed(one, kind);
}

const failing = (code: string) => Object.assign(new Error(code), { code });
const filesIn = (...parts: string[]) => readdirSync(join(root, ...parts)).sort();

describe('going out', () => {
  test('a package lies in the folder whole, under a name that tells kind, sender, receivers and content', async () => {
    const answer = await hub().send(request(document, 'edoc', ['H26', '000.00.00.G22']));
    expect(answer).toEqual({ kind: 'ok', value: { docId: sha256(document) } });
    expect(filesIn('out')).toEqual([`van-thu_edoc_H37_H26+000.00.00.G22_${sha256(document)}.edxml`]);
    expect(readFileSync(join(root, 'out', filesIn('out')[0] ?? '')).equals(document)).toBe(true);
  });

  test('sending it again doubles nothing', async () => {
    const one = hub();
    await one.send(request(document, 'edoc', ['H26']));
    expect(await one.send(request(document, 'edoc', ['H26']))).toMatchObject({ kind: 'ok' });
    expect(filesIn('out')).toHaveLength(1);
  });

  test('receivers that do not fit into a name are in the package alone', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `H37.${index + 10}`);
    await hub().send(request(document, 'edoc', many));
    expect(filesIn('out')).toEqual([`van-thu_edoc_H37_${sha256(document)}.edxml`]);
  });

  test('on a share by receiver each one finds its own file, and no other', async () => {
    const share = { byReceiver: true, inbox: '', outbox: '', done: 'done' };
    const bytes = request(document, 'edoc', ['H26', 'G22']);
    expect(await hub(share).send(bytes)).toMatchObject({ kind: 'ok' });
    expect((await listed(hub({ ...share, systemId: 'H26' }))).items).toMatchObject([
      { docId: sha256(document), from: 'H37', to: ['H26'] },
    ]);
    expect((await listed(hub({ ...share, systemId: 'H99' }))).items).toEqual([]);
  });

  test.each(['../x', 'H26/..', 'CON', 'nul', 'H 26', 'Hà Nội', ''])(
    'the receiver %j is no name of a folder and nothing is written',
    async (code) => {
      const answer = await hub({ byReceiver: true }).send(request(document, 'edoc', [code]));
      expect(answer).toMatchObject({ kind: 'blocked', code: 'header-not-ascii' });
      expect(filesIn('out')).toEqual([]);
    },
  );

  test('a directory beside the folders refuses codes it does not know, old codes included', async () => {
    writeFileSync(
      join(root, 'agencies.json'),
      JSON.stringify([{ code: 'H26', oldCode: '000.00.00.H26', name: 'A' }]),
    );
    expect(await hub().agencies()).toMatchObject({ kind: 'ok', value: { items: [{ code: 'H26' }] } });
    expect(await hub().send(request(document, 'edoc', ['000.00.00.h26']))).toMatchObject({ kind: 'ok' });
    expect(await hub().send(request(document, 'edoc', ['Z99']))).toMatchObject({
      kind: 'refused',
      errorCode: '18',
    });
  });

  test.each([
    ['a stick that was pulled out', 'ENOENT', 'not-sent'],
    ['a broken stick', 'EIO', 'not-sent'],
    ['a full stick', 'ENOSPC', 'refused'],
    ['a share that is read only', 'EROFS', 'refused'],
  ])('%s while the bytes are written: %s is %s and nothing can be seen', async (_, code, kind) => {
    const disk: Partial<Disk> = {
      async create(path) {
        const file = await nodeDisk.create(path);
        return { ...file, sync: () => Promise.reject(failing(code)) };
      },
    };
    expect(await hub({ disk }).send(request(document, 'edoc', ['H26']))).toMatchObject({ kind });
    expect(filesIn('out')).toEqual([]);
  });

  test('named but not confirmed is unknown, and is found by its name afterwards', async () => {
    let pulled = false;
    const disk: Partial<Disk> = {
      async rename(from, to) {
        await nodeDisk.rename(from, to);
        pulled = true;
        throw failing('EIO');
      },
      facts: (path) => (pulled ? Promise.reject(failing('EIO')) : nodeDisk.facts(path)),
    };
    expect(await hub({ disk }).send(request(document, 'edoc', ['H26']))).toMatchObject({
      kind: 'unknown',
      reason: 'cut',
    });
    const again: Partial<Disk> = { create: () => Promise.reject(new Error('nothing is written again')) };
    expect(await hub({ disk: again }).send(request(document, 'edoc', ['H26']))).toMatchObject({ kind: 'ok' });
  });

  test('an error after the name was given is no failure when the name is there', async () => {
    const disk: Partial<Disk> = {
      async rename(from, to) {
        await nodeDisk.rename(from, to);
        throw failing('EIO');
      },
    };
    expect(await hub({ disk }).send(request(document, 'edoc', ['H26']))).toMatchObject({ kind: 'ok' });
  });

  test('the second of two receivers fails: unknown, since the first one has it', async () => {
    let renames = 0;
    const disk: Partial<Disk> = {
      rename: (from, to) => (++renames > 1 ? Promise.reject(failing('ENOSPC')) : nodeDisk.rename(from, to)),
    };
    const bytes = request(document, 'edoc', ['H26', 'G22']);
    expect(await hub({ disk, byReceiver: true }).send(bytes)).toMatchObject({ kind: 'unknown' });
    expect(await hub({ byReceiver: true }).send(bytes)).toMatchObject({ kind: 'ok' });
    expect(filesIn('out')).toEqual(['G22', 'H26']);
  });

  test('without its folder nothing is made: an empty mount point does not swallow packages', async () => {
    rmSync(join(root, 'out'), { recursive: true });
    expect(await hub().send(request(document, 'edoc', ['H26']))).toMatchObject({
      kind: 'not-sent',
      reason: 'folder-missing',
    });
    expect(filesIn()).toEqual(['in']);
  });

  test('a share that hangs is not-sent', async () => {
    const disk: Partial<Disk> = { facts: () => new Promise(() => undefined) };
    expect(await hub({ disk, answerMs: 5 }).send(request(document, 'edoc', ['H26']))).toMatchObject({
      kind: 'not-sent',
      reason: 'folder-missing',
    });
  });

  test('the gate of every hub stands here too', async () => {
    expect(await hub().send(request(document, 'status', ['H26']))).toMatchObject({
      kind: 'blocked',
      code: 'package-kind-mismatch',
    });
    const frozen = { ...request(document, 'edoc', ['H26']), sha256: '0'.repeat(64) };
    expect(await hub().send(frozen)).toMatchObject({ kind: 'blocked', code: 'package-changed' });
    expect(filesIn('out')).toEqual([]);
  });
});

describe('coming in', () => {
  test('a document travels from one desk to another over a stick', async () => {
    await hub({ systemId: 'G12' }).send(request(document, 'edoc', ['H37']));
    await hub({ systemId: 'G12' }).send(request(status, 'status', ['H37']));
    const receiver = hub({ inbox: 'out' });
    const [item] = (await listed(receiver)).items;
    expect(item).toMatchObject({ docId: sha256(document), messageType: 'edoc', from: 'G12', to: ['H37'] });
    expect((await listed(receiver, 'status')).items).toMatchObject([{ docId: sha256(status) }]);
    const sink = collector();
    expect(await receiver.fetch(sha256(document), sink)).toEqual({
      kind: 'ok',
      value: { sha256: sha256(document), size: document.length },
    });
    expect(sink.bytes().equals(document)).toBe(true);
    expect(await receiver.acknowledge(sha256(document), 'done')).toEqual({ kind: 'ok', value: null });
    expect((await listed(receiver)).items).toEqual([]);
    expect(filesIn('done')).toEqual([`van-thu_edoc_G12_H37_${sha256(document)}.edxml`]);
  });

  test('a file of any other name waits until it stays as it is', async () => {
    writeFileSync(join(root, 'in', 'Công văn số 99 (bản gửi).EDXML'), document);
    const one = hub();
    expect(await listed(one)).toEqual({ items: [], unreadable: 1 });
    time += 500;
    expect((await listed(one)).items).toEqual([]);
    time += 500;
    expect((await listed(one)).items).toMatchObject([{ docId: sha256(document), from: '', to: [] }]);
  });

  test('a file that grows between two looks is left alone', async () => {
    const path = join(root, 'in', 'a.edxml');
    const one = hub();
    writeFileSync(path, document.subarray(0, 100));
    await listed(one);
    time += 5000;
    writeFileSync(path, document.subarray(0, 400));
    expect((await listed(one)).items).toEqual([]);
    time += 5000;
    expect(await listed(one)).toEqual({ items: [], unreadable: 1 });
    writeFileSync(path, document);
    expect((await settled(one)).items).toMatchObject([{ docId: sha256(document) }]);
  });

  test('a copy that has its size before its bytes ends in zeros and is left alone', async () => {
    const hollow = Buffer.alloc(document.length);
    document.copy(hollow, 0, 0, document.length - 300);
    writeFileSync(join(root, 'in', 'a.edxml'), hollow);
    expect(await settled(hub())).toEqual({ items: [], unreadable: 1 });
  });

  test('half of a file of ours is not what its name says', async () => {
    const cut = document.subarray(0, document.lastIndexOf('>', document.length - 40) + 1);
    writeFileSync(join(root, 'in', `van-thu_edoc_G12_H37_${sha256(document)}.edxml`), cut);
    expect(await listed(hub())).toEqual({ items: [], unreadable: 1 });
  });

  test('the same content twice is one package, and both files go', async () => {
    for (const name of ['a.edxml', 'a (2).edxml']) writeFileSync(join(root, 'in', name), document);
    const one = hub();
    expect((await settled(one)).items).toHaveLength(1);
    await one.acknowledge(sha256(document), 'done');
    expect(filesIn('in')).toEqual([]);
    expect(filesIn('done')).toHaveLength(2);
  });

  test('a name that is taken in the done folder overwrites nothing, however long it is', async () => {
    const name = `${'văn bản '.repeat(21)}.edxml`;
    expect(Buffer.byteLength(name)).toBeGreaterThan(200);
    mkdirSync(join(root, 'done'));
    writeFileSync(join(root, 'done', name), 'another one');
    writeFileSync(join(root, 'in', name), document);
    const one = hub();
    await settled(one);
    expect(await one.acknowledge(sha256(document), 'done')).toMatchObject({ kind: 'ok' });
    expect(readFileSync(join(root, 'done', name), 'utf8')).toBe('another one');
    expect(filesIn('done')).toHaveLength(2);
    expect(filesIn('in')).toEqual([]);
  });

  test('a done folder on another volume gets a copy that is whole before the file goes', async () => {
    const steps: string[] = [];
    const disk: Partial<Disk> = {
      rename(from, to) {
        if (from.includes(`${root}/in/`)) return Promise.reject(failing('EXDEV'));
        steps.push('name');
        return nodeDisk.rename(from, to);
      },
      remove(path) {
        steps.push('remove');
        return nodeDisk.remove(path);
      },
    };
    writeFileSync(join(root, 'in', 'a.edxml'), document);
    const one = hub({ disk });
    await settled(one);
    expect(await one.acknowledge(sha256(document), 'done')).toMatchObject({ kind: 'ok' });
    expect(steps).toEqual(['name', 'remove']);
    expect(readFileSync(join(root, 'done', 'a.edxml')).equals(document)).toBe(true);
  });

  test('a share that is read only gives its packages and refuses to let one go', async () => {
    writeFileSync(join(root, 'in', 'a.edxml'), document);
    const disk: Partial<Disk> = { rename: () => Promise.reject(failing('EROFS')) };
    const one = hub({ disk });
    await settled(one);
    expect(await one.fetch(sha256(document), collector())).toMatchObject({ kind: 'ok' });
    expect(await one.acknowledge(sha256(document), 'done')).toMatchObject({
      kind: 'refused',
      errorCode: 'EROFS',
    });
    expect(filesIn('in')).toEqual(['a.edxml']);
  });

  test('a stick pulled out while a package is read is unknown, and the package stays', async () => {
    writeFileSync(join(root, 'in', 'a.edxml'), document);
    let pulled = false;
    const disk: Partial<Disk> = {
      async openRead(path) {
        const file = await nodeDisk.openRead(path);
        return {
          read: (offset, length) => (pulled ? Promise.reject(failing('EIO')) : file.read(offset, length)),
          close: async () => {
            await file.close();
            if (pulled) throw failing('EIO');
          },
        };
      },
    };
    const one = hub({ disk });
    await settled(one);
    pulled = true;
    expect(await one.fetch(sha256(document), collector())).toMatchObject({ kind: 'unknown', reason: 'cut' });
    expect(filesIn('in')).toEqual(['a.edxml']);
  });

  test('a file that became another one is neither read nor taken away under the old name', async () => {
    const path = join(root, 'in', 'a.edxml');
    writeFileSync(path, document);
    const one = hub();
    await settled(one);
    writeFileSync(path, status);
    expect(await one.fetch(sha256(document), collector())).toMatchObject({ kind: 'refused' });
    expect(await one.acknowledge(sha256(document), 'done')).toMatchObject({ kind: 'ok' });
    expect(readFileSync(path).equals(status)).toBe(true);
    utimesSync(path, 1, 1);
    expect((await settled(one, 'status')).items).toMatchObject([{ docId: sha256(status) }]);
  });

  test('links, folders, hidden and unfinished files are nobody’s packages', async () => {
    writeFileSync(join(root, 'a.edxml'), document);
    symlinkSync(join(root, 'a.edxml'), join(root, 'in', 'link.edxml'));
    mkdirSync(join(root, 'in', 'folder.edxml'));
    for (const name of ['.b.edxml', '~$c.edxml', 'd.edxml.part', 'e.pdf']) {
      writeFileSync(join(root, 'in', name), document);
    }
    expect(await settled(hub())).toEqual({ items: [], unreadable: 0 });
  });

  test('only done moves a package', async () => {
    writeFileSync(join(root, 'in', 'a.edxml'), document);
    const one = hub();
    await settled(one);
    for (const word of ['processing', 'fail'] as const) await one.acknowledge(sha256(document), word);
    expect(filesIn('in')).toEqual(['a.edxml']);
  });

  test('a package above the limit is left where it is', async () => {
    writeFileSync(join(root, 'in', 'a.edxml'), document);
    const one = hub({ maxPackageBytes: 100 });
    await settled(one);
    expect(await one.fetch(sha256(document), collector())).toMatchObject({
      kind: 'unknown',
      reason: 'too-large',
    });
  });
});
