// Real threads over a real disk: what they write is a file as any other, and what they cannot write leaves nothing.
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { asSha256, type Sha256 } from '../../preload/contract/ids';
import {
  type BlobStore,
  type BlobStoreOptions,
  openBlobStore,
  openWritingThreads,
  type WritingThreads,
} from './index';
import type { WritingOrder } from './writing-job';

const roomKey = new Uint8Array(32).fill(1);
const about = { kind: 'attachment', docId: 'd1', name: 'tệp.pdf' };
let bundles: string;
let entry: string;
beforeAll(() => {
  bundles = mkdtempSync(join(tmpdir(), 'writing-thread-'));
  entry = join(bundles, 'writing-thread.cjs');
  buildSync({
    entryPoints: ['main/blobs/writing-thread.ts'],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    logLevel: 'error',
  });
});
afterAll(() => rmSync(bundles, { recursive: true }));

let root: string;
const opened: BlobStore[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'threads-'));
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  rmSync(root, { recursive: true });
});

async function store(change: Partial<BlobStoreOptions> = {}): Promise<BlobStore> {
  const one = await openBlobStore({ folder: root, roomKey, freeBytes: async () => 2 ** 40, ...change });
  opened.push(one);
  return one;
}
/** This thread writes no file: whatever is stored, a thread stored. */
const notHere = () => Promise.reject(Object.assign(new Error('here'), { code: 'EIO' }));
/** Threads of which one is there. */
async function begun(path = entry, begin?: (entry: string) => Worker): Promise<WritingThreads> {
  const threads = openWritingThreads(path, begin);
  await expect.poll(() => threads.ready()).toBe(true);
  return threads;
}
const byThreads = async (change: Partial<BlobStoreOptions> = {}) =>
  store({ threads: await begun(), openFile: notHere, ...change });
function shaOf(bytes: Uint8Array): Sha256 {
  return asSha256(createHash('sha256').update(bytes).digest('hex'));
}
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => existsSync(path) && statSync(path).isFile());
}
const unfinished = () => readdirSync(join(root, 'unfinished'));
/** An order for this path, as a store makes it. */
function orderTo(path: string): WritingOrder {
  const ticket = {
    path: join(root, randomBytes(8).toString('hex')),
    salt: randomBytes(16),
    fileKey: randomBytes(32),
  };
  return { ticket, path, about, bytes: Buffer.from('x') };
}

