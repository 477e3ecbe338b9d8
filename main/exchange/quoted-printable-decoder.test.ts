import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { QuotedPrintableDecoder } from './quoted-printable-decoder';
import { AnswerCut } from './transport';

/** The decoded bytes as latin1, or why there are none. The pieces end where `ends` says, again and again. */
function decoded(text: Uint8Array, ends: readonly number[] = [text.length + 1]): string {
  const decoder = new QuotedPrintableDecoder();
  const got: Uint8Array[] = [];
  try {
    for (let at = 0, turn = 0; at < text.length; turn++) {
      const size = ends[turn % ends.length] ?? 1;
      got.push(Uint8Array.from(decoder.push(text.subarray(at, at + size))));
      at += size;
    }
    got.push(decoder.end());
  } catch (error) {
    if (error instanceof AnswerCut) return `${error.reason}: ${error.message}`;
    throw error;
  }
  return Buffer.concat(got).toString('latin1');
}
const of = (text: string) => decoded(Buffer.from(text, 'latin1'));

/** Lines of at most 76 characters, as rule 5 wants them; `breaks` says after how many characters each ends. */
function encoded(bytes: Uint8Array, breaks: readonly number[], lineEnd: string): Buffer {
  const words = [...bytes].map((byte) => {
    const plain = byte > 32 && byte < 127 && byte !== 61;
    return plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  const lines: string[] = [''];
  for (const word of words) {
    const most = breaks[lines.length % breaks.length] ?? 75;
    if ((lines.at(-1)?.length ?? 0) + word.length > most) lines.push('');
    lines[lines.length - 1] += word;
  }
  return Buffer.from(lines.join(`=${lineEnd}`), 'latin1');
}

const chunking = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

describe('quoted-printable', () => {
  it('gives back any bytes, however its lines are broken and in whatever pieces it comes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.array(fc.integer({ min: 3, max: 75 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\r\n', '\n', ' \t\r\n', ' \n'),
        chunking,
        (bytes, breaks, lineEnd, ends) => {
          expect(decoded(encoded(bytes, breaks, lineEnd), ends)).toBe(Buffer.from(bytes).toString('latin1'));
        },
      ),
    );
  });

  it('is judged alike in any pieces, whatever stands in it', () => {
    const part = fc.constantFrom(
      '=',
      '4',
      '1',
      'a',
      'G',
      ' ',
      '\t',
      '\r',
      '\n',
      '\r\n',
      '=\r\n',
      '=3D',
      '=e1',
      'é',
      ' \r\n',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), chunking, (parts, ends) => {
        const text = Buffer.from(parts.join(''), 'latin1');
        const whole = decoded(text);
        expect(decoded(text, ends)).toBe(whole);
        expect(decoded(text, [1])).toBe(whole);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['small digits', 'G=c3=B3i', 'G\u00c3\u00b3i'],
    ['blanks before a line end, which a carrier added', 'a \t\r\nb  \nc ', 'a\r\nb\nc'],
    ['blanks before what goes on, which are data', 'a =\r\n b\t=\nc', 'a  b\tc'],
    ['a last line that is broken', 'ab=', 'ab'],
    ['a last line that is broken before blanks', 'ab= \t', 'ab'],
    ['a carriage return alone', 'a \rb\r', 'a \rb\r'],
    ['bytes that should have been encoded', 'caf\u00e9', 'caf\u00e9'],
    ['nothing', '', ''],
  ])('takes %s', (_, text, bytes) => {
    expect(of(text)).toBe(bytes);
  });

  test.each([
    '=4',
    '=G1',
    '=4G',
    '= 41',
    '=\r41',
    '=\r',
    '==41',
    `x${' '.repeat(5000)}y`,
    `x${' '.repeat(5000)}`,
  ])('refuses %j', (text) => {
    expect(of(text)).toMatch(/^garbled: /);
  });
});
