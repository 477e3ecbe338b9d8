// Base64 as it comes through XML: streamed, wrapped or not, strict about everything that is not white space.
import { Failure } from '../../preload/contract/failure';

/** Below this the runtime's decoder is not worth its calls. */
const shortest = 64;
const minus = '-'.charCodeAt(0);
const underscore = '_'.charCodeAt(0);
/** Who wraps does it long before this many letters (RFC 2045: 76); any other white space goes letter by letter. */
const longestLine = 1024;
const allWhite = /[\t\n\r ]+/g;
const white = 64;
const pad = 65;
const bad = 66;

const table = new Uint8Array(256).fill(bad);
for (const [index, letter] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  table[letter.charCodeAt(0)] = index;
}
for (const code of [9, 10, 13, 32]) table[code] = white;
table['='.charCodeAt(0)] = pad;

/** Decodes Base64 piece by piece. Missing padding is accepted, anything after padding and any other letter is not. */
export class Base64Decoder {
  #bits = 0;
  #count = 0;
  #pads = 0;

  /** The bytes that these characters (as bytes) complete. Throws Failure `edxml-base64`. */
  decode(characters: Uint8Array): Uint8Array {
    return this.#wholeGroups(characters) ?? this.#letterByLetter(characters);
  }

  /**
   * Whole groups of nothing but letters, on one line or wrapped, by the runtime's own decoder, which is many times as fast; null
   * for everything else. That decoder passes over what is no letter and takes the letters of another alphabet: a result of the
   * full length and none of those two letters leave no room for either.
   */
  #wholeGroups(characters: Uint8Array): Uint8Array | null {
    if (this.#count !== 0 || this.#pads > 0 || characters.length < shortest) return null;
    const buffer = asBuffer(characters);
    if (buffer.includes(minus) || buffer.includes(underscore)) return null;
    let text = buffer.toString('latin1');
    const first = buffer.subarray(0, longestLine);
    if (first.includes(10) || first.includes(13) || first.includes(32) || first.includes(9)) {
      text = text.replace(allWhite, '');
    }
    const letters = text.length - (text.length % 4);
    const bytes = Buffer.from(letters === text.length ? text : text.slice(0, letters), 'base64');
    if (bytes.length !== (letters / 4) * 3) return null;
    if (letters === text.length) return bytes;
    return Buffer.concat([bytes, this.#letterByLetter(Buffer.from(text.slice(letters), 'latin1'))]);
  }

  #letterByLetter(characters: Uint8Array): Uint8Array {
    const output = new Uint8Array(Math.ceil(((characters.length + 3) * 3) / 4));
    let bits = this.#bits;
    let count = this.#count;
    let length = 0;
    for (let index = 0; index < characters.length; index += 1) {
      const value = table[characters[index] as number] as number;
      if (value < white) {
        if (this.#pads > 0) throw new Failure('edxml-base64', 'letters after padding');
        bits = (bits << 6) | value;
        count += 1;
        if (count === 4) {
          output[length] = (bits >>> 16) & 255;
          output[length + 1] = (bits >>> 8) & 255;
          output[length + 2] = bits & 255;
          length += 3;
          bits = 0;
          count = 0;
        }
      } else if (value === pad) {
        this.#pads += 1;
        if (this.#pads > 2 || count < 2) throw new Failure('edxml-base64', 'misplaced padding');
      } else if (value === bad) {
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
