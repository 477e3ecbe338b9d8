// The bytes a password may have in the standard security handler: PDFDocEncoding up to revision 4 (ISO 32000-1, 7.6.3.3),
// SASLprep (RFC 4013) and UTF-8 from revision 5 on (ISO 32000-2, 7.6.4.3.3). It derives no key.
import { docBytesOf } from './text';

/** RFC 3454 table C.1.2: spaces that become a plain one. */
const spaces = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g;
/** RFC 3454 table B.1: characters that are mapped to nothing. */
const nothing = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|[\u200b-\u200d]|\u2060|[\ufe00-\ufe0f]|\ufeff/gu;

/** RFC 4013 without its prohibitions: a password that should not exist opens nothing or what it was made for. */
export function saslPrepared(password: string): string {
  return password.replace(spaces, ' ').replace(nothing, '').normalize('NFKC');
}

/** The forms to try, each once, the standard's own first; programs that wrote what they had come after. */
export function passwordBytes(password: string, revision: number): Uint8Array[] {
  const limit = revision >= 5 ? 127 : 32;
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
  const composed = password.normalize('NFC');
  const forms =
    revision >= 5
      ? [utf8(saslPrepared(password)), utf8(password), utf8(composed)]
      : [docBytesOf(composed), utf8(composed), utf8(password)];
  const known = new Map<string, Uint8Array>();
  for (const form of forms) {
    if (form === undefined) continue;
    const bytes = form.subarray(0, limit);
    known.set(Buffer.from(bytes).toString('hex'), bytes);
  }
  return [...known.values()];
}
