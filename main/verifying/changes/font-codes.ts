// Turns the codes that a content stream shows into characters, by its fonts' maps and encodings (ISO 32000-2, 9.10.2). It reads no
// font program: what a font calls a letter is taken for that letter.
import {
  contentSteps,
  isArray,
  isDict,
  isName,
  isStream,
  isString,
  type PdfDict,
  type PdfView,
  textOf,
} from '../../pdf';

/** The text of a string's codes; undefined where some code has no known character. */
export type Decode = (bytes: Uint8Array) => string | undefined;

/** Codes as PDFDocEncoding has them: the same as every Latin encoding for what is ASCII. */
export const plainText: Decode = (bytes) => textOf(Uint8Array.from([32, ...bytes])).slice(1);

/** How the strings of a font are read. Throws Failure where its map cannot be read. */
export function decoderOf(view: PdfView, font: PdfDict): Decode {
  const map = view.get(font, 'ToUnicode');
  const wide = isName(view.get(font, 'Subtype'), 'Type0');
  if (isStream(map)) return mapped(readMap(view.decoded(map)), wide ? 2 : 1);
  if (wide) return () => undefined;
  const encoding = view.get(font, 'Encoding');
  const differences = isDict(encoding) ? view.get(encoding, 'Differences') : null;
  if (!isArray(differences)) return plainText;
  const own = new Map<number, string | undefined>();
  let code = 0;
  for (const item of differences.items) {
    if (typeof item === 'number') code = item;
    else if (isName(item)) {
      own.set(code, characterOf(item.name));
      code += 1;
    }
  }
  return (bytes) => {
    let text = '';
    for (const byte of bytes) {
      const character = own.has(byte) ? own.get(byte) : plainText(Uint8Array.of(byte));
      if (character === undefined) return undefined;
      text += character;
    }
    return text;
  };
}

const spelled: ReadonlyMap<string, string> = new Map(
  (
    'space: |exclam:!|quotedbl:"|numbersign:#|dollar:$|percent:%|ampersand:&|quotesingle:\'|quoteright:’|quoteleft:‘|parenleft:(|' +
    'parenright:)|asterisk:*|plus:+|comma:,|hyphen:-|minus:−|period:.|slash:/|zero:0|one:1|two:2|three:3|four:4|five:5|six:6|' +
    'seven:7|eight:8|nine:9|semicolon:;|less:<|equal:=|greater:>|question:?|at:@|bracketleft:[|backslash:\\|bracketright:]|' +
    'underscore:_|endash:–|emdash:—|bullet:•|Euro:€'
  )
    .split('|')
    .map((pair): [string, string] => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]),
);

/** The accents that the names of composed letters end in. */
const accents: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circumflex: '\u0302',
  tilde: '\u0303',
  macron: '\u0304',
  breve: '\u0306',
  dieresis: '\u0308',
  ring: '\u030a',
  caron: '\u030c',
  cedilla: '\u0327',
};

/** The character of a glyph's name, where the name tells. */
function characterOf(name: string): string | undefined {
  if (name.length === 1) return name;
  const known = spelled.get(name) ?? (name === 'colon' ? ':' : name === 'bar' ? '|' : undefined);
  if (known !== undefined) return known;
  const hex = /^(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))$/.exec(name);
  if (hex !== null) return String.fromCodePoint(Number.parseInt(hex[1] ?? hex[2] ?? '', 16));
  const accent = accents[name.slice(1)];
  return accent === undefined ? undefined : `${name[0]}${accent}`.normalize('NFC');
}

/** Codes of `width` bytes through a map. */
function mapped(map: ReadonlyMap<number, string>, width: 1 | 2): Decode {
  return (bytes) => {
    let text = '';
    for (let at = 0; at + width <= bytes.length; at += width) {
      const code = width === 1 ? (bytes[at] ?? 0) : (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
      const character = map.get(code);
      if (character === undefined) return undefined;
      text += character;
    }
    return text;
  };
}

const number = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

function utf16(bytes: Uint8Array, more = 0): string {
  const last = bytes.length - 1;
  const moved = Uint8Array.from(bytes, (byte, index) => (index === last ? (byte + more) & 255 : byte));
  return textOf(Uint8Array.from([0xfe, 0xff, ...moved]));
}

/** What a ToUnicode map says (9.10.3): single codes and ranges. */
function readMap(bytes: Uint8Array): ReadonlyMap<number, string> {
  const map = new Map<number, string>();
  for (const { operator, operands } of contentSteps(bytes)) {
    if (operator === 'endbfchar') {
      for (let at = 0; at + 1 < operands.length; at += 2) {
        const [code, target] = [operands[at], operands[at + 1]];
        if (isString(code) && isString(target)) map.set(number(code.bytes), utf16(target.bytes));
      }
    } else if (operator === 'endbfrange') {
      for (let at = 0; at + 2 < operands.length; at += 3) {
        const [from, to, target] = [operands[at], operands[at + 1], operands[at + 2]];
        if (!isString(from) || !isString(to)) continue;
        const first = number(from.bytes);
        const count = Math.min(number(to.bytes) - first, 0xffff);
        for (let more = 0; more <= count; more += 1) {
          const item = isArray(target) ? target.items[more] : target;
          if (isString(item)) map.set(first + more, utf16(item.bytes, isArray(target) ? 0 : more));
        }
      }
    }
  }
  return map;
}
