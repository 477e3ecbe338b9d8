// Reads a JSON object of which one top-level string member may be hundreds of megabytes: that string is handed on piece
// by piece, the rest of the object is kept and parsed at the end. It decodes no Base64 and judges no answer.
import { AnswerCut } from './transport';

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const openBrace = 0x7b;
const openBracket = 0x5b;
const closeBrace = 0x7d;
const closeBracket = 0x5d;

const simpleEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

//  outside ──"──▶ key or other string ──"──▶ outside          (copied into the kept text)
//  outside ──"── right after `"<member>":` at depth 1 ──▶ member ──"──▶ outside   (handed on, `""` is kept)
type Place = 'outside' | 'string' | 'member';

export class EnvelopeScanner {
  private place: Place = 'outside';
  private depth = 0;
  private expectsKey = false;
  private lastKey = '';
  private afterColon = false;
  private keyText = '';
  /** The unfinished escape sequence inside a string, without its value. */
  private escape = '';
  private seenMember = false;
  private readonly kept: Buffer[] = [];
  private keptBytes = 0;

  /**
   * @param member the top-level key whose string is handed on
   * @param onPiece gets pieces of that string: its bytes where they lie (ASCII is expected), an escape as the text that it stands for
   * @param keptLimit bytes that the rest of the object may take
   */
  constructor(
    private readonly member: string,
    private readonly onPiece: (piece: Buffer | string) => void | Promise<void>,
    private readonly keptLimit: number,
  ) {}

  /** True once the member's string has begun. */
  get found(): boolean {
    return this.seenMember;
  }

  async push(chunk: Uint8Array): Promise<void> {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let index = 0;
    while (index < bytes.length) {
      index = this.place === 'member' ? await this.readMember(bytes, index) : this.readKept(bytes, index);
    }
  }

  /** The parsed object, the member's string being empty. Throws AnswerCut `garbled`. */
  end(): Record<string, unknown> {
    if (this.place !== 'outside' || this.depth !== 0) {
      throw new AnswerCut('garbled', 'the JSON ends too early');
    }
    return parseObject(Buffer.concat(this.kept).toString('utf8'));
  }

  private keep(bytes: Buffer): void {
    this.keptBytes += bytes.length;
    if (this.keptBytes > this.keptLimit)
      throw new AnswerCut('too-large', 'the JSON around the data is too large');
    this.kept.push(bytes);
  }

  private readKept(bytes: Buffer, from: number): number {
    let index = from;
    for (; index < bytes.length; index++) {
      const byte = bytes[index] ?? 0;
      if (this.place === 'string') this.readStringByte(byte);
      else if (byte === quote && this.isMemberValue()) {
        if (this.seenMember) throw new AnswerCut('garbled', `the member ${this.member} comes twice`);
        this.seenMember = true;
        this.place = 'member';
        this.afterColon = false;
        this.keep(Buffer.concat([bytes.subarray(from, index), Buffer.from('""')]));
        return index + 1;
      } else this.readOutsideByte(byte);
    }
    this.keep(Buffer.from(bytes.subarray(from)));
    return index;
  }

  private isMemberValue(): boolean {
    return this.depth === 1 && this.afterColon && this.lastKey === this.member;
  }

  private readStringByte(byte: number): void {
    if (this.escape !== '') this.escape = '';
    else if (byte === backslash) this.escape = '\\';
    else if (byte === quote) {
      this.place = 'outside';
      if (this.expectsKey) {
        this.lastKey = this.keyText;
        this.expectsKey = false;
      }
      return;
    }
    if (this.expectsKey && this.keyText.length < 64) this.keyText += String.fromCharCode(byte);
  }

  private readOutsideByte(byte: number): void {
    switch (byte) {
      case quote:
        this.place = 'string';
        this.keyText = '';
        this.afterColon = false;
        return;
      case openBrace:
      case openBracket:
        this.depth++;
        this.expectsKey = this.depth === 1 && byte === openBrace;
        this.afterColon = false;
        return;
      case closeBrace:
      case closeBracket:
        this.depth--;
        this.expectsKey = false;
        return;
      case colon:
        this.afterColon = this.depth === 1;
        return;
      case comma:
        this.expectsKey = this.depth === 1;
        this.afterColon = false;
        return;
      default:
        return;
    }
  }

  private async readMember(bytes: Buffer, from: number): Promise<number> {
    if (this.escape !== '') return this.readEscape(bytes, from);
    // The quote is looked for before the next escape alone: where every line ends in one, the rest would be searched for each.
    const slash = bytes.indexOf(backslash, from);
    const run = bytes.subarray(from, slash < 0 ? bytes.length : slash);
    const endQuote = run.indexOf(quote);
    const piece = endQuote < 0 ? run : run.subarray(0, endQuote);
    if (piece.length > 0) await this.onPiece(piece);
    const stop = from + piece.length;
    if (endQuote >= 0) this.place = 'outside';
    else if (slash >= 0) this.escape = '\\';
    else return stop;
    return stop + 1;
  }

  private async readEscape(bytes: Buffer, from: number): Promise<number> {
    let index = from;
    while (index < bytes.length) {
      this.escape += String.fromCharCode(bytes[index] ?? 0);
      index++;
      const resolved = this.resolveEscape();
      if (resolved === null) continue;
      this.escape = '';
      await this.onPiece(resolved);
      return index;
    }
    return index;
  }

  /** The character of a finished escape, or null while it is unfinished. */
  private resolveEscape(): string | null {
    const body = this.escape.slice(1);
    if (body.startsWith('u')) {
      if (body.length < 5) return null;
      if (!/^u[0-9a-fA-F]{4}$/.test(body)) throw new AnswerCut('garbled', 'a wrong escape in the data');
      return String.fromCharCode(Number.parseInt(body.slice(1), 16));
    }
    const simple = simpleEscapes[body];
    if (simple === undefined) throw new AnswerCut('garbled', 'a wrong escape in the data');
    return simple;
  }
}

/** Parses a JSON text; a byte order mark before it is ignored. Throws AnswerCut `garbled`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new AnswerCut('garbled', `not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A parsed JSON text that must be an object. Throws AnswerCut `garbled`. */
export function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AnswerCut('garbled', 'the JSON is not an object');
  }
  return value as Record<string, unknown>;
}

/** Parses a JSON text that must be an object; a byte order mark before it is ignored. Throws AnswerCut `garbled`. */
export function parseObject(text: string): Record<string, unknown> {
  return objectOf(parseJson(text));
}
