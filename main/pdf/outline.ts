// Finds what a plainly written object refers to and where it ends, without building its value. It decides nothing: at
// whatever is unusual it says so, and the caller reads the object with the strict reader.
import { limits } from './limits';

/** Not plain: the strict reader has to look. */
export const UNSURE = -1;
/** The bytes at hand end before the object does. */
export const SHORT = -2;

const REGULAR = 0;
const WHITE = 1;
const DELIMITER = 2;
const kinds = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) kinds[byte] = WHITE;
for (const char of '()<>[]{}/%') kinds[char.charCodeAt(0)] = DELIMITER;

const hexOrWhite = new Uint8Array(256);
for (const char of '0123456789abcdefABCDEF\0\t\n\f\r ') hexOrWhite[char.charCodeAt(0)] = 1;

const DEEPEST = 32;
const MOST_KEYS = 64;
const ARRAY = 0;
const KEY = 1;
const VALUE = 2;
/** FNV-1a of `Length`. */
const lengthHash = [...'Length'].reduce((hash, char) => step(hash, char.charCodeAt(0)), 0x811c9dc5);

function step(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193) >>> 0;
}

/** One scanner for many objects: its lists are used again, so that 300 000 objects cost no memory each. */
export class Outline {
  /** Object numbers that the last object refers to, one for each reference, in order: the first `count`. */
  targets = new Uint32Array(256);
  count = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  private at = 0;
  private final = false;
  private depth = 0;
  private readonly contexts = new Uint8Array(DEEPEST + 1);
  /** Hashes of the keys of all open dictionaries, and where those of each begin. */
  private readonly keys = new Uint32Array((DEEPEST + 1) * MOST_KEYS);
  private keyCount = 0;
  private readonly keysFrom = new Uint32Array(DEEPEST + 1);
  /** The outermost dictionary's /Length: a number, `UNSURE` for something else. */
  private length = UNSURE;
  private lengthNext = false;

  /**
   * Looks at an indirect object whose number begins at `bytes[0]`. `final` says that the file ends with the bytes.
   * Returns where it ends: after its value, or after a stream's data; or UNSURE or SHORT.
   */
  object(bytes: Uint8Array, number: number, generation: number, final: boolean): number {
    this.begin(bytes, 0, final);
    this.skipWhite();
    if (this.digits(7) !== number) return this.doubt();
    this.skipWhite();
    if (this.digits(5) !== generation) return this.doubt();
    this.skipWhite();
    if (!this.word(111, 98, 106)) return this.doubt();
    this.skipWhite();
    const isDict = bytes[this.at] === 60 && bytes[this.at + 1] === 60;
    const end = this.value();
    if (end < 0 || !isDict) return end;
    this.skipWhite();
    const next = bytes[this.at];
    if (next === undefined || next === 37) return this.doubt();
    if (next !== 115) return end;
    if (!this.word(115, 116, 114) || !this.word(101, 97, 109)) return this.doubt();
    const after = bytes[this.at];
    if (after === undefined || kinds[after] === REGULAR) return this.doubt();
    while (bytes[this.at] === 32) this.at += 1;
    if (bytes[this.at] === 13) this.at += 1;
    if (bytes[this.at] === 10) this.at += 1;
    if (this.at >= bytes.length) return this.doubt();
    return this.length < 0 ? UNSURE : this.at + this.length;
  }

  /** Looks at a value inside an object stream, from `start`. Returns where it ends, or UNSURE. */
  member(bytes: Uint8Array, start: number): number {
    this.begin(bytes, start, true);
    return this.value();
  }

  private begin(bytes: Uint8Array, start: number, final: boolean): void {
    this.bytes = bytes;
    this.at = start;
    this.final = final;
    this.depth = 0;
    this.count = 0;
    this.keyCount = 0;
    this.length = UNSURE;
    this.lengthNext = false;
  }

  /** At the end of the bytes more may settle it; elsewhere they do not. A wrong SHORT costs a second look, no more. */
  private doubt(): number {
    return this.final || this.at + 8 < this.bytes.length ? UNSURE : SHORT;
  }

  private skipWhite(): void {
    const { bytes } = this;
    while (this.at < bytes.length && kinds[bytes[this.at] ?? 0] === WHITE) this.at += 1;
  }

  private word(first: number, second: number, third: number): boolean {
    const { bytes, at } = this;
    if (bytes[at] !== first || bytes[at + 1] !== second || bytes[at + 2] !== third) return false;
    this.at = at + 3;
    return true;
  }

