// Writes number and date on a document after the leader's signature: into the fields made ready before it where there are
// some, else as fields of the agency's own. It chooses by what the document has and says which way it took.
import type { ByteSource } from '../../preload/contract/byte-source';
import {
  fillNumberBlanks,
  type NumberBlank,
  type NumberPart,
  type NumberValues,
  numberParts,
  readNumberBlanks,
  wordIn,
} from './number-blanks';
import { prepareNumberFields } from './number-fields';
import type { SigningResources } from './prepare';
import type { PlacedText } from './request';
import { onWritable } from './writable';

/** `blanks`: fields made ready before the first signature; `fields`: signature fields of the agency whose picture is the text. */
export type NumberWay = 'blanks' | 'fields';

export interface NumberOrder {
  readonly values: Readonly<Record<NumberPart, string>>;
  /** Blanks of page 1 as its text shows them, for a document that has no fields. */
  readonly found: readonly NumberBlank[];
}

export interface WrittenNumber {
  /** Bytes to append; empty where the page has no place for number and date. */
  readonly increment: Uint8Array;
  readonly way: NumberWay;
}

/**
 * Throws Failure `signing-number-present` when the document carries its number already, `signing-certified-closed`, and those
 * of reading.
 */
export function writeNumber(
  source: ByteSource,
  { values, found }: NumberOrder,
  resources: SigningResources,
  password?: string,
): WrittenNumber {
  const { blanks } = onWritable(source, password, readNumberBlanks);
  if (blanks.length > 0) {
    const own: NumberValues = Object.fromEntries(blanks.map(({ part }) => [part, values[part]]));
    return { way: 'blanks', increment: fillNumberBlanks(source, own, resources, password) };
  }
  const texts = (parts: readonly NumberPart[]): PlacedText[] =>
    found
      .filter((one) => parts.includes(one.part))
      .map((blank) => {
        const text = values[blank.part];
        const { x, size } = wordIn(blank, text.length / 2);
        return { x, y: blank.y, size, text };
      });
  const [number, ...date] = numberParts;
  const page = found[0]?.page ?? 0;
  const placed = { page, number: texts([number]), date: texts(date) };
  if (found.length === 0) return { way: 'fields', increment: new Uint8Array() };
  return { way: 'fields', increment: prepareNumberFields(source, placed, resources, password) };
}
