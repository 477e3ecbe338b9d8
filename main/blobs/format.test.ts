// The sealed form: what is written is what is read, at every offset; what was touched anywhere is refused.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../preload/contract/failure';
import { chunkSize, fileKeyOf, headerSize, tagSize } from './format';
import { hashSource, openSealed } from './sealed-reader';
import { createSealed } from './sealed-writer';

const about = { kind: 'attachment', docId: 'abc', name: 'Công văn số 12.pdf' };
const salt = new Uint8Array(16).fill(3);
const fileKey = fileKeyOf(new Uint8Array(32).fill(9), salt);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
async function sealedFile(parts: readonly Uint8Array[]): Promise<string> {
  files += 1;
  const path = join(folder, String(files));
  const writer = await createSealed({ path, salt, fileKey }, about);
  for (const part of parts) await writer.write(part);
  await writer.finish();
  return path;
}
function pattern(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, at) => (at * 7 + (at >> 8) * 13) & 255);
}
/** Everything the file gives, or the code it is refused with. */
async function outcome(path: string, key = fileKey): Promise<string> {
  try {
    const source = openSealed({ path, fileKey: key });
    try {
      return await hashSource(source);
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}
function touched(path: string, change: (bytes: Buffer) => Buffer): string {
  const copy = `${path}.touched`;
  writeFileSync(copy, change(Buffer.from(readFileSync(path))));
  return copy;
}

describe('reading what was written', () => {
  it.each([0, 1, 15, chunkSize - 1, chunkSize, chunkSize + 1, 2 * chunkSize, 3 * chunkSize + 17])(
    'gives back %i bytes and the description',
    async (size) => {
      const bytes = pattern(size);
      const source = openSealed({ path: await sealedFile([bytes]), fileKey });
      expect(source.size).toBe(size);
      expect(Buffer.from(source.read(0, size)).equals(bytes)).toBe(true);
      expect(source.description).toMatchObject({ ...about, size });
      expect(() => source.read(0, size + 1)).toThrow(RangeError);
      expect(() => source.read(-1, 1)).toThrow(RangeError);
      source.close();
    },
  );

  it('reads any range of any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(100_000), { maxLength: 5 }),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(200_000)), { maxLength: 8 }),
        async (sizes, ranges) => {
          const all = pattern(sizes.reduce((sum, one) => sum + one, 0));
          let at = 0;
          const parts = sizes.map((size) => {
            at += size;
            return all.subarray(at - size, at);
          });
          const source = openSealed({ path: await sealedFile(parts), fileKey });
          for (const [where, length] of ranges) {
            const from = Math.floor(where * all.length);
            const span = Math.min(length, all.length - from);
            expect(Buffer.from(source.read(from, span)).equals(all.subarray(from, from + span))).toBe(true);
          }
          source.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  it('shows nothing of name, text or hash on the disk', async () => {
    const path = await sealedFile([Buffer.from('Kính gửi: Bộ Tài chính')]);
    const raw = readFileSync(path);
    expect(raw.includes('Kính gửi')).toBe(false);
    expect(raw.includes('Công văn')).toBe(false);
    expect(raw.includes('sha256')).toBe(false);
  });
});

describe('refusing what was touched', () => {
  const sealed = chunkSize + tagSize;
  let path: string;
  beforeAll(async () => {
    path = await sealedFile([pattern(3 * chunkSize + 100)]);
  });
  const chunkAt = (bytes: Buffer, index: number) =>
    bytes.subarray(headerSize + index * sealed, headerSize + (index + 1) * sealed);

  it('refuses a file in which any one byte was changed', async () => {
    const good = await outcome(path);
    const length = readFileSync(path).length;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const copy = touched(path, (bytes) => {
          bytes[at] = (bytes[at] ?? 0) ^ flip;
          return bytes;
        });
        // The salt is not needed by who holds the file's key; changing it changes nothing that is read.
        const expected =
          at >= headerSize - 16 && at < headerSize ? [good] : ['blob-damaged', 'blob-from-the-future'];
        expect(expected).toContain(await outcome(copy));
      }),
      { numRuns: 150 },
    );
  });

  it('refuses a file cut at any place', async () => {
    const length = readFileSync(path).length;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), async (end) => {
        expect(await outcome(touched(path, (bytes) => bytes.subarray(0, end)))).toBe('blob-damaged');
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['exchanged', [1, 0, 2, 3]],
    ['repeated', [0, 0, 1, 2, 3]],
    ['dropped in the middle', [0, 2, 3]],
    ['dropped at the end', [0, 1, 2]],
    ['replaced by another', [0, 1, 1, 3]],
  ])('refuses chunks that were %s', async (_name, order) => {
    const copy = touched(path, (bytes) =>
      Buffer.concat([
        bytes.subarray(0, headerSize),
        ...order.map((index) =>
          index < 3
            ? chunkAt(bytes, index)
            : bytes.subarray(headerSize + 3 * sealed, headerSize + 3 * sealed + 100 + tagSize),
        ),
        bytes.subarray(headerSize + 3 * sealed + 100 + tagSize),
      ]),
    );
    expect(await outcome(copy)).toBe('blob-damaged');
  });

  it('refuses bytes appended after the end', async () => {
    expect(await outcome(touched(path, (bytes) => Buffer.concat([bytes, Buffer.from([0])])))).toBe(
      'blob-damaged',
    );
  });

  it('refuses a chunk of another file, and another file under this key', async () => {
    const otherSalt = new Uint8Array(16).fill(4);
    const otherKey = fileKeyOf(new Uint8Array(32).fill(9), otherSalt);
    const other = join(folder, 'other');
    const writer = await createSealed({ path: other, salt: otherSalt, fileKey: otherKey }, about);
    await writer.write(pattern(3 * chunkSize + 100));
    await writer.finish();
    expect(await outcome(other)).toBe('blob-damaged');
    const mixed = touched(path, (bytes) => {
      chunkAt(readFileSync(other), 1).copy(bytes, headerSize + sealed);
      return bytes;
    });
    expect(await outcome(mixed)).toBe('blob-damaged');
  });

  it('tells a newer version from damage', async () => {
    const copy = touched(path, (bytes) => {
      bytes[7] = 2;
      return bytes;
    });
    expect(await outcome(copy)).toBe('blob-from-the-future');
  });
});
