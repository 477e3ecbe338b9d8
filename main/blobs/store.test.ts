// The store on a real disk, on a full one, on one that may not be written, and after being killed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asSha256, type Sha256 } from '../../preload/contract/ids';
import type { OpenFile } from '../runtime/durable-file';
import {
  type BlobStore,
  type BlobStoreOptions,
  createSealed,
  decideSweep,
  openBlobStore,
  openSealed,
  performSweep,
} from './index';

const roomKey = new Uint8Array(32).fill(1);
const about = { kind: 'package', docId: 'd1', name: 'a.edxml' };
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'blobs-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function store(change: Partial<BlobStoreOptions> = {}): Promise<BlobStore> {
  return openBlobStore({ folder: root, roomKey, freeBytes: async () => 2 ** 40, ...change });
}
function shaOf(bytes: Uint8Array): Sha256 {
  return asSha256(createHash('sha256').update(bytes).digest('hex'));
}
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());
}
/** A disk that takes `room` bytes and then has none left, as a real one does: a part is written, then the error. */
function diskOf(room: number, code = 'ENOSPC'): OpenFile {
  let left = room;
  const failure = () => Object.assign(new Error(code), { code });
  return async (path, flags, mode) => {
    if (room < 0) throw failure();
    const handle = await open(path, flags, mode);
    const write = handle.write.bind(handle);
    handle.write = (async (bytes: Uint8Array, from: number, length: number) => {
      const taken = Math.min(left, length);
      if (taken === 0) throw failure();
      left -= taken;
      return write(bytes, from, taken);
    }) as typeof handle.write;
    return handle;
  };
}

describe('storing', () => {
  it('names a blob by its plain bytes and reads it after a restart', async () => {
    const bytes = Buffer.from('nội dung văn bản');
    const first = await store();
    expect(await first.holdsAny()).toBe(false);
    const written = await first.put(about, bytes);
    expect(written).toEqual({ sha256: shaOf(bytes), size: bytes.length });
    first.close();
    const second = await store();
    expect(await second.holdsAny()).toBe(true);
    expect(await second.has(written.sha256)).toBe(true);
    expect(await second.size(written.sha256)).toBe(bytes.length);
    expect(Buffer.from(await second.readRange(written.sha256, 4, 9))).toEqual(bytes.subarray(4, 9));
    expect(await second.size(shaOf(Buffer.from('khác')))).toBeNull();
    await expect(second.open(shaOf(Buffer.from('khác')))).rejects.toMatchObject({ code: 'blob-missing' });
    second.close();
  });

  it('keeps one file for the same bytes, and does not show their hash on the disk', async () => {
    const blobs = await store();
    const { sha256 } = await blobs.put(about, Buffer.from('x'));
    await blobs.put({ ...about, name: 'b.edxml' }, Buffer.from('x'));
    const files = filesBelow(root);
    expect(files).toHaveLength(1);
    expect(files[0]).not.toContain(sha256);
  });

  it('says of a derived file whether it was here before', async () => {
    const blobs = await store();
    const { sha256 } = await blobs.put(about, Buffer.from('a'));
    const first = await blobs.derive(sha256, [Buffer.from('b')], about);
    const second = await blobs.derive(sha256, [Buffer.from('b')], about);
    expect([first.already, second.already]).toEqual([undefined, true]);
    expect(await blobs.put(about, Buffer.from('ab'))).toEqual({ sha256: first.sha256, size: 2 });
  });

  it('replaces a damaged file when the same bytes come again', async () => {
    const blobs = await store();
    const bytes = Buffer.alloc(200_000, 5);
    const { sha256 } = await blobs.put(about, bytes);
    const [path] = filesBelow(root);
    const raw = readFileSync(path ?? '');
    raw[100_000] = (raw[100_000] ?? 0) ^ 1;
    writeFileSync(path ?? '', raw);
    await expect(blobs.readRange(sha256, 0, bytes.length)).rejects.toMatchObject({ code: 'blob-damaged' });
    await blobs.put(about, bytes);
    expect(Buffer.from(await blobs.readRange(sha256, 0, bytes.length)).equals(bytes)).toBe(true);
  });

  it('never takes one blob for another that lies under its name', async () => {
    const blobs = await store();
    const one = await blobs.put(about, Buffer.from('một'));
    const [path] = filesBelow(root);
    const two = await blobs.put(about, Buffer.from('hai'));
    const other = filesBelow(root).find((file) => file !== path);
    writeFileSync(path ?? '', readFileSync(other ?? ''));
    await expect(blobs.open(one.sha256)).rejects.toMatchObject({ code: 'blob-damaged' });
    expect((await blobs.list()).damaged).toHaveLength(1);
    expect(await blobs.has(two.sha256)).toBe(true);
  });

  it('derives a blob as every byte of the source and then the increments', async () => {
    const blobs = await store();
    const bytes = Buffer.alloc(3_000_000, 'ab');
    const source = await blobs.put(about, bytes);
    const derived = await blobs.derive(source.sha256, [Buffer.from('tăng'), Buffer.from('thêm')], about);
    const whole = Buffer.concat([bytes, Buffer.from('tăngthêm')]);
    expect(derived).toEqual({ sha256: shaOf(whole), size: whole.length });
    expect(await blobs.size(source.sha256)).toBe(bytes.length);
  });
});

