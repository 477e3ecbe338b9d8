// A writer that holds what is small and streams what is large: either way the same bytes come out, and what fails leaves nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../preload/contract/failure';
import { asSha256 } from '../../preload/contract/ids';
import { gatheringWriter } from './gathering-writer';
import type { About, SealedWriter, Written } from './sealed-writer';

const about: About = { kind: 'package-in', docId: 'd', name: 'a.edxml' };
const other: About = { ...about, name: 'b.edxml' };
const written: Written = { sha256: asSha256('a'.repeat(64)), size: 1 };

interface Seen {
  readonly put: { readonly about: About; readonly bytes: Buffer }[];
  readonly streamed: Buffer[];
  readonly finished: (About | undefined)[];
  begun: number;
  aborted: number;
}

function writerOf(most: number, begin?: () => Promise<SealedWriter>) {
  const seen: Seen = { put: [], streamed: [], finished: [], begun: 0, aborted: 0 };
  const streaming: SealedWriter = {
    write: async (bytes) => void seen.streamed.push(Buffer.from(bytes)),
    finish: async (known) => {
      seen.finished.push(known);
      return written;
    },
    abort: async () => {
      seen.aborted += 1;
    },
  };
  const writer = gatheringWriter({
    about,
    most,
    begin:
      begin ??
      (async () => {
        seen.begun += 1;
        return streaming;
      }),
    take: async (known, bytes) => {
      seen.put.push({ about: known, bytes: Buffer.from(bytes) });
      return { ...written, bytes };
    },
  });
  return { writer, seen, streaming };
}

describe('what is small', () => {
  it('is put in one go at its end, and given back', async () => {
    const { writer, seen } = writerOf(6);
    await writer.write(Buffer.from('abc'));
    await writer.write(Buffer.from('def'));
    expect(writer.plain()).toBeNull();
    expect(seen.put).toEqual([]);
    expect(await writer.finish()).toEqual(written);
    expect(seen).toMatchObject({ put: [{ about, bytes: Buffer.from('abcdef') }], begun: 0 });
    expect(Buffer.from(writer.plain() ?? []).toString()).toBe('abcdef');
  });

  it('has the name that is told at its end', async () => {
    const { writer, seen } = writerOf(6);
    await writer.write(Buffer.from('abc'));
    await writer.finish(other);
    expect(seen.put[0]?.about).toEqual(other);
  });

  it('leaves nothing when it is given up', async () => {
    const { writer, seen } = writerOf(6);
    await writer.write(Buffer.from('abc'));
    await writer.abort();
    await writer.abort();
    expect(seen).toEqual({ put: [], streamed: [], finished: [], begun: 0, aborted: 0 });
    expect(writer.plain()).toBeNull();
    await expect(writer.write(Buffer.from('d'))).rejects.toThrow();
    await expect(writer.finish()).rejects.toThrow();
  });
});

describe('what grows larger', () => {
  it('streams in order from its first byte, and nothing of it is given back', async () => {
    const { writer, seen } = writerOf(6);
    for (const piece of ['abc', 'def', 'g', 'hij']) await writer.write(Buffer.from(piece));
    expect(seen.begun).toBe(1);
    expect(Buffer.concat(seen.streamed).toString()).toBe('abcdefghij');
    expect(await writer.finish(other)).toBe(written);
    expect(seen).toMatchObject({ put: [], finished: [other], aborted: 0 });
    expect(writer.plain()).toBeNull();
  });

  it('is given up with the writer that was begun, once', async () => {
    const { writer, seen } = writerOf(2);
    await writer.write(Buffer.from('abc'));
    await writer.abort();
    await writer.abort();
    expect(seen).toMatchObject({ put: [], finished: [], begun: 1, aborted: 1 });
  });

  it('fails as its beginning fails, and leaves nothing', async () => {
    const low = new Failure('disk-low', '0 bytes free');
    const { writer, seen } = writerOf(2, () => Promise.reject(low));
    await writer.write(Buffer.from('a'));
    await expect(writer.write(Buffer.from('bc'))).rejects.toBe(low);
    await expect(writer.finish()).rejects.toThrow();
    await writer.abort();
    expect(seen).toMatchObject({ put: [], streamed: [], finished: [], aborted: 0 });
  });

  it('fails as the disk fails, for what was held as for what comes behind', async () => {
    const full = new Failure('disk-full');
    const { writer, seen } = writerOf(2, async () => ({
      ...streaming,
      write: () => Promise.reject(full),
    }));
    const { streaming } = writerOf(0);
    await expect(writer.write(Buffer.from('abc'))).rejects.toBe(full);
    await expect(writer.write(Buffer.from('d'))).rejects.toBe(full);
    await writer.abort();
    expect(seen.put).toEqual([]);
  });
});

it('bytes come out the same, however they are cut and whichever way they go', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 }),
      fc.nat({ max: 200 }),
      async (pieces, most) => {
        const whole = Buffer.concat(pieces);
        const { writer, seen } = writerOf(most);
        for (const piece of pieces) await writer.write(piece);
        await writer.finish();
        const held = whole.length <= most;
        const out = held ? (seen.put[0]?.bytes ?? null) : Buffer.concat(seen.streamed);
        expect(out).toEqual(whole);
        expect([seen.put.length, seen.finished.length]).toEqual(held ? [1, 0] : [0, 1]);
        expect(writer.plain() === null ? null : Buffer.from(writer.plain() ?? [])).toEqual(
          held ? whole : null,
        );
      },
    ),
  );
});
