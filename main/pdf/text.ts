// Text strings (ISO 32000-2, 7.9.2.2) to text, and values to PDF syntax. It parses nothing and knows no file.
import { assert } from '../../preload/contract/failure';
import { type PdfValue, strayKey } from './values';

/** PDFDocEncoding where it differs from latin1 (annex D.3); 0 marks an undefined code. */
const docEncoding: ReadonlyMap<number, number> = new Map([
  ...[0x02d8, 0x02c7, 0x02c6, 0x02d9, 0x02dd, 0x02db, 0x02da, 0x02dc].map((code, index): [number, number] => [
    0x18 + index,
    code,
  ]),
  ...[
    0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039, 0x203a, 0x2212, 0x2030, 0x201e,
    0x201c, 0x201d, 0x2018, 0x2019, 0x201a, 0x2122, 0xfb01, 0xfb02, 0x0141, 0x0152, 0x0160, 0x0178, 0x017d,
    0x0131, 0x0142, 0x0153, 0x0161, 0x017e, 0xfffd, 0x20ac,
  ].map((code, index): [number, number] => [0x80 + index, code]),
]);

/** Text in PDFDocEncoding, one byte a character, or undefined where it has no such form. */
export function docBytesOf(text: string): Uint8Array | undefined {
  const reverse = new Map([...docEncoding].map(([byte, code]) => [code, byte]));
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const byte = reverse.get(code) ?? code;
    if (byte > 255 || (byte === code && docEncoding.has(byte))) return undefined;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

function utf16(bytes: Uint8Array, littleEndian: boolean): string {
  let text = '';
  for (let index = 2; index + 1 < bytes.length; index += 2) {
    const first = bytes[index] ?? 0;
    const second = bytes[index + 1] ?? 0;
    text += String.fromCharCode(littleEndian ? second * 256 + first : first * 256 + second);
  }
  // Language escapes (7.9.2.2.1) are no text.
  return text.replace(/\u001b[^\u001b]*\u001b/g, '');
}

/** The text of a string's bytes. Never throws; what cannot be decoded becomes U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, false);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, true);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(docEncoding.get(byte) ?? byte);
  return text;
}

function utf16Hex(text: string): string {
  let hex = 'FEFF';
  for (let index = 0; index < text.length; index += 1) {
    hex += text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0');
  }
  return hex;
}

/** Text as PDF syntax: a literal string where it is plain ASCII, else UTF-16 in hexadecimal. */
export function textSyntax(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) return `<${utf16Hex(text)}>`;
  return `(${text.replace(/[\\()]/g, (char) => `\\${char}`)})`;
}

/** A number as PDF syntax: no exponent, at most 4 decimals. */
export function numberSyntax(value: number): string {
  const text = value.toFixed(4).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}

/** A name as PDF syntax, with its slash. The name is one char a byte (latin1). */
export function nameSyntax(name: string): string {
  const escaped = name.replace(
    /[^!"$-&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]/g,
    (char) => `#${(char.charCodeAt(0) & 255).toString(16).padStart(2, '0')}`,
  );
  return `/${escaped}`;
}

/** Any value but a stream as PDF syntax; strings in hexadecimal, so that every byte stays. */
export function valueSyntax(value: PdfValue): string {
  if (value === null || typeof value === 'boolean') return `${value}`;
  if (typeof value === 'number') return numberSyntax(value);
  switch (value.kind) {
    case 'name':
      return nameSyntax(value.name);
    case 'string':
      return `<${Buffer.from(value.bytes).toString('hex')}>`;
    case 'ref':
      return `${value.number} ${value.generation} R`;
    case 'unknown':
      return 'null';
    case 'array':
      return `[${value.items.map(valueSyntax).join(' ')}]`;
    case 'dict': {
      const entries = [...value.entries]
        .filter(([key]) => !key.startsWith(strayKey))
        .map(([key, entry]) => `${nameSyntax(key)} ${valueSyntax(entry.value)}`);
      return `<< ${entries.join(' ')} >>`;
    }
    case 'stream':
      assert(false, 'a stream is no direct value');
  }
}
