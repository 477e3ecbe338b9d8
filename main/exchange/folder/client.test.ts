import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Disk, nodeDisk } from './disk';
import {
  bench,
  document,
  failing,
  filesIn,
  freshFolder,
  hub,
  listed,
  request,
  sha256,
} from './folder.fixture';

freshFolder();

describe('going out', () => {
  test('a package lies in the folder whole, under a name that tells kind, sender, receivers and content', async () => {
    const answer = await hub().send(request(document, 'edoc', ['H26', '000.00.00.G22']));
    expect(answer).toEqual({ kind: 'ok', value: { docId: sha256(document) } });
    expect(filesIn('out')).toEqual([`van-thu_edoc_H37_H26+000.00.00.G22_${sha256(document)}.edxml`]);
    expect(readFileSync(join(bench.root, 'out', filesIn('out')[0] ?? '')).equals(document)).toBe(true);
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
      join(bench.root, 'agencies.json'),
      JSON.stringify([{ code: 'H26', oldCode: '000.00.00.H26', name: 'A' }]),
    );
    expect(await hub().agencies()).toMatchObject({ kind: 'ok', value: { items: [{ code: 'H26' }] } });
    expect(await hub().send(request(document, 'edoc', ['000.00.00.h26']))).toMatchObject({ kind: 'ok' });
    expect(await hub().send(request(document, 'edoc', ['Z99']))).toMatchObject({
      kind: 'refused',
      errorCode: '18',
    });
  });

  test.each(['', '[{"code"', 'H26'])('a directory that holds %j is no empty one', async (text) => {
    writeFileSync(join(bench.root, 'agencies.json'), text);
    expect(await hub().agencies()).toMatchObject({ kind: 'unknown', reason: 'garbled' });
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
    rmSync(join(bench.root, 'out'), { recursive: true });
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
