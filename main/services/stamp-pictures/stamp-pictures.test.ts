// Pictures for stamps: looked at before they are kept and before a window sees them.
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../preload/contract/failure';
import { asSha256, type Sha256 } from '../../../preload/contract/ids';
import { mostStampPictures, type StampPictureCard } from '../../../preload/contract/stamp-pictures';
import { createStampPictures } from './stamp-pictures';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const png = (text: string): Uint8Array => bytes(`PNG ${text}`);

let kept: Map<Sha256, Uint8Array>;
let listed: readonly StampPictureCard[] | null;
let looks: number;

function open() {
  return createStampPictures({
    blobs: {
      async put(_about, given) {
        const sha256 = asSha256(createHash('sha256').update(given).digest('hex'));
        kept.set(sha256, given);
        return { sha256, size: given.length };
      },
      size: async (sha256) => kept.get(sha256)?.length ?? null,
      readRange: async (sha256, start, end) => kept.get(sha256)?.subarray(start, end) ?? new Uint8Array(0),
    },
    list: {
      read: async () => listed,
      async write(pictures) {
        listed = pictures;
      },
    },
    async check(given) {
      looks += 1;
      if (!Buffer.from(given).toString().startsWith('PNG')) throw new Failure('picture-no-png');
      return { width: 300, height: 100 };
    },
    now: () => new Date('2026-11-27T02:00:00Z'),
  });
}

beforeEach(() => {
  [kept, listed, looks] = [new Map(), null, 0];
});

describe('a picture for stamps', () => {
  it('is kept as a blob with its size, the newest first, the same bytes once', async () => {
    const pictures = open();
    const first = await pictures.put('Phòng Nội vụ', png('a'));
    await pictures.put('Văn phòng', png('b'));
    expect(first).toMatchObject({ name: 'Phòng Nội vụ', width: 300, height: 100 });
    await pictures.put('Phòng Nội vụ (mới)', png('a'));
    expect((await pictures.list()).map(({ name }) => name)).toEqual(['Phòng Nội vụ (mới)', 'Văn phòng']);
    expect(await open().read(first.sha256)).toEqual(png('a'));
  });

  it('that is none is refused before anything is kept', async () => {
    await expect(open().put('x', bytes('GIF89a'))).rejects.toMatchObject({ code: 'picture-no-png' });
    expect([kept.size, listed]).toEqual([0, null]);
  });

  it('taken off the list is still there for the marks that show it', async () => {
    const pictures = open();
    const { sha256 } = await pictures.put('x', png('a'));
    await pictures.remove(sha256);
    expect(await pictures.list()).toEqual([]);
    expect(await pictures.read(sha256)).toEqual(png('a'));
    await expect(pictures.remove(sha256)).rejects.toMatchObject({ code: 'picture-missing' });
  });

  it('is not given where a mark names another file, one that is gone or one that is too large', async () => {
    const other = asSha256('b'.repeat(64));
    const pictures = open();
    await expect(pictures.read(other)).rejects.toMatchObject({ code: 'picture-missing' });
    kept.set(other, bytes('%PDF-1.7'));
    await expect(pictures.read(other)).rejects.toMatchObject({ code: 'picture-no-png' });
    kept.set(other, new Uint8Array(5 << 20));
    await expect(pictures.read(other)).rejects.toMatchObject({ code: 'picture-missing' });
  });

  it('is looked at once, however often it is shown', async () => {
    const { sha256 } = await open().put('x', png('a'));
    const later = open();
    await later.read(sha256);
    await later.read(sha256);
    expect(looks).toBe(2);
  });

  it('one too many is said so', async () => {
    const pictures = open();
    for (let count = 0; count < mostStampPictures; count += 1) await pictures.put('x', png(String(count)));
    await expect(pictures.put('x', png('more'))).rejects.toMatchObject({ code: 'picture-too-many' });
  });
});
