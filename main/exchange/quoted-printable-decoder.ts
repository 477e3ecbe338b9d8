// Decodes quoted-printable (RFC 2045 §6.7) that arrives in pieces of any length. It keeps one undecided end of a line and
// one piece in memory.
import { AnswerCut } from './transport';

const [tab, lineFeed, carriageReturn, blank, equals] = [0x09, 0x0a, 0x0d, 0x20, 0x3d];

/** Lines have 76 characters; a writer that breaks none may still indent. */
const longestBlanks = 4096;

/** Values of the hexadecimal digits by character, small ones too (RFC 2045 lets readers be lenient); -1 for all others. */
const digits = Int8Array.from({ length: 256 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? -1 : value;
});
const digit = (character: number | undefined): number => digits[character ?? 0] ?? -1;

/**
 * Feed pieces with `push`, close with `end`. Line ends stay as they are written; blanks before a line end are no part of
 * the data (rule 3), a line that ends in `=` goes on in the next one (rule 5), whether it ends in CRLF or LF. Throws
 * AnswerCut `garbled` for an `=` that encodes nothing and for more than 4096 blanks in a row.
 */
export class QuotedPrintableDecoder {
  private rest: Uint8Array = new Uint8Array(0);

  /** Returns the bytes that are sure so far. */
  push(piece: Uint8Array): Uint8Array {
    return this.decode(this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]), false);
  }

  /** The bytes of the last line, whose line end belongs to what follows the data. */
  end(): Uint8Array {
    return this.decode(this.rest, true);
  }

  private decode(text: Uint8Array, last: boolean): Uint8Array {
    const bytes = Buffer.allocUnsafe(text.length);
    let length = 0;
    let at = 0;
    let sure = true;
    while (at < text.length && sure) {
      const character = text[at] ?? 0;
      const following = text[at + 1] ?? 0;
      const byte = (digit(following) << 4) | digit(text[at + 2]);
      const isBlank = character === blank || character === tab;
      if (character === equals && byte >= 0) {
        bytes[length++] = byte;
        at += 3;
      } else if (character === equals || (isBlank && following <= blank)) {
        const next = isBlank ? this.blanks(text, at, last) : this.lineThatGoesOn(text, at, last);
        if (next === null) sure = false;
        else {
          bytes.set(text.subarray(at, next.kept), length);
          length += next.kept - at;
          at = next.at;
        }
      } else {
        bytes[length++] = character;
        at++;
      }
    }
    this.rest = Uint8Array.from(text.subarray(at));
    return bytes.subarray(0, length);
  }

  /** The place behind the blanks from `from` on; more than are allowed are refused. */
  private behindBlanks(text: Uint8Array, from: number): number {
    let at = from;
    while (text[at] === blank || text[at] === tab) at++;
    if (at - from > longestBlanks) throw new AnswerCut('garbled', 'a line of blanks is too long');
    return at;
  }

  /** Where the line end at `at` ends; `at` itself when there is none, null when the next piece will tell. */
  private behindLineEnd(text: Uint8Array, at: number, last: boolean): number | null {
    if (at >= text.length) return last ? at : null;
    if (text[at] === lineFeed) return at + 1;
    if (text[at] !== carriageReturn) return at;
    if (at + 1 >= text.length) return last ? at : null;
    return text[at + 1] === lineFeed ? at + 2 : at;
  }

  /** Blanks from `from` on: up to `kept` they are data, at `at` reading goes on. */
  private blanks(text: Uint8Array, from: number, last: boolean) {
    const at = this.behindBlanks(text, from);
    const behind = this.behindLineEnd(text, at, last);
    if (behind === null) return null;
    return { at, kept: behind > at || at >= text.length ? from : at };
  }

  /** An `=` that no two digits follow: the end of a line that goes on, or of what has come so far. */
  private lineThatGoesOn(text: Uint8Array, from: number, last: boolean) {
    const at = this.behindBlanks(text, from + 1);
    const behind = this.behindLineEnd(text, at, last);
    if (behind === null) return null;
    // The last line may be a broken one whose line end was taken for that of the part.
    if (behind > at || at >= text.length) return { at: behind, kept: from };
    const half = at === from + 1 && from + 2 >= text.length && digit(text[at]) >= 0;
    if (half && !last) return null;
    throw new AnswerCut('garbled', 'the data is not quoted-printable');
  }
}
