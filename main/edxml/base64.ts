// Base64 as it comes through XML: streamed, wrapped or not, strict about everything that is not white space.
import { Failure } from '../../preload/contract/failure';
import { decodeGroups, lettersOfBase64, wordsOf } from './base64-groups';

const white = -2;
const pad = -3;

/** Values by character; negative is what is no letter. */
const table = lettersOfBase64();
for (const code of [9, 10, 13, 32]) table[code] = white;
table['='.charCodeAt(0)] = pad;

/** Decodes Base64 piece by piece. Missing padding is accepted, anything after padding and any other letter is not. */
export class Base64Decoder {
  #bits = 0;
  #count = 0;
  #pads = 0;

  /** The bytes that these characters (as bytes) complete, in memory of their own. Throws Failure `edxml-base64`. */
  decode(characters: Uint8Array): Uint8Array {
    const output = new Uint8Array(Math.floor((this.#count + characters.length) / 4) * 3);
    const words = wordsOf(characters);
    let bits = this.#bits;
    let count = this.#count;
    let length = 0;
    for (let index = 0; index < characters.length; index += 1) {
      if (count === 0) {
        const stop = decodeGroups(words, index, output, length);
        length += ((stop - index) / 4) * 3;
        index = stop;
        if (index === characters.length) break;
      }
      const value = table[characters[index] as number] as number;
      if (value >= 0) {
        if (this.#pads > 0) throw new Failure('edxml-base64', 'letters after padding');
        bits = (bits << 6) | value;
        count += 1;
        if (count === 4) {
          output[length] = bits >>> 16;
          output[length + 1] = bits >>> 8;
          output[length + 2] = bits;
          length += 3;
          bits = 0;
          count = 0;
        }
      } else if (value === pad) {
        this.#pads += 1;
        if (this.#pads > 2 || count < 2) throw new Failure('edxml-base64', 'misplaced padding');
      } else if (value !== white) {
        throw new Failure('edxml-base64', `character code ${characters[index]}`);
      }
    }
    this.#bits = bits;
    this.#count = count;
    return output.subarray(0, length);
  }

  /** The last bytes. Throws Failure `edxml-base64` when a letter is left over. */
  finish(): Uint8Array {
    if (this.#count === 0) {
      if (this.#pads > 0) throw new Failure('edxml-base64', 'padding without letters');
      return new Uint8Array(0);
    }
    if (this.#count === 1 || (this.#pads > 0 && this.#count + this.#pads !== 4)) {
      throw new Failure('edxml-base64', 'incomplete group');
    }
    return this.#count === 2
      ? Uint8Array.of((this.#bits >>> 4) & 255)
      : Uint8Array.of((this.#bits >>> 10) & 255, (this.#bits >>> 2) & 255);
  }
}

/** Encodes Base64 on one line, piece by piece. */
export class Base64Encoder {
  #rest = new Uint8Array(0);

  encode(bytes: Uint8Array): Uint8Array {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const whole = all.length - (all.length % 3);
    this.#rest = Uint8Array.from(all.subarray(whole));
    return Buffer.from(asBuffer(all.subarray(0, whole)).toString('base64'), 'latin1');
  }

  finish(): Uint8Array {
    return Buffer.from(asBuffer(this.#rest).toString('base64'), 'latin1');
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
