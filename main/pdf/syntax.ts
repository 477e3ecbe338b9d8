// Reads PDF syntax (ISO 32000-2, 7.2 and 7.3) from bytes in memory, strictly. It follows no reference and knows no file.
import { Failure } from '../../preload/contract/failure';
import { limits } from './limits';
import {
  type DictEntry,
  type PdfArray,
  type PdfDict,
  type PdfName,
  type PdfString,
  type PdfUnknown,
  type PdfValue,
  strayKey,
} from './values';

/** Thrown when the bytes at hand end before the syntax does and the file has more. Never leaves the room. */
export const needMoreBytes = new Error('more bytes needed');

const WHITE = 1;
const DELIMITER = 2;
const kinds = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) kinds[byte] = WHITE;
for (const char of '()<>[]{}/%') kinds[char.charCodeAt(0)] = DELIMITER;

export function isWhite(byte: number): boolean {
  return kinds[byte] === WHITE;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(byte: number): number {
  if (isDigit(byte)) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

export function damaged(detail: string): Failure {
  return new Failure('pdf-object-damaged', detail);
}

const names = new Map<string, PdfName>();

/** One shared value a name, for the common ones: a page tree repeats them endlessly. */
function nameOf(name: string): PdfName {
  const known = names.get(name);
  if (known !== undefined) return known;
  const made: PdfName = { kind: 'name', name };
  if (names.size < 4096) names.set(name, made);
  return made;
}

/** Words that end what stands around them: met inside a value, its end is missing. */
const structureWords: ReadonlySet<string> = new Set(
  'obj endobj stream endstream xref trailer startxref'.split(' '),
);
/** Longer words, or more of them in one dictionary, are no slip of a writer. */
const LONGEST_WORD = 64;
const MOST_STRAYS = 16;
const LONGEST_HEX = 4096;

/** A cursor over bytes. `final` says that the bytes end where the file (or the stream) ends. */
export class SyntaxReader {
  constructor(
    readonly bytes: Uint8Array,
    public position: number,
    readonly final: boolean,
  ) {}

  /** The byte at the cursor, or -1 at the end of the file. */
  peek(): number {
    const byte = this.bytes[this.position];
    if (byte !== undefined) return byte;
    if (!this.final) throw needMoreBytes;
    return -1;
  }

  private at(position: number): number {
    const byte = this.bytes[position];
    if (byte !== undefined) return byte;
    if (!this.final) throw needMoreBytes;
    return -1;
  }

  /** Moves over white space and comments. */
  skipWhite(): void {
    for (;;) {
      const byte = this.peek();
      if (byte === 37) {
        for (let inside = byte; inside !== 10 && inside !== 13 && inside !== -1; inside = this.peek()) {
          this.position += 1;
        }
      } else if (byte === -1 || kinds[byte] !== WHITE) {
        return;
      } else {
        this.position += 1;
      }
    }
  }

  /** True and moved over it when the keyword stands at the cursor and ends there. */
  tryKeyword(word: string): boolean {
    for (let index = 0; index < word.length; index += 1) {
      if (this.at(this.position + index) !== word.charCodeAt(index)) return false;
    }
    const after = this.at(this.position + word.length);
    if (after !== -1 && kinds[after] === 0) return false;
    this.position += word.length;
    return true;
  }

  /** An unsigned whole number at the cursor, or -1 (cursor unmoved). */
  tryCount(): number {
    const start = this.position;
    let value = 0;
    let position = start;
    let byte = this.at(position);
    while (isDigit(byte)) {
      value = value * 10 + (byte - 48);
      position += 1;
      byte = this.at(position);
    }
    if (position === start || position - start > 15 || (byte !== -1 && kinds[byte] === 0)) return -1;
    this.position = position;
    return value;
  }

  /** The regular characters at the cursor, moved over. */
  private readWord(): string {
    const start = this.position;
    let byte = this.peek();
    while (byte !== -1 && kinds[byte] === 0) {
      this.position += 1;
      byte = this.peek();
    }
    let text = '';
    for (let index = start; index < this.position; index += 1) {
      text += String.fromCharCode(this.bytes[index] ?? 0);
    }
    return text;
  }

  /** A word that is no value. Throws where it is none, or ends what stands around it. */
  private readUnknown(): PdfUnknown {
    const byte = this.peek();
    const text = this.readWord();
    if (text === '' || text.length > LONGEST_WORD || structureWords.has(text))
      throw damaged(text === '' ? `unexpected byte ${byte}` : `unexpected ${text.slice(0, 20)}`);
    return { kind: 'unknown', text };
  }

  private readNumber(): number | PdfUnknown {
    const start = this.position;
    const text = this.readWord();
    if (!/^[+-]*(\d+\.?\d*|\.\d*)$/.test(text)) {
      this.position = start;
      return this.readUnknown();
    }
    const sign = text.startsWith('-') ? -1 : 1;
    const value = Number(text.replace(/^[+-]+/, ''));
    return Number.isNaN(value) ? 0 : sign * value;
  }

  private readName(): PdfName {
    this.position += 1;
    let text = '';
    for (;;) {
      let byte = this.peek();
      if (byte === -1 || kinds[byte] !== 0) return nameOf(text);
      if (byte === 35) {
        const high = hexDigit(this.at(this.position + 1));
        const low = high < 0 ? -1 : hexDigit(this.at(this.position + 2));
        if (low >= 0) {
          byte = high * 16 + low;
          this.position += 2;
        }
      }
      text += String.fromCharCode(byte);
      this.position += 1;
    }
  }

  private readHexString(): PdfString | PdfUnknown {
    this.position += 1;
    const start = this.position;
    const end = this.bytes.indexOf(62, start);
    if (end < 0) {
      if (!this.final) throw needMoreBytes;
      throw damaged('hex string without end');
    }
    const plain = this.plainHex(start, end);
    if (plain !== undefined) {
      this.position = end + 1;
      return { kind: 'string', bytes: plain, hex: true };
    }
    const out = new Uint8Array(Math.ceil((end - start) / 2));
    let digits = 0;
    for (let index = start; index < end; index += 1) {
      const byte = this.bytes[index] ?? 0;
      const digit = hexDigit(byte);
      if (digit < 0) {
        if (kinds[byte] === WHITE) continue;
        const text = Buffer.from(this.bytes.subarray(start - 1, end + 1)).toString('latin1');
        // What ends the string for one reader would be its inside for another.
        if (text.length > LONGEST_HEX || /[<()]|\bendobj\b/.test(text.slice(1)))
          throw damaged('hex string with other characters');
        this.position = end + 1;
        return { kind: 'unknown', text };
      }
      const place = digits >> 1;
      out[place] = (out[place] ?? 0) | (digits % 2 === 0 ? digit << 4 : digit);
      digits += 1;
    }
    this.position = end + 1;
    return { kind: 'string', bytes: out.slice(0, Math.ceil(digits / 2)), hex: true };
  }

  /** Pairs of digits and nothing else, as every /Contents has them, or undefined: the decoder stops at anything else. */
  private plainHex(start: number, end: number): Uint8Array | undefined {
    const { buffer, byteOffset } = this.bytes;
    const text = Buffer.from(buffer, byteOffset + start, end - start).toString('latin1');
    const decoded = Buffer.from(text, 'hex');
    if (decoded.length * 2 !== text.length) return undefined;
    return new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.length);
  }

  private readLiteralString(): PdfString {
    this.position += 1;
    const out: number[] = [];
    let open = 1;
    for (;;) {
      let byte = this.peek();
      if (byte === -1) throw damaged('string without end');
      this.position += 1;
      if (byte === 40) open += 1;
      else if (byte === 41) {
        open -= 1;
        if (open === 0) return { kind: 'string', bytes: Uint8Array.from(out), hex: false };
      } else if (byte === 92) {
        const escaped = this.readEscape();
        if (escaped >= 0) out.push(escaped);
        continue;
      } else if (byte === 13) {
        // 7.3.4.2: an end of line inside a string reads as one line feed.
        if (this.peek() === 10) this.position += 1;
        byte = 10;
      }
      out.push(byte);
    }
  }

  /** The byte an escape stands for, or -1 for a line continuation. The cursor is after the backslash. */
  private readEscape(): number {
    const byte = this.peek();
    if (byte === -1) throw damaged('string without end');
    this.position += 1;
    if (byte >= 48 && byte <= 55) {
      let value = byte - 48;
      for (let more = 0; more < 2; more += 1) {
        const next = this.peek();
        if (next < 48 || next > 55) break;
        value = value * 8 + (next - 48);
        this.position += 1;
      }
      return value & 255;
    }
    if (byte === 13) {
      if (this.peek() === 10) this.position += 1;
      return -1;
    }
    if (byte === 10) return -1;
    const place = 'nrtbf'.indexOf(String.fromCharCode(byte));
    return place < 0 ? byte : ([10, 13, 9, 8, 12][place] ?? byte);
  }

  private readArray(depth: number): PdfArray {
    const start = this.position;
    this.position += 1;
    const items: PdfValue[] = [];
    for (;;) {
      this.skipWhite();
      if (this.peek() === 93) {
        this.position += 1;
        return { kind: 'array', items, start, end: this.position };
      }
      items.push(this.readValue(depth + 1));
    }
  }

  private readDict(depth: number): PdfDict {
    const start = this.position;
    this.position += 2;
    const entries = new Map<string, DictEntry>();
    const duplicates: string[] = [];
    let strays = 0;
    for (;;) {
      this.skipWhite();
      const byte = this.peek();
      if (byte === 62 && this.at(this.position + 1) === 62) {
        this.position += 2;
        return { kind: 'dict', entries, duplicates, start, end: this.position };
      }
      if (byte !== 47) {
        // Readers pass over a word here and go on with the next name.
        if (strays >= MOST_STRAYS || kinds[byte] !== 0) throw damaged('dictionary key is not a name');
        const keyStart = this.position;
        const value = this.readUnknown();
        strays += 1;
        entries.set(`${strayKey}${strays}`, { value, keyStart, start: keyStart, end: this.position });
        continue;
      }
      const keyStart = this.position;
      const key = this.readName().name;
      this.skipWhite();
      const valueStart = this.position;
      const value = this.readValue(depth + 1);
      if (entries.has(key)) duplicates.push(key);
      entries.set(key, { value, keyStart, start: valueStart, end: this.position });
    }
  }

  private readNumberOrReference(): PdfValue {
    const start = this.position;
    const number = this.tryCount();
    if (number < 0) return this.readNumber();
    const afterNumber = this.position;
    this.skipWhite();
    const generation = isDigit(this.peek()) ? this.tryCount() : -1;
    if (generation >= 0) {
      this.skipWhite();
      if (this.peek() === 82 && this.tryKeyword('R')) {
        if (number > limits.objectNumber || generation > 65535) {
          return { kind: 'unknown', text: `${number} ${generation} R` };
        }
        return { kind: 'ref', number, generation };
      }
    }
    this.position = afterNumber;
    return afterNumber > start ? number : this.readNumber();
  }

  /** The value at the cursor. Throws Failure `pdf-object-damaged` or `pdf-too-deep`. */
  readValue(depth = 0): PdfValue {
    if (depth > limits.nesting) throw new Failure('pdf-too-deep', `nesting over ${limits.nesting}`);
    this.skipWhite();
    const byte = this.peek();
    switch (byte) {
      case 47:
        return this.readName();
      case 40:
        return this.readLiteralString();
      case 91:
        return this.readArray(depth);
      case 60:
        return this.at(this.position + 1) === 60 ? this.readDict(depth) : this.readHexString();
      case 116:
        if (this.tryKeyword('true')) return true;
        break;
      case 102:
        if (this.tryKeyword('false')) return false;
        break;
      case 110:
        if (this.tryKeyword('null')) return null;
        break;
      default:
        if (isDigit(byte)) return this.readNumberOrReference();
        if (byte === 43 || byte === 45 || byte === 46) return this.readNumber();
    }
    return this.readUnknown();
  }
}
