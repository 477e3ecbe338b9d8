import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import { readObjectAt } from './object-at';
import { Outline, SHORT, UNSURE } from './outline';
import { isStream, type PdfObject, type PdfValue } from './values';

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

function targetsOf(value: PdfValue): number[] {
  if (value === null || typeof value !== 'object') return [];
  switch (value.kind) {
    case 'ref':
      return [value.number];
    case 'array':
      return value.items.flatMap(targetsOf);
    case 'dict':
      return [...value.entries.values()].flatMap((entry) => targetsOf(entry.value));
    case 'stream':
      return targetsOf(value.dict);
    case 'name':
    case 'string':
    case 'unknown':
      return [];
  }
}

function readStrictly(bytes: Uint8Array): PdfObject | undefined {
  try {
    return readObjectAt(bytesSource(bytes), 0);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}

/** What the strict reader says of the object: its references and its end. */
function strictly(bytes: Uint8Array): { targets: number[]; end: number } | undefined {
  const object = readStrictly(bytes);
  if (object?.number !== 7 || object.generation !== 0) return undefined;
  const { value } = object;
  const targets = targetsOf(value);
  if (!isStream(value)) return { targets, end: object.raw.length };
  const length = value.dict.entries.get('Length')?.value;
  return typeof length === 'number' ? { targets, end: value.dataStart + length } : undefined;
}

function outlined(bytes: Uint8Array, final = true): { targets: number[]; end: number } {
  const outline = new Outline();
  const end = outline.object(bytes, 7, 0, final);
  return { targets: [...outline.targets.subarray(0, outline.count)], end };
}

const white = fc.constantFrom(' ', '\n', '\r\n', '  ', '\t', ' %c\n');
const atom = fc.constantFrom(
  ...['12', '0', '-3', '+.5', '4.', '.', '1.2.3', '--7', '12345678901', '9 0 R', '10 0 R', '8388608 0 R'],
  ...['3 65536 R', '9 0 Rx', '9 0', 'true', 'false', 'null', 'nul', '/Name', '/A#42', '/', '<48 65>', '<4x>'],
  ...['(a (b) c)', '(1 0 R)', '(\\) 2 0 R)', '(\\\\)', '()', '<>', '65 0 R', '7 00 R', '007 0 R'],
);
const key = fc.constantFrom('/Length', '/A', '/B', '/A#42', '/AB', '/Kids', '/Len#67th');
const { value } = fc.letrec<{ value: string; array: string; dict: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    { arbitrary: atom, weight: 4 },
    { arbitrary: tie('array'), weight: 2 },
    { arbitrary: tie('dict'), weight: 3 },
  ),
  array: fc.tuple(fc.array(fc.tuple(tie('value'), white)), white).map(([items, gap]) => {
    return `[${gap}${items.map(([item, after]) => item + after).join('')}]`;
  }),
  dict: fc.array(fc.tuple(key, white, tie('value'), white)).map((entries) => {
    return `<<${entries.map((parts) => parts.join('')).join('')}>>`;
  }),
}));
const ending = fc.constantFrom(
  '\nendobj\n',
  ' stream\r\nabc\nendstream endobj',
  '\nstream\nabc',
  ' streamx',
  '',
);
const object = fc
  .tuple(white, value, ending, fc.constantFrom('7 0 obj', '7 0 obj ', '8 0 obj ', '07 0 obj\n'))
  .map(([gap, body, end, head]) => `${gap}${head}${body}${end}`);

describe('an outline', () => {
  it('finds references and end of what is written plainly', () => {
    const text = '7 0 obj\n<< /A [1 0 R 22 0 R] /B (3 0 R) /C << /D 5 0 R /E -1.5 >> /F <3120> >>';
    expect(outlined(latin(`${text}\nendobj\n`))).toEqual({ targets: [1, 22, 5], end: text.length });
    const head = '7 0 obj << /Length 5 /F /X >> stream\r\n';
    expect(outlined(latin(`${head}12345\nendstream`))).toEqual({ targets: [], end: head.length + 5 });
    expect(outlined(latin('7 0 obj 65 endobj')).end).toBe(10);
  });

  it('never says anything else than the strict reader', () => {
    let sure = 0;
    fc.assert(
      fc.property(object, (text) => {
        const bytes = latin(text);
        const found = outlined(bytes);
        if (found.end < 0) return;
        sure += 1;
        expect(found).toEqual(strictly(bytes));
      }),
      { numRuns: 5000 },
    );
    expect(sure).toBeGreaterThan(100);
  });

  it('never says anything else of damaged bytes', () => {
    fc.assert(
      fc.property(object, fc.nat(), fc.integer({ min: 0, max: 255 }), (text, place, byte) => {
        const bytes = latin(text);
        bytes[place % bytes.length] = byte;
        const found = outlined(bytes);
        if (found.end >= 0) expect(found).toEqual(strictly(bytes));
      }),
      { numRuns: 5000 },
    );
  });

  it('asks for more bytes, or is right without them, wherever the bytes at hand are cut', () => {
    fc.assert(
      fc.property(object, fc.nat(), (text, cut) => {
        const bytes = latin(text);
        const found = outlined(bytes.subarray(0, cut % (bytes.length + 1)), false);
        if (found.end >= 0) expect(found).toEqual(strictly(bytes));
      }),
      { numRuns: 5000 },
    );
    expect(outlined(latin('7 0 obj << /A 12'), false).end).toBe(SHORT);
  });

  it('leaves what is unusual to the strict reader', () => {
    for (const body of ['<< /A 1 0 R /A 2 0 R >>', '<< /A#42 1 0 R >>', '[ %c\n1 0 R]', '[9999999 0 R]']) {
      expect(outlined(latin(`7 0 obj ${body} endobj`)).end, body).toBe(UNSURE);
    }
  });
});