  /** A whole number of at most so many digits that ends where it should, or -1 with the cursor unmoved. */
  private digits(most: number): number {
    const { bytes, at } = this;
    let value = 0;
    let end = at;
    for (; end < bytes.length; end += 1) {
      const digit = (bytes[end] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (end === at || end - at > most || end >= bytes.length) return -1;
    if (kinds[bytes[end] ?? 0] === REGULAR) return -1;
    this.at = end;
    return value;
  }

  private value(): number {
    const { bytes } = this;
    for (;;) {
      this.skipWhite();
      const byte = bytes[this.at];
      if (byte === undefined) return this.doubt();
      const context = this.depth === 0 ? VALUE : (this.contexts[this.depth] ?? VALUE);
      let done = true;
      if (context === KEY) {
        if (byte === 62 && bytes[this.at + 1] === 62) this.close();
        else if (byte !== 47 || !this.key()) return this.doubt();
        else continue;
      } else if (byte === 93) {
        if (context !== ARRAY || this.depth === 0) return UNSURE;
        this.at += 1;
        this.depth -= 1;
      } else if (byte === 91 || (byte === 60 && bytes[this.at + 1] === 60)) {
        if (this.depth >= DEEPEST) return UNSURE;
        this.noteLength(UNSURE);
        this.open(byte === 91 ? ARRAY : KEY);
        done = false;
      } else if (!this.scalar(byte)) {
        return this.doubt();
      }
      if (!done) continue;
      if (this.depth === 0) return this.at;
      if (this.contexts[this.depth] === VALUE) this.contexts[this.depth] = KEY;
    }
  }

  private open(context: number): void {
    this.at += context === ARRAY ? 1 : 2;
    this.depth += 1;
    this.contexts[this.depth] = context;
    this.keysFrom[this.depth] = this.keyCount;
  }

  private close(): void {
    this.at += 2;
    this.keyCount = this.keysFrom[this.depth] ?? 0;
    this.depth -= 1;
  }

  /** A key; false for one that may stand twice or hides its letters: which of two values counts is the reader's to say. */
  private key(): boolean {
    const { bytes } = this;
    let hash = 0x811c9dc5;
    let end = this.at + 1;
    for (; end < bytes.length; end += 1) {
      const byte = bytes[end] ?? 0;
      if (kinds[byte] !== REGULAR) break;
      if (byte === 35) return false;
      hash = step(hash, byte);
    }
    if (end >= bytes.length) {
      this.at = end;
      return false;
    }
    const from = this.keysFrom[this.depth] ?? 0;
    if (this.keyCount - from >= MOST_KEYS) return false;
    for (let index = from; index < this.keyCount; index += 1) if (this.keys[index] === hash) return false;
    this.keys[this.keyCount] = hash;
    this.keyCount += 1;
    this.lengthNext = this.depth === 1 && hash === lengthHash && end - this.at === 7;
    this.contexts[this.depth] = VALUE;
    this.at = end;
    return true;
  }

  private noteLength(value: number): void {
    if (!this.lengthNext) return;
    this.length = value;
    this.lengthNext = false;
  }

  private scalar(byte: number): boolean {
    if (byte >= 48 && byte <= 57) return this.numberOrReference();
    this.noteLength(UNSURE);
    switch (byte) {
      case 47:
        return this.regular(this.at + 1);
      case 40:
        return this.literal();
      case 60:
        return this.hexadecimal();
      case 43:
      case 45:
      case 46:
        return this.decimal();
      case 116:
        return this.keyword('true');
      case 102:
        return this.keyword('false');
      case 110:
        return this.keyword('null');
      default:
        return false;
    }
  }

  /** Moves to the end of the regular characters that begin at `start`; false where the bytes end first. */
  private regular(start: number): boolean {
    const { bytes } = this;
    let end = start;
    while (end < bytes.length && kinds[bytes[end] ?? 0] === REGULAR) end += 1;
    this.at = end;
    return end < bytes.length;
  }

  private keyword(word: string): boolean {
    const start = this.at;
    if (!this.regular(start) || this.at - start !== word.length) return false;
    for (let index = 0; index < word.length; index += 1) {
      if (this.bytes[start + index] !== word.charCodeAt(index)) return false;
    }
    return true;
  }

  private numberOrReference(): boolean {
    const start = this.at;
    const number = this.digits(10);
    if (number < 0) {
      this.noteLength(UNSURE);
      return this.decimal();
    }
    const after = this.at;
    this.skipWhite();
    if (this.bytes[this.at] === 37) return false;
    const generation = this.digits(5);
    if (generation >= 0) {
      this.skipWhite();
      const letter = this.bytes[this.at];
      const next = this.bytes[this.at + 1];
      if (letter === undefined || letter === 37 || (letter === 82 && next === undefined)) return false;
      if (letter === 82 && next !== undefined && kinds[next] !== REGULAR) {
        if (number > limits.objectNumber || generation > 65535) return false;
        this.refer(number);
        this.at += 1;
        this.noteLength(UNSURE);
        return true;
      }
    } else if (this.at >= this.bytes.length || this.cutInDigits()) {
      this.at = this.bytes.length;
      return false;
    }
    this.at = after;
    this.noteLength(number);
    return after > start;
  }

  private refer(number: number): void {
    if (this.count === this.targets.length) {
      const larger = new Uint32Array(this.count * 2);
      larger.set(this.targets);
      this.targets = larger;
    }
    this.targets[this.count] = number;
    this.count += 1;
  }

  /** True where a number at the cursor goes on to the end of the bytes. */
  private cutInDigits(): boolean {
    let end = this.at;
    while ((this.bytes[end] ?? 0) >= 48 && (this.bytes[end] ?? 0) <= 57) end += 1;
    return end >= this.bytes.length;
  }

  /** Sign, digits, point, digits, with one digit at least. */
  private decimal(): boolean {
    const { bytes } = this;
    let at = this.at;
    if (bytes[at] === 43 || bytes[at] === 45) at += 1;
    let digits = 0;
    let points = 0;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === 46) points += 1;
      else if (byte >= 48 && byte <= 57) digits += 1;
      else break;
    }
    const ends = at < bytes.length;
    const plain = digits > 0 && points < 2 && ends && kinds[bytes[at] ?? 0] !== REGULAR;
    if (plain || !ends) this.at = at;
    return plain;
  }

  private literal(): boolean {
    const { bytes } = this;
    let open = 0;
    for (let at = this.at; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === 92) at += 1;
      else if (byte === 40) open += 1;
      else if (byte === 41) {
        open -= 1;
        if (open === 0) {
          this.at = at + 1;
          return true;
        }
      }
    }
    this.at = bytes.length;
    return false;
  }

  private hexadecimal(): boolean {
    const { bytes } = this;
    let at = this.at + 1;
    while (at < bytes.length && hexOrWhite[bytes[at] ?? 0] === 1) at += 1;
    const closed = bytes[at] === 62;
    if (closed || at >= bytes.length) this.at = closed ? at + 1 : at;
    return closed;
  }
}
