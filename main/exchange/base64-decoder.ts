// Decodes Base64 that arrives in pieces of any length. It keeps at most three characters and one piece in memory.
import { AnswerCut } from './transport';

const whitespace = /[\t\n\r ]/;

/** Feed ASCII pieces with `push`, close with `end`. Throws AnswerCut `garbled` for anything that is not Base64. */
export class Base64Decoder {
  private rest = '';
  private ended = false;

  /** Returns the bytes that are complete so far. */
  push(piece: string): Uint8Array {
    let text = this.rest + piece;
    if (whitespace.test(text)) text = text.replace(/[\t\n\r ]+/g, '');
    if (text === '') return new Uint8Array(0);
    if (this.ended) throw new AnswerCut('garbled', 'Base64 goes on after its padding');
    const whole = text.length - (text.length % 4);
    this.rest = text.slice(whole);
    return this.decode(text.slice(0, whole));
  }

  /** The bytes of a last group without padding, which some writers leave out. */
  end(): Uint8Array {
    const rest = this.rest;
    this.rest = '';
    if (rest === '') return new Uint8Array(0);
    if (rest.length === 1) throw new AnswerCut('garbled', 'Base64 ends inside a byte');
    return this.decode(rest.padEnd(4, '='));
  }

  private decode(text: string): Uint8Array {
    if (text === '') return new Uint8Array(0);
    const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
    if (padding > 0) this.ended = true;
    const bytes = Buffer.from(text, 'base64');
    // Node skips what is not Base64, so a wrong character shows as missing bytes.
    if (bytes.length !== (text.length / 4) * 3 - padding) {
      throw new AnswerCut('garbled', 'the data is not Base64');
    }
    return bytes;
  }
}