describe('what a thread wrote', () => {
  it('is read by a store that has none, and lay in no folder before', async () => {
    const bytes = randomBytes(200_000);
    const writing = await byThreads();
    expect(readdirSync(root).sort()).toEqual(['trash', 'unfinished']);
    const written = await writing.put(about, bytes);
    expect(written).toEqual({ sha256: shaOf(bytes), size: bytes.length });
    expect(unfinished()).toEqual([]);
    const reading = await store();
    expect(Buffer.from(await reading.readRange(written.sha256, 0, bytes.length)).equals(bytes)).toBe(true);
    const { blobs, damaged } = await reading.list();
    expect(blobs).toMatchObject([{ ...about, sha256: written.sha256, size: bytes.length }]);
    expect(damaged).toEqual([]);
  });

  it('is read by the store that gave it the bytes, also when it asked for them before', async () => {
    const blobs = await byThreads();
    expect(await blobs.has(shaOf(Buffer.from('x')))).toBe(false);
    const { sha256 } = await blobs.put(about, Buffer.from('x'));
    expect(Buffer.from(await blobs.readRange(sha256, 0, 1)).toString()).toBe('x');
  });

  it('may be nothing, and is a file then, too', async () => {
    const blobs = await byThreads();
    expect(await blobs.put(about, new Uint8Array(0))).toEqual({ sha256: shaOf(Buffer.of()), size: 0 });
    expect(await blobs.size(shaOf(Buffer.of()))).toBe(0);
  });

  it('came through a writer, whose bytes are at hand afterwards', async () => {
    const blobs = await byThreads();
    const writer = await blobs.writer('package-in', 'a.edxml', 'd');
    for (const piece of ['nội ', 'dung']) await writer.write(Buffer.from(piece));
    const { sha256, size } = await writer.finish({ ...about, name: 'b.edxml' });
    expect(Buffer.from(writer.plain() ?? []).toString()).toBe('nội dung');
    expect(Buffer.from(await blobs.readRange(sha256, 0, size)).toString()).toBe('nội dung');
    expect((await blobs.list()).blobs).toMatchObject([{ name: 'b.edxml' }]);
  });

  it('is one file for the same bytes, one after the other and at once', async () => {
    const blobs = await byThreads({ openFile: open });
    const bytes = randomBytes(100_000);
    await Promise.all([1, 2, 3, 4].map(() => blobs.put(about, bytes)));
    await blobs.put(about, bytes);
    expect(filesBelow(root)).toHaveLength(1);
    expect(Buffer.from(await blobs.readRange(shaOf(bytes), 0, bytes.length)).equals(bytes)).toBe(true);
  });

  it('is not said to be here when it is shorter than it was written', async () => {
    const blobs = await byThreads();
    const { sha256 } = await blobs.put(about, randomBytes(1000));
    expect(await blobs.has(sha256)).toBe(true);
    const [path = ''] = filesBelow(root);
    truncateSync(path, 10);
    await expect(blobs.has(sha256)).rejects.toMatchObject({ code: 'blob-damaged' });
    rmSync(path);
    expect(await blobs.has(sha256)).toBe(false);
  });

  it('is whole, of many files that come at once', async () => {
    const blobs = await byThreads();
    const all = Array.from({ length: 60 }, (_, n) => randomBytes(1000 * n + 1));
    const written = await Promise.all(all.map((bytes) => blobs.put(about, bytes)));
    expect(written.map((one) => one.sha256)).toEqual(all.map(shaOf));
    for (const bytes of all) {
      const found = await blobs.readRange(shaOf(bytes), 0, bytes.length);
      expect(bytes.equals(found)).toBe(true);
    }
    expect(filesBelow(root)).toHaveLength(all.length);
  });

  it('comes again whole where its file was damaged meanwhile', async () => {
    const blobs = await byThreads({ openFile: open });
    const bytes = randomBytes(200_000);
    const { sha256 } = await blobs.put(about, bytes);
    const [path = ''] = filesBelow(root);
    const raw = readFileSync(path);
    raw[100_000] = (raw[100_000] ?? 0) ^ 1;
    writeFileSync(path, raw);
    await expect(blobs.readRange(sha256, 0, bytes.length)).rejects.toMatchObject({ code: 'blob-damaged' });
    await blobs.put(about, bytes);
    expect(Buffer.from(await blobs.readRange(sha256, 0, bytes.length)).equals(bytes)).toBe(true);
  });

  it('comes back from the trash', async () => {
    const blobs = await byThreads({ openFile: open });
    const { sha256 } = await blobs.put(about, Buffer.from('x'));
    await blobs.toTrash(sha256);
    await blobs.put(about, Buffer.from('x'));
    expect((await blobs.list()).trashed).toEqual([]);
    expect(await blobs.has(sha256)).toBe(true);
  });
});

describe('what is larger than a thread is given', () => {
  it('is written here, put or streamed, and is not held', async () => {
    const blobs = await byThreads({ openFile: open });
    const bytes = randomBytes(4 * 2 ** 20 + 1);
    const writer = await blobs.writer('package-in', 'a.edxml', 'd');
    for (let at = 0; at < bytes.length; at += 2 ** 20) await writer.write(bytes.subarray(at, at + 2 ** 20));
    expect(await writer.finish()).toEqual({ sha256: shaOf(bytes), size: bytes.length });
    expect(writer.plain()).toBeNull();
    expect(await blobs.put(about, bytes)).toEqual({ sha256: shaOf(bytes), size: bytes.length });
    expect(filesBelow(root)).toHaveLength(1);
    const none = await byThreads();
    await expect(none.put(about, randomBytes(4 * 2 ** 20 + 1))).rejects.toMatchObject({ code: 'disk-error' });
  });
});

describe('a disk that refuses', () => {
  it('ends in a code where no folder can be made, and leaves nothing unfinished', async () => {
    const blobs = await byThreads();
    // A link to nowhere stands where each folder must be.
    for (let n = 0; n < 256; n += 1) {
      symlinkSync(join(root, 'nowhere', 'at-all'), join(root, n.toString(16).padStart(2, '0')));
    }
    await expect(blobs.put(about, Buffer.from('x'))).rejects.toMatchObject({ code: 'disk-error' });
    expect(unfinished()).toEqual([]);
  });

  it('ends in a code where a file stands for the folder, and leaves nothing', async () => {
    const threads = await begun();
    writeFileSync(join(root, 'file'), '');
    await expect(threads.write(orderTo(join(root, 'file', 'a')))).rejects.toMatchObject({
      code: 'disk-error',
    });
    expect(readdirSync(root)).toEqual(['file']);
    // The thread lives on.
    await threads.write(orderTo(join(root, 'folder', 'a')));
    expect(readdirSync(root).sort()).toEqual(['file', 'folder']);
    threads.close();
  });

  it('ends in a code where the unfinished file cannot be made', async () => {
    const threads = await begun();
    const order = orderTo(join(root, 'a'));
    mkdirSync(order.ticket.path);
    await expect(threads.write(order)).rejects.toMatchObject({ code: 'disk-error' });
    threads.close();
  });

  it('is not asked below its floor, neither for bytes nor for a writer', async () => {
    const low = await byThreads({ freeBytes: async () => 1000, floor: 600 });
    await expect(low.put(about, Buffer.alloc(401))).rejects.toMatchObject({ code: 'disk-low' });
    await expect(low.writer('upload', 'a', '', 401)).rejects.toMatchObject({ code: 'disk-low' });
    await low.put(about, Buffer.alloc(400));
    expect(filesBelow(root)).toHaveLength(1);
  });
});

