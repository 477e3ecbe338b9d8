import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../preload/contract/failure';
import { Base64Decoder, Base64Encoder } from './base64';
import { contentTypeFor, isWrapped } from './content-type';
import { crc32 } from './crc32';
import { extensionOf, safeFileName } from './file-name';
import { fileSink } from './file-sink';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('Base64', () => {
  it('gives back any bytes in any pieces and equals the runtime’s encoding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 50 }), (bytes, piece) => {
        const encoder = new Base64Encoder();
        const parts: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; at += piece)
          parts.push(encoder.encode(bytes.subarray(at, at + piece)));
        parts.push(encoder.finish());
        const text = Buffer.concat(parts);
        expect(text.toString('latin1')).toBe(Buffer.from(bytes).toString('base64'));
        const decoder = new Base64Decoder();
        const back: Uint8Array[] = [];
        for (let at = 0; at < text.length; at += piece)
          back.push(decoder.decode(text.subarray(at, at + piece)));
        back.push(decoder.finish());
        expect(Buffer.concat(back).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });

  it('is judged alike in long pieces and letter by letter: wrapped, padded, of another alphabet, broken anywhere', () => {
    const decoded = (text: Buffer, piece: number): string => {
      const decoder = new Base64Decoder();
      const parts: Uint8Array[] = [];
      try {
        for (let at = 0; at < text.length; at += piece) {
          parts.push(Buffer.from(decoder.decode(text.subarray(at, at + piece))));
        }
        parts.push(decoder.finish());
      } catch (error) {
        return error instanceof Failure ? error.code : String(error);
      }
      return Buffer.concat(parts).toString('hex');
    };
    const odd = fc.constantFrom('\n', '\r\n', ' ', '-', '_', '=', '==', '!', 'é', '\0', 'A');
    const broken = fc.tuple(
      fc.uint8Array({ minLength: 90, maxLength: 600 }),
      fc.array(fc.tuple(fc.nat(800), odd)),
    );
    fc.assert(
      fc.property(
        broken,
        fc.integer({ min: 65, max: 900 }),
        fc.boolean(),
        ([bytes, places], piece, wraps) => {
          let text = Buffer.from(bytes).toString('base64');
          if (wraps) text = text.replace(/.{76}/g, '$&\r\n');
          for (const [at, what] of places.slice(0, 3)) text = text.slice(0, at) + what + text.slice(at);
          const characters = Buffer.from(text, 'latin1');
          expect(decoded(characters, piece)).toBe(decoded(characters, 1));
        },
      ),
      { numRuns: 600 },
    );
  });
});

describe('names of files', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\x.exe', 'x.exe'],
    ['công văn số 1.pdf', 'công văn số 1.pdf'],
    ['..', 'tep-dinh-kem'],
    ['', 'tep-dinh-kem'],
    ['a\u202Efdp.exe', 'afdp.exe'],
    ['con.txt', '_con.txt'],
    ['NUL', '_NUL'],
    ['a<b>:"|?*.pdf', 'a_b______.pdf'],
    ['.bashrc ', 'bashrc'],
    ['x\u0000y.pdf. . ', 'xy.pdf'],
  ])('%s becomes %s', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  it('are one short segment whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const safe = safeFileName(name);
        expect(safe).not.toMatch(/[\\/\u0000-\u001f]|^\.|[. ]$/);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
        expect(safe.length).toBeGreaterThan(0);
      }),
    );
    expect(safeFileName(`${'ộ'.repeat(300)}.pdf`)).toMatch(/^ộ+\.pdf$/);
  });

  it('have extensions, and those say how they travel', () => {
    expect(['a.PDF', 'a', '.x', 'a.', 'a.b/c'].map(extensionOf)).toEqual(['pdf', '', '', '', '']);
    expect(contentTypeFor('a.XLSX')).toBe('application/zip');
    expect(isWrapped('Application/X-Zip-Compressed; x=1', 'a.xlsx')).toBe(true);
    expect(isWrapped('application/zip', 'a.ZIP')).toBe(false);
    expect(isWrapped('application/xlsx', 'a.xlsx')).toBe(false);
  });
});

describe('CRC-32', () => {
  it('has the check value of the algorithm, in one piece or two', () => {
    const bytes = Buffer.from('123456789');
    expect(crc32(bytes)).toBe(0xcbf43926);
    expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
  });
});

describe('the folder sink', () => {
  it('writes under the attachment’s own name, never over another file, and leaves nothing of a discarded one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'edxml-'));
    folders.push(folder);
    const sink = fileSink(join(folder, 'in'), (name) => `in/${name}`);
    const paths: string[] = [];
    for (const text of ['một', 'hai']) {
      const writer = await sink.open({});
      await writer.write(Buffer.from(text));
      paths.push((await writer.close({ name: '../../a.pdf' })).path);
    }
    const discarded = await sink.open({});
    await discarded.write(Buffer.from('x'));
    await discarded.discard();
    expect(paths).toEqual(['in/a.pdf', 'in/a (2).pdf']);
    expect(readdirSync(join(folder, 'in')).sort()).toEqual(['a (2).pdf', 'a.pdf']);
    expect(readFileSync(join(folder, 'in/a (2).pdf'), 'utf8')).toBe('hai');
  });
});
