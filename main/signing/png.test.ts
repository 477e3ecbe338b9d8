import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../preload/contract/failure';
import { readPng } from './png';

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data, Buffer.alloc(4)]);
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colorType: number;
  readonly interlaced?: boolean;
  readonly rows: readonly number[];
  readonly extra?: readonly Buffer[];
}

function png(picture: Picture): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(picture.width, 0);
  header.writeUInt32BE(picture.height, 4);
  header[8] = picture.depth;
  header[9] = picture.colorType;
  header[12] = picture.interlaced === true ? 1 : 0;
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', header),
      ...(picture.extra ?? []),
      chunk('IDAT', deflateSync(Uint8Array.from(picture.rows))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function pixels(data: Uint8Array | undefined): number[] | undefined {
  return data === undefined ? undefined : [...inflateSync(data)];
}

describe('a PNG', () => {
  it('with opacity becomes colour and mask', () => {
    const image = readPng(
      png({ width: 2, height: 1, depth: 8, colorType: 6, rows: [0, 255, 0, 0, 128, 1, 2, 3, 255] }),
    );
    expect(image).toMatchObject({ width: 2, height: 1, components: 3 });
    expect(pixels(image.color)).toEqual([255, 0, 0, 1, 2, 3]);
    expect(pixels(image.mask)).toEqual([128, 255]);
  });

  it('without opacity has no mask', () => {
    const image = readPng(png({ width: 1, height: 2, depth: 8, colorType: 0, rows: [0, 7, 2, 3] }));
    expect(pixels(image.color)).toEqual([7, 10]);
    expect(image.mask).toBeUndefined();
  });

  it('with a palette and few bits is spread out, its transparency kept', () => {
    const extra = [chunk('PLTE', Buffer.from([9, 9, 9, 200, 0, 0])), chunk('tRNS', Buffer.from([0]))];
    const image = readPng(png({ width: 3, height: 1, depth: 1, colorType: 3, rows: [0, 0b01100000], extra }));
    expect(pixels(image.color)).toEqual([9, 9, 9, 200, 0, 0, 200, 0, 0]);
    expect(pixels(image.mask)).toEqual([0, 255, 255]);
  });

  it('of 16 bits is brought to 8', () => {
    const image = readPng(png({ width: 1, height: 1, depth: 16, colorType: 4, rows: [0, 255, 255, 0, 0] }));
    expect([pixels(image.color), pixels(image.mask)]).toEqual([[255], [0]]);
  });

  it('that is interlaced gives every pixel its place', () => {
    // 2 x 2: pass 1 has (0,0), pass 6 has (1,0), pass 7 has row 1.
    const rows = [0, 1, 0, 2, 0, 3, 4];
    const image = readPng(png({ width: 2, height: 2, depth: 8, colorType: 0, interlaced: true, rows }));
    expect(pixels(image.color)).toEqual([1, 2, 3, 4]);
  });

  it('that is none, or too large, is refused with its own code', () => {
    expect(() => readPng(Buffer.from('GIF89a'))).toThrow('signing-image-invalid');
    const huge = png({ width: 100_000, height: 100_000, depth: 8, colorType: 6, rows: [0] });
    expect(() => readPng(huge)).toThrow('signing-image-too-large');
    expect(() => readPng(png({ width: 9, height: 9, depth: 8, colorType: 6, rows: [0] }))).toThrow(
      'signing-image-invalid',
    );
  });

  it('of any bytes ends in a picture or a Failure', () => {
    const good = png({
      width: 2,
      height: 1,
      depth: 8,
      colorType: 6,
      rows: [0, 255, 0, 0, 128, 1, 2, 3, 255],
    });
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
        const changed = Uint8Array.from(good);
        changed[at] = value;
        try {
          expect(readPng(changed).width).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
    );
  });
});
