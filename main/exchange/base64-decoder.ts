// Decodes Base64 that arrives in pieces of any length. It keeps at most three characters and one piece in memory.
import { decodeGroups, lettersOfBase64, wordsOf } from '../edxml';
import { AnswerCut } from './transport';

const equals = '='.charCodeAt(0);
const white = -2;
const groupLength = 4;

/** Values by character; both alphabets of RFC 4648 are taken, negative is what is no letter. */
const values = lettersOfBase64();
values['-'.charCodeAt(0)] = 62;
values['_'.charCodeAt(0)] = 63;
for (const code of Buffer.from('\t\n\r ')) values[code] = white;
const letterOf = (character: number | undefined): number => values[character ?? 0] ?? -1;

/**
 * Text as bytes. Of a character beyond them the lower half alone counts, as the runtime's decoder reads it, but only as a letter: it is
 * neither white space nor padding.
 */
function bytesOf(text: string): Uint8Array {
  const letters = text.replace(/[\u0100-\uffff]/g, (character) => {
    const lower = character.charCodeAt(0) & 0xff;
    return letterOf(lower) >= 0 ? String.fromCharCode(lower) : '\0';
  });
  return Buffer.from(letters, 'latin1');
}

/** Feed ASCII pieces with `push`, close with `end`. Throws AnswerCut `garbled` for anything that is not Base64. */
export class Base64Decoder {
  /** Characters that are no whole group yet; they are judged when they are one. */
  private readonly group = new Uint8Array(groupLength);
  private count = 0;
  private ended = false;

  /** Returns the bytes that are complete so far, in memory of their own. */
  push(piece: string | Uint8Array): Uint8Array {
    const characters = typeof piece === 'string' ? bytesOf(piece) : piece;
    if (this.ended && (this.count > 0 || characters.some((one) => letterOf(one) !== white))) {
      throw new AnswerCut('garbled', 'Base64 goes on after its padding');
    }
    let words: DataView | undefined;
    const output = new Uint8Array(Math.floor((this.count + characters.length) / groupLength) * 3);
    let length = 0;
    let at = 0;
    while (at < characters.length) {
      if (this.count === 0 && !this.ended && characters.length - at >= groupLength) {
        words ??= wordsOf(characters);
        const stop = decodeGroups(words, at, output, length);
        length += ((stop - at) / groupLength) * 3;
        at = stop;
      }
      // One character by itself, whatever the groups stopped at: white space, padding, another alphabet, the end of the piece.
      if (at < characters.length && this.take(characters[at] ?? 0)) {
        if (this.ended) throw new AnswerCut('garbled', 'the data is not Base64');
        length += this.decodeGroup(output, length);
      }
      at++;
    }
    return output.subarray(0, length);
  }

  /** The bytes of a last group without padding, which some writers leave out. */
  end(): Uint8Array {
    const { count } = this;
    this.count = 0;
    if (count === 0) return new Uint8Array(0);
    if (count === 1) throw new AnswerCut('garbled', 'Base64 ends inside a byte');
    this.group.fill(equals, count);
    const output = new Uint8Array(3);
    return output.subarray(0, this.decodeGroup(output, 0));
  }

  /** True when the group is whole with this character. */
  private take(character: number): boolean {
    if (letterOf(character) === white) return false;
    this.group[this.count] = character;
    this.count++;
    return this.count === groupLength;
  }

  /** Writes the bytes of the whole group and returns their number. Behind padding there is none. */
  private decodeGroup(output: Uint8Array, at: number): number {
    const { group } = this;
    const padding = group[3] !== equals ? 0 : group[2] !== equals ? 1 : 2;
    const third = padding === 2 ? 0 : letterOf(group[2]);
    const fourth = padding > 0 ? 0 : letterOf(group[3]);
    const bits = (letterOf(group[0]) << 18) | (letterOf(group[1]) << 12) | (third << 6) | fourth;
    if (bits < 0) throw new AnswerCut('garbled', 'the data is not Base64');
    output[at] = bits >> 16;
    output[at + 1] = bits >> 8;
    output[at + 2] = bits;
    if (padding > 0) this.ended = true;
    this.count = 0;
    return 3 - padding;
  }
}