describe('threads', () => {
  it('that end fail what is under way, and what comes later finds others', async () => {
    const failing = join(bundles, 'failing.cjs');
    writeFileSync(
      failing,
      `const { parentPort } = require('node:worker_threads');
       parentPort.on('message', ({ id, order }) => {
         if (order.about.name === 'throw') throw new Error('lost');
         if (order.about.name === 'exit') process.exit(3);
         parentPort.postMessage({ id, failed: null });
       });
       parentPort.postMessage('there');`,
    );
    const threads = await begun(failing);
    const again = () => expect.poll(() => threads.ready()).toBe(true);
    const named = (name: string) => ({ ...orderTo(join(root, 'a')), about: { ...about, name } });
    await expect(threads.write(named('throw'))).rejects.toMatchObject({ code: 'disk-error', detail: 'lost' });
    await again();
    await threads.write(named('a'));
    await expect(threads.write(named('exit'))).rejects.toMatchObject({
      code: 'disk-error',
      detail: 'exit 3',
    });
    await again();
    await threads.write(named('b'));
    threads.close();
  });

  it('that are not there take nothing, and whoever asked writes by himself', async () => {
    const threads = openWritingThreads(join(bundles, 'none.cjs'));
    await expect(threads.write(orderTo(join(root, 'a')))).rejects.toMatchObject({ code: 'disk-error' });
    threads.close();
    const refusing = () => {
      throw new Error('ERR_WORKER_INIT_FAILED');
    };
    for (const begin of [() => new Worker(join(bundles, 'none.cjs')), refusing]) {
      const blobs = await store({ threads: openWritingThreads(entry, begin) });
      const names = ['x', 'y', 'z'].map((text) => Buffer.from(`${text}${begin.name}`));
      for (const bytes of names) {
        const { sha256 } = await blobs.put(about, bytes);
        expect(Buffer.from(await blobs.readRange(sha256, 0, bytes.length))).toEqual(bytes);
      }
      const writer = await blobs.writer('package-in', 'a.edxml', 'd1');
      await writer.write(Buffer.from(`w${begin.name}`));
      expect((await writer.finish()).sha256).toBe(shaOf(Buffer.from(`w${begin.name}`)));
    }
  });

  it('that cannot read an order are lost, and so is nobody who waits', async () => {
    const threads = await begun();
    const shared = new ArrayBuffer(8);
    const [one, two] = [new Uint8Array(shared), new Uint8Array(shared)];
    await threads.write({ ...orderTo(join(root, 'a')), bytes: one });
    await expect(threads.write({ ...orderTo(join(root, 'b')), bytes: two })).rejects.toMatchObject({
      code: 'disk-error',
    });
    threads.close();
  });

  it('end when they had nothing to do for a while, and begin again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const ended: Promise<void>[] = [];
      const threads = await begun(entry, (path) => {
        const worker = new Worker(path);
        ended.push(new Promise((resolve) => worker.once('exit', () => resolve())));
        return worker;
      });
      await threads.write(orderTo(join(root, 'a')));
      vi.advanceTimersByTime(20_000);
      await threads.write(orderTo(join(root, 'b')));
      vi.advanceTimersByTime(20_000);
      await threads.write(orderTo(join(root, 'c')));
      expect(ended).toHaveLength(1);
      vi.advanceTimersByTime(31_000);
      await ended[0];
      await expect.poll(() => threads.ready()).toBe(true);
      await threads.write(orderTo(join(root, 'd')));
      expect(ended).toHaveLength(2);
      threads.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('that are closed fail what is under way, and take nothing more', async () => {
    const threads = await begun();
    const underWay = Array.from({ length: 8 }, (_, n) =>
      threads.write(orderTo(join(root, `${n}`))).catch((error: unknown) => error),
    );
    threads.close();
    for (const one of await Promise.all(underWay)) expect(one).toMatchObject({ code: 'desk-closing' });
    await expect(threads.write(orderTo(join(root, 'a')))).rejects.toMatchObject({ code: 'desk-closing' });
    const blobs = await byThreads();
    await blobs.put(about, Buffer.from('x'));
    blobs.close();
    await expect(blobs.put(about, Buffer.from('y'))).rejects.toMatchObject({ code: 'desk-closing' });
  });
});
