// What is decoded, when, and what is refused with which words: as the runtime's own decoder over cleaned text has it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Base64Decoder } from './base64-decoder';

interface Decoder {
  push(piece: string): Uint8Array;
  end(): Uint8Array;
}

/** The rule: white space out, whole groups to the runtime's decoder, whose result must have the full length. */
function byTheRuntime(): Decoder {
  let rest = '';
  let ended = false;
  const decode = (text: string): Uint8Array => {
    if (text === '') return new Uint8Array(0);
    const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
    if (padding > 0) ended = true;
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length !== (text.length / 4) * 3 - padding) throw new Error('the data is not Base64');
    return bytes;
  };
  return {
    push(piece) {
      const text = (rest + piece).replace(/[\t\n\r ]+/g, '');
      if (text === '') return new Uint8Array(0);
      if (ended) throw new Error('Base64 goes on after its padding');
      const whole = text.length - (text.length % 4);
      rest = text.slice(whole);
      return decode(text.slice(0, whole));
    },
    end() {
      const last = rest;
      rest = '';
      if (last === '') return new Uint8Array(0);
      if (last.length === 1) throw new Error('Base64 ends inside a byte');
      return decode(last.padEnd(4, '='));
    },
  };
}

/** What each piece gives, up to the refusal. */
function steps(decoder: Decoder, pieces: readonly string[]): string[] {
  const told: string[] = [];
  try {
    for (const piece of pieces) told.push(Buffer.from(decoder.push(piece)).toString('hex'));
    told.push(Buffer.from(decoder.end()).toString('hex'));
    // Whoever goes on after the end is told so, or goes on.
    for (const piece of [' ', 'QUJD']) told.push(Buffer.from(decoder.push(piece)).toString('hex'));
  } catch (error) {
    told.push(error instanceof Error ? error.message : String(error));
  }
  return told;
}

/** Pieces as bytes that lie at an odd place of larger memory. */
function overBytes(): Decoder {
  const decoder = new Base64Decoder();
  return {
    push: (piece) =>
      decoder.push(Buffer.concat([Buffer.from('Q'), Buffer.from(piece, 'latin1')]).subarray(1)),
    end: () => decoder.end(),
  };
}

function cut(text: string, places: readonly number[]): string[] {
  const sorted = [0, ...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
  return sorted.slice(1).map((place, index) => text.slice(sorted[index], place));
}

const runs = { numRuns: 3000 };
const cuts = fc.array(fc.nat(), { maxLength: 6 });
const odd = [
  '\n',
  '\r\n',
  '\t',
  ' ',
  '   ',
  '-',
  '_',
  '=',
  '==',
  '===',
  '!',
  '\0',
  '\f',
  '\v',
  'é',
  '\u00a0',
  'A',
  'AB',
];

/** Base64 of some bytes, perhaps wrapped, perhaps without padding or of the other alphabet, with odd characters put into it. */
const almostBase64 = fc
  .tuple(
    fc.uint8Array({ maxLength: 200 }),
    fc.constantFrom(0, 0, 3, 4, 64, 76),
    fc.constantFrom<'base64' | 'base64url'>('base64', 'base64', 'base64url'),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...odd)), { maxLength: 3 }),
  )
  .map(([bytes, width, alphabet, insertions]) => {
    let text = Buffer.from(bytes).toString(alphabet);
    if (width > 0) text = text.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
    for (const [place, what] of insertions) {
      const at = place % (text.length + 1);
      text = text.slice(0, at) + what + text.slice(at);
    }
    return text;
  });
const anyLetters = fc.string({
  unit: fc.constantFrom('A', 'z', '9', '+', '/', '-', '_', '=', ' ', '\n', '!'),
  maxLength: 24,
});

test('bytes and text are decoded and refused as the runtime does it, piece for piece, wherever they are cut', () => {
  fc.assert(
    fc.property(fc.oneof(almostBase64, anyLetters), cuts, (text, places) => {
      const pieces = cut(text, places);
      const told = steps(byTheRuntime(), pieces);
      expect(steps(new Base64Decoder(), pieces)).toEqual(told);
      expect(steps(overBytes(), pieces)).toEqual(told);
    }),
    runs,
  );
});

test('any byte among letters is taken, passed over or refused as the runtime does it', () => {
  for (let code = 0; code < 256; code++) {
    for (let place = 0; place <= 8; place++) {
      const put = `${'QUJDREVG'.slice(0, place)}${String.fromCharCode(code)}${'QUJDREVG'.slice(place)}`;
      for (const pieces of [[put], [put, 'QUJ'], [put.slice(0, 3), put.slice(3)]]) {
        expect(steps(overBytes(), pieces), JSON.stringify(pieces)).toEqual(steps(byTheRuntime(), pieces));
      }
    }
  }
});

test('text beyond bytes is judged as the runtime judges it', () => {
  const unit = fc.oneof(
    fc.constantFrom('A', 'z', '=', ' '),
    fc.nat(0xffff).map((code) => String.fromCharCode(code)),
  );
  const beyond = fc.constantFrom('\u0141', '\u013d', '\u0120', '\u010a', '\u20ac', '\ud83d\ude00');
  fc.assert(
    fc.property(
      fc.string({ unit: fc.oneof(fc.constant('Q'), unit, beyond), maxLength: 12 }),
      cuts,
      (text, places) => {
        const pieces = cut(text, places);
        expect(steps(new Base64Decoder(), pieces)).toEqual(steps(byTheRuntime(), pieces));
      },
    ),
    runs,
  );
});

test('large pieces of a package are decoded whole, and hold no memory but their own', () => {
  const bytes = Buffer.from(Array.from({ length: 270_000 }, (_, index) => (index * 2_654_435_761) >>> 13));
  const text = bytes.toString('base64');
  const decoder = new Base64Decoder();
  const pieces = [text.slice(0, 65_537), text.slice(65_537, 200_001), text.slice(200_001)];
  const decoded = pieces.map((piece) => decoder.push(Buffer.from(piece, 'latin1')));
  expect(Buffer.concat([...decoded, decoder.end()]).equals(bytes)).toBe(true);
  expect(decoded.map((one) => one.buffer.byteLength - one.byteLength)).toEqual([0, 0, 0]);
});