describe('hosts', () => {
  it('lets a host read one file with its path and key alone', async () => {
    const blobs = await store();
    const { sha256 } = await blobs.put(about, Buffer.from('cho tiến trình đọc'));
    const access = await blobs.fileAccess(sha256);
    const source = openSealed(access);
    expect(Buffer.from(source.read(0, source.size)).toString()).toBe('cho tiến trình đọc');
    const other = await blobs.put(about, Buffer.from('khác'));
    const { path } = await blobs.fileAccess(other.sha256);
    expect(() => openSealed({ path, fileKey: access.fileKey })).toThrow(
      expect.objectContaining({ code: 'blob-damaged' }),
    );
  });

  it('adopts what a host wrote by what it holds', async () => {
    const blobs = await store();
    const ticket = await blobs.writeTicket();
    const writer = await createSealed(ticket, { kind: 'attachment', docId: 'd', name: 'tệp.pdf' });
    await writer.write(Buffer.from('%PDF'));
    await writer.finish();
    expect(await blobs.has(shaOf(Buffer.from('%PDF')))).toBe(false);
    const adopted = await blobs.adopt(ticket);
    expect(adopted).toMatchObject({
      sha256: shaOf(Buffer.from('%PDF')),
      size: 4,
      about: { name: 'tệp.pdf' },
    });
    expect(await blobs.has(adopted.sha256)).toBe(true);
  });

  it('refuses what a host left unfinished, put behind a link or never wrote, and leaves nothing', async () => {
    const blobs = await store();
    const half = await blobs.writeTicket();
    const writer = await createSealed(half, about);
    await writer.write(Buffer.alloc(3_000_000));
    await expect(blobs.adopt(half)).rejects.toMatchObject({ code: 'blob-damaged' });
    await writer.abort();
    const linked = await blobs.writeTicket();
    writeFileSync(join(root, 'secret'), 'x');
    symlinkSync(join(root, 'secret'), linked.path);
    await expect(blobs.adopt(linked)).rejects.toMatchObject({ code: 'disk-error' });
    await blobs.discard(linked);
    const never = await blobs.writeTicket();
    await expect(blobs.adopt(never)).rejects.toMatchObject({ code: 'blob-missing' });
    await blobs.discard(never);
    expect(filesBelow(root)).toEqual([join(root, 'secret')]);
  });
});

describe('a disk that refuses', () => {
  it.each([0, 10, 1_048_576, 2_500_000])(
    'ends in disk-full after %i bytes and leaves nothing',
    async (room) => {
      const blobs = await store({ openFile: diskOf(room) });
      await expect(blobs.put(about, Buffer.alloc(3_000_000, 7))).rejects.toMatchObject({ code: 'disk-full' });
      expect(filesBelow(root)).toEqual([]);
      expect(await blobs.has(shaOf(Buffer.alloc(3_000_000, 7)))).toBe(false);
    },
  );

  it('says when the folder may not be written', async () => {
    const blobs = await store({ openFile: diskOf(-1, 'EACCES') });
    await expect(blobs.put(about, Buffer.from('x'))).rejects.toMatchObject({ code: 'store-unwritable' });
    expect(filesBelow(root)).toEqual([]);
  });

  it('begins nothing below the floor, counting what is about to be written', async () => {
    const blobs = await store({ freeBytes: async () => 1000, floor: 600 });
    expect(await blobs.freeSpace()).toEqual({ bytes: 1000, low: false });
    await (await blobs.writer('upload', 'a', '', 400)).abort();
    await expect(blobs.writer('upload', 'a', '', 401)).rejects.toMatchObject({ code: 'disk-low' });
    const low = await store({ freeBytes: async () => 599, floor: 600 });
    await expect(low.writeTicket()).rejects.toMatchObject({ code: 'disk-low' });
    expect(await low.freeSpace()).toEqual({ bytes: 599, low: true });
  });
});

