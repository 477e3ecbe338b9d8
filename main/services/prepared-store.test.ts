import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asSha256 } from '../../preload/contract/ids';
import { createPreparedStore } from './prepared-store';

function disk() {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    put: async (_about: unknown, bytes: Uint8Array) => {
      const sha256 = asSha256(createHash('sha256').update(bytes).digest('hex'));
      files.set(sha256, bytes);
      return { sha256, size: bytes.length };
    },
    readRange: async (sha256: string, start: number, end: number) =>
      files.get(sha256)?.subarray(start, end) ?? new Uint8Array(),
    toTrash: async () => undefined,
    deleteTrashed: async (sha256: string) => void files.delete(sha256),
  };
}

const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill);

describe('increments between preparation and signature', () => {
  it('stay in memory up to the budget; the rest lies sealed on the disk and comes back as it was', async () => {
    const blobs = disk();
    const store = createPreparedStore(blobs, 100);
    const small = await store.keep(bytes(60, 1));
    const large = await store.keep(bytes(60, 2));
    expect(blobs.files.size).toBe(1);
    expect(await small.take()).toEqual(bytes(60, 1));
    expect(new Uint8Array(await large.take())).toEqual(bytes(60, 2));
  });

  it('leave nothing on the disk once they are dropped, and give their room back', async () => {
    const blobs = disk();
    const store = createPreparedStore(blobs, 100);
    const first = await store.keep(bytes(80, 1));
    const second = await store.keep(bytes(80, 2));
    await first.drop();
    await first.drop();
    await second.drop();
    expect(blobs.files.size).toBe(0);
    await store.keep(bytes(80, 3));
    expect(blobs.files.size).toBe(0);
  });

  it('are two files where two are equal: who is done first takes nothing from the other', async () => {
    const blobs = disk();
    const store = createPreparedStore(blobs, 0);
    const one = await store.keep(bytes(10, 7));
    const other = await store.keep(bytes(10, 7));
    await one.drop();
    expect(new Uint8Array(await other.take())).toEqual(bytes(10, 7));
  });
});
