// Base64 of attachments by a rule that looks at one character after another: what is decoded with which piece, what is refused.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isFailure } from '../../preload/contract/failure';
import { Base64Decoder } from './base64';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The rule, without regard for time. `took` is given the bytes that each piece completes. */
function byTheRule(pieces: readonly Buffer[], took: (bytes: readonly number[]) => void): string | null {
  let bits = '';
  let pads = 0;
  const lettersSoFar = () => (bits.length / 6) % 4;
  const whole = (): number[] => (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  for (const piece of pieces) {
    for (const code of piece) {
      const letter = String.fromCharCode(code);
      const value = letters.indexOf(letter);
      if (value >= 0) {
        if (pads > 0) return 'letters after padding';
        bits += value.toString(2).padStart(6, '0');
      } else if (letter === '=') {
        pads += 1;
        if (pads > 2 || lettersSoFar() < 2) return 'misplaced padding';
      } else if (!'\t\n\r '.includes(letter)) return `character code ${code}`;
    }
    const open = bits.slice(bits.length - lettersSoFar() * 6);
    bits = bits.slice(0, bits.length - open.length);
    took(whole());
    bits = open;
  }
  const count = lettersSoFar();
  if (count === 0 && pads > 0) return 'padding without letters';
  if (count === 1 || (pads > 0 && count + pads !== 4)) return 'incomplete group';
  took(whole());
  return null;
}

function byTheDecoder(pieces: readonly Buffer[], took: (bytes: readonly number[]) => void): string | null {
  const decoder = new Base64Decoder();
  try {
    for (const piece of pieces) took([...decoder.decode(piece)]);
    took([...decoder.finish()]);
    return null;
  } catch (error) {
    return isFailure(error) && error.code === 'edxml-base64' ? error.detail : String(error);
  }
}

function told(judge: typeof byTheRule, pieces: readonly Buffer[]) {
  const steps: (readonly number[])[] = [];
  const refusal = judge(pieces, (bytes) => steps.push(bytes));
  return { steps, refusal };
}

const odd = [
  '\n',
  '\r\n',
  '\t',
  '    ',
  '-',
  '_',
  '=',
  '==',
  '===',
  '!',
  '\0',
  '\f',
  'é',
  '\u00a0',
  'A',
  'AB',
];
const almostBase64 = fc
  .tuple(
    fc.uint8Array({ maxLength: 200 }),
    fc.constantFrom(0, 0, 5, 64, 76),
    fc.constantFrom('\n', '\r\n', '\r\n    '),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...odd)), { maxLength: 3 }),
  )
  .map(([bytes, width, lineEnd, insertions]) => {
    let text = Buffer.from(bytes).toString('base64');
    if (width > 0) text = text.replace(new RegExp(`.{${width}}`, 'g'), `$&${lineEnd}`);
    for (const [place, what] of insertions) {
      const at = place % (text.length + 1);
      text = text.slice(0, at) + what + text.slice(at);
    }
    return text;
  });
const anyLetters = fc.string({
  unit: fc.constantFrom('A', 'z', '9', '+', '/', '=', ' ', '\n', '!'),
  maxLength: 24,
});

it('is decoded and refused as the rule has it, piece for piece, wherever it is cut', () => {
  fc.assert(
    fc.property(fc.oneof(almostBase64, anyLetters), fc.array(fc.nat(), { maxLength: 6 }), (text, cuts) => {
      const bytes = Buffer.from(text, 'latin1');
      const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
      const pieces = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
      expect(told(byTheDecoder, pieces)).toEqual(told(byTheRule, pieces));
    }),
    { numRuns: 3000 },
  );
});

it('gives every byte its place among letters: one of them, white space, padding or the end', () => {
  for (let code = 0; code < 256; code += 1) {
    for (let place = 0; place <= 8; place += 1) {
      const text = Buffer.from('QUJDREVG', 'latin1');
      const pieces = [Buffer.concat([text.subarray(0, place), Buffer.of(code), text.subarray(place)])];
      expect(told(byTheDecoder, pieces), `${code} at ${place}`).toEqual(told(byTheRule, pieces));
    }
  }
});
