// Reads a multipart body (RFC 2046) as it comes: heads of parts, pieces of their bytes, ends; with lines that end in CRLF
// or, as some servers write, in LF. It decodes nothing and keeps at most one head and the length of a boundary in memory.
import { AnswerCut } from '../transport';

export type MimeEvent =
  | { readonly kind: 'part'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' };

const longestHead = 16 * 1024;
const mostParts = 100;

//  preamble ──boundary──▶ delimiter ──line end──▶ head ──blank line──▶ body ──boundary──▶ delimiter ──"--"──▶ over
type Place = 'preamble' | 'delimiter' | 'head' | 'body' | 'over';

/** The boundary of a multipart/related body, null for any other content type. */
export function boundaryOf(contentType: string): string | null {
  if (!/^\s*multipart\/related\b/i.test(contentType)) return null;
  const match = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  return match?.[1] ?? match?.[2] ?? null;
}

function headersOf(head: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

/** Where the first blank line begins, from the line feed before it on, and ends; null while there is none. */
function blankLine(bytes: Buffer): { readonly start: number; readonly end: number } | null {
  for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) {
    const start = at + 1;
    const end = bytes[start] === 0x0d ? start + 1 : start;
    if (bytes[end] === 0x0a) return { start, end: end + 1 };
  }
  return null;
}

class MimeReader {
  place: Place = 'preamble';
  private rest: Buffer = Buffer.from('\n');
  private parts = 0;
  /**
   * A boundary with the line end before it, which is that of the first boundary's own line. It is not taken for either
   * line end later: the bytes of a package may have the other one before two dashes, or end in a carriage return.
   */
  private mark: Buffer;
  /** Length of the blank line before a part's bytes while it may still be the line end of a boundary. */
  private blank = 0;
  /** The last bytes of a part were handed on, its end was not. */
  private ends = false;

  constructor(private readonly boundary: string) {
    this.mark = Buffer.from(`\n--${boundary}`, 'latin1');
  }

  push(chunk: Uint8Array): void {
    if (this.place !== 'over') this.rest = Buffer.concat([this.rest, chunk]);
  }

  /** The next event of what has come so far; null when more is needed; 'again' when only the place changed. */
  next(): MimeEvent | 'again' | null {
    if (this.ends) {
      this.ends = false;
      return { kind: 'end' };
    }
    switch (this.place) {
      case 'preamble':
        return this.toMark() === null ? null : 'again';
      case 'delimiter':
        return this.delimiter();
      case 'head':
        return this.head();
      case 'body':
        return this.body();
      case 'over':
        return null;
    }
  }

  /** Bytes before the next boundary, which is passed; null while there is none. */
  private toMark(): Buffer | null {
    const at = this.rest.indexOf(this.mark);
    if (at < 0) {
      if (this.place === 'preamble') this.rest = this.rest.subarray(-(this.mark.length - 1));
      return null;
    }
    const before = this.rest.subarray(0, at);
    this.rest = this.rest.subarray(at + this.mark.length);
    this.place = 'delimiter';
    return before;
  }

  private delimiter(): 'again' | null {
    if (this.rest.length < 2) return null;
    if (this.rest.toString('latin1', 0, 2) === '--') {
      this.place = 'over';
      return 'again';
    }
    const feed = this.rest.indexOf('\n');
    if (feed < 0 && this.rest.length < 256) return null;
    if (feed < 0 || this.rest.toString('latin1', 0, feed).trim() !== '') {
      throw new AnswerCut('garbled', 'a boundary that goes on');
    }
    const end = feed > 0 && this.rest[feed - 1] === 0x0d ? feed - 1 : feed;
    if (this.parts === 0 && end < feed) this.mark = Buffer.from(`\r\n--${this.boundary}`, 'latin1');
    this.parts++;
    if (this.parts > mostParts) throw new AnswerCut('too-large', 'too many parts');
    // The line end stays, so that a part without a head still has its blank line.
    this.rest = this.rest.subarray(end);
    this.place = 'head';
    return 'again';
  }

  private head(): MimeEvent | null {
    const blank = blankLine(this.rest);
    if (blank === null) {
      if (this.rest.length > longestHead) throw new AnswerCut('too-large', 'the head of a part is too long');
      return null;
    }
    const headers = headersOf(this.rest.toString('utf8', 0, blank.start));
    // An empty part may begin its boundary with the line end of the blank line.
    this.rest = this.rest.subarray(blank.start);
    this.blank = blank.end - blank.start;
    this.place = 'body';
    return { kind: 'part', headers };
  }

  private body(): MimeEvent | null {
    if (this.blank > 0) {
      if (this.rest.length < this.mark.length) return null;
      if (!this.rest.subarray(0, this.mark.length).equals(this.mark)) {
        this.rest = this.rest.subarray(this.blank);
      }
      this.blank = 0;
    }
    const before = this.toMark();
    if (before !== null) {
      if (before.length === 0) return { kind: 'end' };
      this.ends = true;
      return { kind: 'data', bytes: before };
    }
    const sure = this.rest.length - (this.mark.length - 1);
    if (sure <= 0) return null;
    const bytes = this.rest.subarray(0, sure);
    this.rest = this.rest.subarray(sure);
    return { kind: 'data', bytes };
  }
}

/** Throws AnswerCut `garbled` for a body that is no multipart or ends too early. */
export async function* mimeEvents(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<MimeEvent> {
  const reader = new MimeReader(boundary);
  for await (const chunk of body) {
    reader.push(chunk);
    for (let event = reader.next(); event !== null; event = reader.next()) {
      if (event !== 'again') yield event;
    }
  }
  if (reader.place !== 'over') throw new AnswerCut('garbled', 'the multipart ends too early');
}
