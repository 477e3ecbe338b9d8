import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkPicture, checkStampPicture } from './picture-check';

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  // Our reader does not look at the sum of a chunk.
  return Buffer.concat([length, body, sum]);
}

interface Drawn {
  readonly width?: number;
  readonly height?: number;
  readonly colour?: readonly [number, number, number];
  /** Share of the rows that are painted; the rest is clear. */
  readonly painted?: number;
  readonly density?: number;
  readonly moving?: boolean;
}

/** A PNG whose upper rows are painted. */
function png({
  width = 400,
  height = 300,
  colour = [220, 20, 20],
  painted = 0.5,
  density,
  moving,
}: Drawn = {}) {
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let y = 0; y < height * painted; y += 1) {
    for (let x = 0; x < width; x += 1) rows.set([...colour, 255], y * (width * 4 + 1) + 1 + x * 4);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const physical = Buffer.alloc(9);
  physical.writeUInt32BE(density ?? 0, 0);
  physical.writeUInt32BE(density ?? 0, 4);
  physical[8] = 1;
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', header),
      ...(density === undefined ? [] : [chunk('pHYs', physical)]),
      ...(moving === true ? [chunk('acTL', Buffer.alloc(8))] : []),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('a picture for signing', () => {
  it('is taken as wide as its file says, else as its kind usually is', () => {
    expect(checkPicture(png({ density: 11_811 }), 'seal')).toEqual({
      width: 400,
      height: 300,
      widthMm: 33.9,
      colourFits: true,
    });
    expect(checkPicture(png(), 'seal').widthMm).toBe(36);
    expect(checkPicture(png({ colour: [20, 40, 200] }), 'signature')).toMatchObject({
      widthMm: 48,
      colourFits: true,
    });
    // A density that makes it as wide as a hand tells nothing.
    expect(checkPicture(png({ density: 1000 }), 'seal').widthMm).toBe(36);
  });

  it('is said to have the wrong colour: red for a seal, blue for a signature', () => {
    expect(checkPicture(png({ colour: [20, 40, 200] }), 'seal').colourFits).toBe(false);
    expect(checkPicture(png({ colour: [0, 0, 0] }), 'signature').colourFits).toBe(false);
  });

  it.each([
    ['picture-moves', png({ moving: true }), undefined],
    ['picture-opaque', png({ painted: 1 }), undefined],
    ['picture-empty', png({ painted: 0 }), undefined],
    ['picture-coarse', png({ width: 120, height: 120 }), undefined],
    ['picture-coarse', png(), 79],
    ['picture-size', png(), 9],
    ['picture-size', png(), 81],
    ['picture-size', png(), Number.NaN],
    ['picture-no-png', new Uint8Array(Buffer.from('GIF89a                                 ')), undefined],
    ['picture-no-png', new Uint8Array(0), undefined],
    ['signing-image-invalid', png().subarray(0, 60), undefined],
    ['picture-too-large', png({ width: 4001, height: 4001, painted: 0 }), undefined],
  ] as const)('is refused with %s', (wanted, bytes, widthMm) => {
    expect(() => checkPicture(bytes, 'seal', widthMm)).toThrow(code(wanted));
  });
});

describe('a picture for a stamp among the notes', () => {
  it('may be of any size and have a ground of its own, but is a still PNG that shows something', () => {
    expect(checkStampPicture(png({ width: 60, height: 20, painted: 1 }))).toEqual({ width: 60, height: 20 });
    expect(() => checkStampPicture(png({ painted: 0 }))).toThrow(code('picture-empty'));
    expect(() => checkStampPicture(png({ moving: true }))).toThrow(code('picture-moves'));
    expect(() => checkStampPicture(new Uint8Array(9))).toThrow(code('picture-no-png'));
    expect(() => checkStampPicture(png().subarray(0, 60))).toThrow(code('signing-image-invalid'));
  });
});
