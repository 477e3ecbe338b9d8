import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileBytes } from './file-bytes';
import { chunkSize, largestRange } from './ranges';

const byteAt = (at: number): number => (at * 31 + (at >> 8)) & 255;

/** A file whose bytes tell where they stand; notes each range that is read. */
function fileOf(size: number) {
  const read: (readonly [number, number])[] = [];
  const bytes = new FileBytes(size, async (begin, end) => {
    read.push([begin, end]);
    return Uint8Array.from({ length: end - begin }, (_, index) => byteAt(begin + index));
  });
  return { bytes, read };
}

async function beginningLength(bytes: FileBytes): Promise<number> {
  let length = 0;
  for await (const part of bytes.beginning()) length += part.length;
  return length;
}

describe('the bytes of a file', () => {
  it('are those that are asked for, whatever was read before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2.5e6 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (size, from, share) => {
          const { bytes, read } = fileOf(size);
          const begin = Math.floor(size * from);
          const end = begin + Math.max(1, Math.floor((size - begin) * share));
          const given = await bytes.read(begin, end);
          expect(given).toHaveLength(end - begin);
          for (let at = begin; at < end; at += 997) expect(given[at - begin]).toBe(byteAt(at));
          for (const [first, last] of read) expect(last - first).toBeLessThanOrEqual(largestRange);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('are read once where the beginning and the end hold them, whether they are asked for or not', async () => {
    const size = 5 * chunkSize + 17;
    const { bytes, read } = fileOf(size);
    expect(await beginningLength(bytes)).toBe(5 * chunkSize);
    await bytes.read(chunkSize, size);
    await bytes.read(0, size);
    expect(read.reduce((sum, [begin, end]) => sum + end - begin, 0)).toBe(size);
  });

  it('stay their own: who takes them may give them away', async () => {
    const { bytes } = fileOf(3 * chunkSize);
    (await bytes.read(0, chunkSize)).fill(7);
    let length = 0;
    for await (const part of bytes.beginning()) {
      expect(part[0]).toBe(byteAt(length));
      length += part.length;
      part.fill(9);
    }
    expect((await bytes.read(5, 6))[0]).toBe(byteAt(5));
  });

  it('begin with the first part and the last; what follows the first is asked for once that is there', async () => {
    const asked: number[] = [];
    let answer: (bytes: Uint8Array) => void = () => undefined;
    const bytes = new FileBytes(10 * chunkSize, (begin, end) => {
      asked.push(begin);
      if (begin > 0) return Promise.resolve(new Uint8Array(end - begin));
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    expect(asked).toEqual([0, 9 * chunkSize]);
    answer(new Uint8Array(chunkSize));
    expect(await beginningLength(bytes)).toBe(9 * chunkSize);
    expect(asked).toEqual([0, 9 * chunkSize, chunkSize, 5 * chunkSize]);
  });

  it('fail for who asks for what cannot be read, and for nobody else', async () => {
    let gone = true;
    const bytes = new FileBytes(3 * chunkSize, async (begin, end) => {
      if (begin >= chunkSize && begin < 2 * chunkSize && gone) throw new Error('gone');
      return new Uint8Array(end - begin);
    });
    expect(await beginningLength(bytes)).toBe(chunkSize);
    await expect(bytes.read(chunkSize + 5, chunkSize + 10)).rejects.toThrow('gone');
    expect(await bytes.read(2 * chunkSize, 2 * chunkSize + 3)).toHaveLength(3);
    gone = false;
    expect(await bytes.read(chunkSize + 5, chunkSize + 10)).toHaveLength(5);
  });
});
