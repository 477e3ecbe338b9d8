// How a part of a multipart is encoded for its way (RFC 2045 §6), as a decoder of pieces. It knows no part.
import { Base64Decoder } from '../base64-decoder';
import { QuotedPrintableDecoder } from '../quoted-printable-decoder';

/** Takes pieces in order; each call gives the bytes that are complete. Both throw AnswerCut `garbled`. */
export interface PartDecoder {
  push(bytes: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

/** Bytes that are as they stand. A piece is given back itself, not as a copy. */
export const plainDecoder: PartDecoder = { push: (bytes) => bytes, end: () => new Uint8Array(0) };

/** The decoder for a Content-Transfer-Encoding, in whatever case; 8bit when there is none, null for an unknown one. */
export function decoderOf(encoding: string | undefined): PartDecoder | null {
  switch ((encoding ?? '8bit').trim().toLowerCase()) {
    case 'binary':
    case '8bit':
    case '7bit':
      return plainDecoder;
    case 'base64':
      return new Base64Decoder();
    case 'quoted-printable':
      return new QuotedPrintableDecoder();
    default:
      return null;
  }
}
