import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../preload/contract/failure';
import { decodeStream } from './filters';
import { SyntaxReader } from './syntax';
import { isDict, type PdfDict, type PdfValue } from './values';

function dict(syntax: string): PdfDict {
  const value = new SyntaxReader(new Uint8Array(Buffer.from(syntax, 'latin1')), 0, true).readValue();
  if (!isDict(value)) throw new Error('not a dictionary');
  return value;
}

const direct = (value: PdfValue | undefined): PdfValue => value ?? null;

function decode(data: Uint8Array | string, syntax: string, limit = 10_000): string {
  const bytes = typeof data === 'string' ? new Uint8Array(Buffer.from(data, 'latin1')) : data;
  return Buffer.from(decodeStream(bytes, dict(syntax), limit, direct)).toString('latin1');
}

/** Packs codes of 9 to 12 bits as an LZW encoder does that never uses a table code. */
function plainLzw(text: string): Uint8Array {
  let bits = (256).toString(2).padStart(9, '0');
  for (const char of text) bits += char.charCodeAt(0).toString(2).padStart(9, '0');
  bits += (257).toString(2).padStart(9, '0');
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
}

describe('filters', () => {
  it('decode hexadecimal, base 85, run lengths and LZW', () => {
    expect(decode('48 65 6c6C 6f>', '<< /Filter /ASCIIHexDecode >>')).toBe('Hello');
    expect(decode('87cURD]i,"Ebo80~>', '<< /Filter /ASCII85Decode >>')).toBe('Hello World!');
    expect(decode('z~>', '<< /Filter /A85 >>')).toBe('\0\0\0\0');
    expect(decode('\x02abc\xfed\x80', '<< /Filter /RunLengthDecode >>')).toBe('abcddd');
    expect(decode(plainLzw('van thu'), '<< /Filter /LZWDecode >>')).toBe('van thu');
    // The example of ISO 32000-2, 7.4.4.2.
    const example = Uint8Array.of(0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01);
    expect(decode(example, '<< /Filter [/LZWDecode] >>')).toBe('-----A---B');
  });

  it('work one after the other', () => {
    const inner = deflateSync(Buffer.from('van ban')).toString('hex');
    expect(decode(`${inner}>`, '<< /Filter [/AHx /Fl] /DecodeParms [null null] >>')).toBe('van ban');
  });

  it('undo every PNG row filter', () => {
    const rows = [
      [0, 10, 20, 30],
      [1, 5, 5, 5],
      [2, 1, 1, 1],
      [3, 4, 4, 4],
      [4, 2, 2, 2],
    ];
    const data = deflateSync(Uint8Array.from(rows.flat()));
    const parms = '/DecodeParms << /Predictor 15 /Columns 3 >>';
    const out = [...Buffer.from(decode(data, `<< /Filter /FlateDecode ${parms} >>`), 'latin1')];
    expect(out).toEqual([10, 20, 30, 5, 10, 15, 6, 11, 16, 7, 13, 18, 9, 15, 20]);
  });

  it('undo the TIFF predictor', () => {
    const parms = '/DecodeParms << /Predictor 2 /Columns 4 >>';
    const out = decode(
      deflateSync(Uint8Array.of(1, 1, 1, 1, 9, 1, 1, 1)),
      `<< /Filter /FlateDecode ${parms} >>`,
    );
    expect([...Buffer.from(out, 'latin1')]).toEqual([1, 2, 3, 4, 9, 10, 11, 12]);
  });

  it('refuse a bomb at the limit', () => {
    const bomb = deflateSync(Buffer.alloc(1_000_000));
    expect(() => decode(bomb, '<< /Filter /FlateDecode >>', 1000)).toThrow(Failure);
    expect(() => decode(Buffer.alloc(100, 129), '<< /Filter /RL >>', 1000)).toThrow(Failure);
  });

  it('refuse what they do not know', () => {
    expect(() => decode('x', '<< /Filter /JBIG2Decode >>')).toThrow('pdf-stream-unsupported');
    expect(() => decode('x', '<< /F (other) >>')).toThrow('pdf-stream-unsupported');
  });

  it('end in data or a Failure on any bytes', () => {
    const names = ['FlateDecode', 'LZWDecode', 'ASCIIHexDecode', 'ASCII85Decode', 'RunLengthDecode'];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.uint8Array({ maxLength: 200 }), (name, bytes) => {
        try {
          expect(decode(bytes, `<< /Filter /${name} >>`).length).toBeLessThanOrEqual(10_000);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
    );
  });
});