describe('trash', () => {
  it('keeps what was swept, gives it back when it is asked for, and deletes it only when told', async () => {
    const blobs = await store({ now: () => new Date('2026-11-20T00:00:00Z') });
    const { sha256 } = await blobs.put(about, Buffer.from('cũ'));
    await blobs.toTrash(sha256);
    const listed = await blobs.list();
    expect(listed.blobs).toEqual([]);
    expect(listed.trashed).toEqual([{ sha256, trashedAt: new Date('2026-11-20T00:00:00Z') }]);
    const source = await blobs.open(sha256);
    expect(Buffer.from(source.read(0, source.size)).toString()).toBe('cũ');
    source.close();
    expect((await blobs.list()).blobs).toMatchObject([{ sha256, ...about }]);
    await blobs.toTrash(sha256);
    await blobs.deleteTrashed(sha256);
    expect(await blobs.has(sha256)).toBe(false);
  });
});

describe('sweeping', () => {
  it('moves what nothing names to the trash, brings back what is named again, deletes what lay there long', async () => {
    const clock = { now: new Date('2026-11-20T00:00:00Z') };
    const blobs = await store({ now: () => clock.now });
    const [kept, swept, regretted] = await Promise.all(
      ['giữ', 'bỏ', 'tiếc'].map(async (text) => (await blobs.put(about, Buffer.from(text))).sha256),
    );
    const names = new Set<string>([kept ?? '']);
    const sweepAt = async (days: number) => {
      clock.now = new Date(Date.now() + days * 86_400_000);
      const listed = await blobs.list();
      const whole = { complete: true, damaged: false, rebuilt: false, generation: 'g' };
      const decision = decideSweep({
        now: clock.now,
        stored: listed.blobs,
        trashed: listed.trashed,
        referenced: names,
        ledger: whole,
        journal: { intact: true, generation: 'g' },
      });
      await performSweep(blobs, decision);
      const after = await blobs.list();
      return { stored: after.blobs.length, trashed: after.trashed.length };
    };
    expect(await sweepAt(1)).toEqual({ stored: 3, trashed: 0 });
    expect(await sweepAt(8)).toEqual({ stored: 1, trashed: 2 });
    names.add(regretted ?? '');
    expect(await sweepAt(20)).toEqual({ stored: 2, trashed: 1 });
    expect(await sweepAt(40)).toEqual({ stored: 2, trashed: 0 });
    expect(await blobs.has(swept ?? asSha256('0'.repeat(64)))).toBe(false);
  });
});

describe('being killed', () => {
  it('leaves no half blob visible and no rubbish after the next start', async () => {
    const script = join(root, 'writer.cjs');
    buildSync({
      stdin: {
        contents: `import { openBlobStore } from './main/blobs/store';
          openBlobStore({ folder: process.argv[2], roomKey: new Uint8Array(32).fill(1), floor: 0 }).then(async (blobs) => {
            for (let n = 0; ; n++) {
              const { sha256 } = await blobs.put({ kind: 'k', docId: '', name: '' }, Buffer.alloc(2_000_000 + n, n & 255));
              process.stdout.write(sha256 + '\\n');
            }
          });`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      outfile: script,
    });
    const folder = join(root, 'store');
    const told = new Set<Sha256>();
    for (let round = 0; round < 4; round += 1) {
      const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      let text = '';
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (data: Buffer) => {
          text += data.toString();
          if (text.split('\n').length > 3 + round) child.kill('SIGKILL');
        });
        child.on('close', () => resolve());
      });
      for (const line of text.split('\n').slice(0, -1)) told.add(asSha256(line));
    }
    const blobs = await store({ folder });
    const { blobs: listed, damaged } = await blobs.list();
    expect(damaged).toEqual([]);
    expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
    for (const sha256 of told) {
      const source = await blobs.open(sha256);
      expect(shaOf(source.read(0, source.size))).toBe(sha256);
      source.close();
    }
    expect(listed.length).toBeGreaterThanOrEqual(told.size);
    unlinkSync(script);
  });
});
