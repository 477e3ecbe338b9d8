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
    const size = 2 * chunkSize + 17;
    const { bytes, read } = fileOf(size);
    expect(read).toEqual([
      [0, chunkSize],
      [2 * chunkSize, size],
    ]);
    expect(await bytes.beginning()).toHaveLength(chunkSize);
    await bytes.read(0, chunkSize);
    await bytes.read(chunkSize, size);
    expect(read.reduce((sum, [begin, end]) => sum + end - begin, 0)).toBe(size);
  });

  it('stay their own: who takes them may give them away', async () => {
    const { bytes } = fileOf(3 * chunkSize);
    (await bytes.read(0, chunkSize)).fill(7);
    const beginning = await bytes.beginning();
    expect(beginning?.[5]).toBe(byteAt(5));
    beginning?.fill(9);
    expect((await bytes.read(5, 6))[0]).toBe(byteAt(5));
  });

  it('fail for who asks for what cannot be read, and are read once more for who asks later', async () => {
    let gone = true;
    const bytes = new FileBytes(3 * chunkSize, async (begin, end) => {
      if (begin < chunkSize && gone) throw new Error('gone');
      return new Uint8Array(end - begin);
    });
    expect(await bytes.beginning()).toBeNull();
    await expect(bytes.read(5, 10)).rejects.toThrow('gone');
    expect(await bytes.read(2 * chunkSize, 2 * chunkSize + 3)).toHaveLength(3);
    gone = false;
    expect(await bytes.read(5, 10)).toHaveLength(5);
  });
});
