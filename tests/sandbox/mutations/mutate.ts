// Changes the bytes of a PDF as damage and attackers do, from a seed: the same seed gives the same bytes. It knows no reader.

/** Numbers from 0 up to (not with) 1, the same row for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Change = (bytes: Buffer, below: (limit: number) => number) => Buffer;

const words = [
  'endobj endstream stream obj xref trailer startxref %%EOF null true R << >> [ ] ( ) < > 0 -1 65535 99999999999',
  '/Prev /Size /Root /Length /Filter /FlateDecode /Kids /Parent /Type /XRef /ObjStm /W /Index /First /N /Extends',
  '/Encrypt /AcroForm /Fields /Annots /Perms /ByteRange /Contents /Contents /V /FT /Sig /XRefStm /DecodeParms /Predictor',
]
  .join(' ')
  .split(' ');

function replaced(bytes: Buffer, start: number, end: number, insert: Uint8Array | string): Buffer {
  const middle = typeof insert === 'string' ? Buffer.from(insert, 'latin1') : insert;
  return Buffer.concat([bytes.subarray(0, start), middle, bytes.subarray(end)]);
}

/** The place of one of the matches, or undefined. */
function oneOf(
  bytes: Buffer,
  pattern: RegExp,
  below: (limit: number) => number,
): RegExpMatchArray | undefined {
  const matches = [...bytes.toString('latin1').matchAll(pattern)];
  return matches[below(matches.length)];
}

const changes: readonly Change[] = [
  // A byte, a run of bytes, a hole, a repetition, a cut.
  (bytes, below) => {
    const copy = Buffer.from(bytes);
    copy[below(bytes.length)] = below(256);
    return copy;
  },
  (bytes, below) => {
    const at = below(bytes.length);
    return replaced(bytes, at, at, Buffer.from(Array.from({ length: 1 + below(40) }, () => below(256))));
  },
  (bytes, below) => {
    const at = below(bytes.length);
    return replaced(bytes, at, at + 1 + below(200), '');
  },
  (bytes, below) => {
    const from = below(bytes.length);
    const at = below(bytes.length);
    return replaced(bytes, at, at, Buffer.from(bytes.subarray(from, from + 1 + below(600))));
  },
  (bytes, below) => Buffer.from(bytes.subarray(0, bytes.length - below(Math.min(400, bytes.length)))),
  // A number, a word, a reference.
  (bytes, below) => {
    const found = oneOf(bytes, /(?<![\w.])\d{1,10}(?![\w.])/g, below);
    if (found?.index === undefined) return bytes;
    const value = Number(found[0]);
    const choices = [
      0,
      1,
      value + 1,
      value - 1,
      value * 2,
      2 ** 31,
      8_388_607,
      9_999_999_999,
      -1,
      value + below(64),
    ];
    return replaced(
      bytes,
      found.index,
      found.index + found[0].length,
      `${choices[below(choices.length)] ?? 0}`,
    );
  },
  (bytes, below) => {
    const found = oneOf(bytes, /\/?[A-Za-z]{1,12}/g, below);
    if (found?.index === undefined) return bytes;
    return replaced(bytes, found.index, found.index + found[0].length, words[below(words.length)] ?? '');
  },
  (bytes, below) => {
    const at = below(bytes.length);
    return replaced(bytes, at, at, ` ${words[below(words.length)] ?? ''} `);
  },
  (bytes, below) => {
    const found = oneOf(bytes, /\d+ \d+ R/g, below);
    if (found?.index === undefined) return bytes;
    return replaced(bytes, found.index, found.index + found[0].length, `${below(30)} 0 R`);
  },
  // Deep nesting, line ends of another system, bytes before and after.
  (bytes, below) => {
    const found = oneOf(bytes, /\/[A-Z]\w+ /g, below);
    const at = (found?.index ?? 0) + (found?.[0].length ?? 0);
    const depth = 1 + below(5000);
    return replaced(bytes, at, at, `${'['.repeat(depth)}${']'.repeat(depth)} `);
  },
  (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  (bytes, below) => replaced(bytes, 0, 0, 'junk '.repeat(below(100))),
  (bytes, below) => replaced(bytes, bytes.length, bytes.length, '\0'.repeat(below(3000))),
  // Another end of an older file: two saves whose chains cross.
  (bytes, below) => {
    const found = oneOf(bytes, /startxref\s+\d+/g, below);
    return replaced(bytes, bytes.length, bytes.length, `\n${found?.[0] ?? 'startxref 0'}\n%%EOF\n`);
  },
];

/** The bytes with one to six changes. */
export function mutated(bytes: Uint8Array, random: () => number): Buffer {
  const below = (limit: number): number => Math.floor(random() * limit);
  let changed: Buffer = Buffer.from(bytes);
  for (let left = 1 + below(6); left > 0 && changed.length > 8; left -= 1) {
    changed = changes[below(changes.length)]?.(changed, below) ?? changed;
  }
  return changed;
}
