// Reads one indirect object at its offset in the file, without the data of its stream. It resolves no reference.
import type { ByteSource } from '../../preload/contract/byte-source';
import { damaged } from './syntax';
import { isDict, type PdfObject, type PdfValue } from './values';
import { parseAt } from './window';

/** The object whose number begins at `offset` (white space before it allowed). Throws Failure `pdf-object-damaged`. */
export function readObjectAt(source: ByteSource, offset: number): PdfObject {
  return parseAt(source, offset, (reader): PdfObject => {
    reader.skipWhite();
    const number = reader.tryCount();
    reader.skipWhite();
    const generation = number < 0 ? -1 : reader.tryCount();
    reader.skipWhite();
    // `obj` may be followed by the value without a space.
    const keyword = reader.bytes.subarray(reader.position, reader.position + 3);
    if (generation < 0 || keyword[0] !== 111 || keyword[1] !== 98 || keyword[2] !== 106) {
      if (!reader.final && reader.position + 3 > reader.bytes.length) reader.position = reader.bytes.length;
      reader.peek();
      throw damaged(`no object at ${offset}`);
    }
    reader.position += 3;
    reader.skipWhite();
    // 7.3.10: an object with nothing in it reads as null.
    let value: PdfValue = reader.tryKeyword('endobj') ? null : reader.readValue();
    const valueEnd = reader.position;
    if (isDict(value)) {
      reader.skipWhite();
      if (reader.peek() === 115 && reader.tryKeyword('stream')) {
        // 7.3.8.1 wants CRLF or LF; spaces before it and a lone CR occur and are what every reader accepts.
        while (reader.peek() === 32) reader.position += 1;
        if (reader.peek() === 13) reader.position += 1;
        if (reader.peek() === 10) reader.position += 1;
        value = { kind: 'stream', number, generation, dict: value, dataStart: offset + reader.position };
      }
    }
    return {
      number,
      generation,
      value,
      raw: reader.bytes.slice(0, valueEnd),
      base: offset,
      container: undefined,
    };
  });
}
