import { mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Disk, nodeDisk } from './disk';
import {
  bench,
  collector,
  document,
  failing,
  filesIn,
  freshFolder,
  hub,
  listed,
  request,
  settled,
  sha256,
  status,
} from './folder.fixture';

freshFolder();

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

  test('a package that a sender put under the other code of this agency comes in, and is taken away', async () => {
    const sender = hub({ systemId: 'G12', byReceiver: true });
    const receiver = hub({ systemId: 'H37.18', byReceiver: true, inbox: 'out' });
    expect((await settled(receiver)).items).toEqual([]);
    await sender.send(request(document, 'edoc', ['000.00.18.H37']));
    await sender.send(request(status, 'status', ['h37.18']));
    await sender.send(request(document, 'edoc', ['H37.19']));
    expect((await listed(receiver)).items).toMatchObject([{ docId: sha256(document) }]);
    expect((await listed(receiver, 'status')).items).toMatchObject([{ docId: sha256(status) }]);
    expect(await receiver.fetch(sha256(document), collector())).toMatchObject({ kind: 'ok' });
    for (const docId of [sha256(document), sha256(status)]) {
      expect(await receiver.acknowledge(docId, 'done')).toEqual({ kind: 'ok', value: null });
    }
    expect(filesIn('out', '000.00.18.H37')).toEqual([]);
    expect(filesIn('out', 'h37.18')).toEqual([]);
    expect(filesIn('out', 'H37.19')).toHaveLength(1);
    expect(filesIn('done', 'H37.18')).toHaveLength(2);
  });

  test('a file that became another one of the same size and time is read anew, and not refused for ever', async () => {
    const path = join(bench.root, 'in', 'a.edxml');
    const changed = Buffer.from(document.toString('utf8').replace('99', '98'));
    expect(changed).toHaveLength(document.length);
    const one = hub();
    for (const bytes of [document, changed]) {
      writeFileSync(path, bytes);
      utimesSync(path, 1000, 1000);
      if (bytes === document) await settled(one);
    }
    expect(await one.fetch(sha256(document), collector())).toMatchObject({ reason: 'garbled' });
    expect((await settled(one)).items).toMatchObject([{ docId: sha256(changed) }]);
    expect(await one.fetch(sha256(changed), collector())).toMatchObject({ kind: 'ok' });
  });

  test('a file of any other name waits until it stays as it is', async () => {
    writeFileSync(join(bench.root, 'in', 'Công văn số 99 (bản gửi).EDXML'), document);
    const one = hub();
    expect(await listed(one)).toEqual({ items: [], unreadable: 1 });
    // Nobody knows of which kind it will be: it is counted once.
    expect(await listed(one, 'status')).toEqual({ items: [], unreadable: 0 });
    bench.time += 500;
    expect((await listed(one)).items).toEqual([]);
    bench.time += 500;
    expect((await listed(one)).items).toMatchObject([{ docId: sha256(document), from: '', to: [] }]);
  });

  test('a file that grows between two looks is left alone', async () => {
    const path = join(bench.root, 'in', 'a.edxml');
    const one = hub();
    writeFileSync(path, document.subarray(0, 100));
    await listed(one);
    bench.time += 5000;
    writeFileSync(path, document.subarray(0, 400));
    expect((await listed(one)).items).toEqual([]);
    bench.time += 5000;
    expect(await listed(one)).toEqual({ items: [], unreadable: 1 });
    writeFileSync(path, document);
    expect((await settled(one)).items).toMatchObject([{ docId: sha256(document) }]);
  });

  test('a copy that has its size before its bytes ends in zeros and is left alone', async () => {
    const hollow = Buffer.alloc(document.length);
    document.copy(hollow, 0, 0, document.length - 300);
    writeFileSync(join(bench.root, 'in', 'a.edxml'), hollow);
    expect(await settled(hub())).toEqual({ items: [], unreadable: 1 });
  });

  test('half of a file of ours is not what its name says', async () => {
    const cut = document.subarray(0, document.lastIndexOf('>', document.length - 40) + 1);
    writeFileSync(join(bench.root, 'in', `van-thu_edoc_G12_H37_${sha256(document)}.edxml`), cut);
    expect(await listed(hub())).toEqual({ items: [], unreadable: 1 });
  });

  test('the same content twice is one package, and both files go', async () => {
    for (const name of ['a.edxml', 'a (2).edxml']) writeFileSync(join(bench.root, 'in', name), document);
    const one = hub();
    expect((await settled(one)).items).toHaveLength(1);
    await one.acknowledge(sha256(document), 'done');
    expect(filesIn('in')).toEqual([]);
    expect(filesIn('done')).toHaveLength(2);
  });

  test('a name that is taken in the done folder overwrites nothing, however long it is', async () => {
    const name = `${'văn bản '.repeat(21)}.edxml`;
    expect(Buffer.byteLength(name)).toBeGreaterThan(200);
    mkdirSync(join(bench.root, 'done'));
    writeFileSync(join(bench.root, 'done', name), 'another one');
    writeFileSync(join(bench.root, 'in', name), document);
    const one = hub();
    await settled(one);
    expect(await one.acknowledge(sha256(document), 'done')).toMatchObject({ kind: 'ok' });
    expect(readFileSync(join(bench.root, 'done', name), 'utf8')).toBe('another one');
    expect(filesIn('done')).toHaveLength(2);
    expect(filesIn('in')).toEqual([]);
  });

  test('a done folder on another volume gets a copy that is whole before the file goes', async () => {
    const steps: string[] = [];
    const disk: Partial<Disk> = {
      rename(from, to) {
        if (from.includes(`${bench.root}/in/`)) return Promise.reject(failing('EXDEV'));
        steps.push('name');
        return nodeDisk.rename(from, to);
      },
      remove(path) {
        steps.push('remove');
        return nodeDisk.remove(path);
      },
    };
    writeFileSync(join(bench.root, 'in', 'a.edxml'), document);
    const one = hub({ disk });
    await settled(one);
    expect(await one.acknowledge(sha256(document), 'done')).toMatchObject({ kind: 'ok' });
    expect(steps).toEqual(['name', 'remove']);
    expect(readFileSync(join(bench.root, 'done', 'a.edxml')).equals(document)).toBe(true);
  });

  test('a package that cannot be moved to another volume leaves no copy there, however often it is tried', async () => {
    const path = join(bench.root, 'in', 'a.edxml');
    writeFileSync(path, document);
    const rename: Disk['rename'] = (from, to) =>
      from === path ? Promise.reject(failing('EXDEV')) : nodeDisk.rename(from, to);
    const remove: Disk['remove'] = (file) =>
      file === path ? Promise.reject(failing('EROFS')) : nodeDisk.remove(file);
    const create: Disk['create'] = async (file) => ({
      ...(await nodeDisk.create(file)),
      write: () => Promise.reject(failing('ENOSPC')),
    });
    for (const disk of [
      { rename, remove },
      { rename, create },
    ]) {
      const one = hub({ disk });
      await settled(one);
      for (const _time of [1, 2, 3]) {
        expect(await one.acknowledge(sha256(document), 'done')).toMatchObject({ kind: 'refused' });
      }
      expect(filesIn('in')).toEqual(['a.edxml']);
      expect(filesIn('done')).toEqual([]);
    }
  });

  test('a share that is read only gives its packages and refuses to let one go', async () => {
    writeFileSync(join(bench.root, 'in', 'a.edxml'), document);
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
    writeFileSync(join(bench.root, 'in', 'a.edxml'), document);
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
    const path = join(bench.root, 'in', 'a.edxml');
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
    writeFileSync(join(bench.root, 'a.edxml'), document);
    symlinkSync(join(bench.root, 'a.edxml'), join(bench.root, 'in', 'link.edxml'));
    mkdirSync(join(bench.root, 'in', 'folder.edxml'));
    for (const name of ['.b.edxml', '~$c.edxml', 'd.edxml.part', 'e.pdf']) {
      writeFileSync(join(bench.root, 'in', name), document);
    }
    expect(await settled(hub())).toEqual({ items: [], unreadable: 0 });
  });

  test('only done moves a package', async () => {
    writeFileSync(join(bench.root, 'in', 'a.edxml'), document);
    const one = hub();
    await settled(one);
    for (const word of ['processing', 'fail'] as const) await one.acknowledge(sha256(document), word);
    expect(filesIn('in')).toEqual(['a.edxml']);
  });

  test('a package above the limit is left where it is', async () => {
    writeFileSync(join(bench.root, 'in', 'a.edxml'), document);
    const one = hub({ maxPackageBytes: 100 });
    await settled(one);
    expect(await one.fetch(sha256(document), collector())).toMatchObject({
      kind: 'unknown',
      reason: 'too-large',
    });
  });
});
