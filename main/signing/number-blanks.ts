// The blanks of number and date as text fields: made ready before the first signature, filled after it as a change that the
// signer foresaw (ISO 32000-2, 12.8.2.2: filling in forms). The other way, for documents prepared elsewhere, is number-fields.
import { createHash } from 'node:crypto';
import type { ByteSource } from '../../preload/contract/byte-source';
import { assert, Failure } from '../../preload/contract/failure';
import {
  addAnnotation,
  addPlainFields,
  entryOf,
  fillTextField,
  Increment,
  isString,
  type PdfField,
  type PdfFile,
  type PdfRef,
  putTextField,
  textOf,
} from '../pdf';
import { putAppearance } from './appearance';
import { pageOfWidget, readSigningFacts, type SigningFacts } from './fields';
import { FontUse } from './font';
import { geometryOf, type PageGeometry, type Rect, rectOf } from './geometry';
import type { SigningResources } from './prepare';
import { onWritable } from './writable';

/** Number, day and month each have a blank of their own on the page (NĐ 30/2020, phụ lục I, boxes 3 and 4). */
export const numberParts = ['number', 'day', 'month'] as const;
export type NumberPart = (typeof numberParts)[number];

/** A blank on the page as shown: from `x` to `right` on the base line `y`, for text of `size`; points. */
export interface NumberBlank {
  readonly part: NumberPart;
  /** From 0. */
  readonly page: number;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

/** What is written into each blank. */
export type NumberValues = Readonly<Partial<Record<NumberPart, string>>>;

export const blankNames: Readonly<Record<NumberPart, string>> = {
  number: 'VanThuSo',
  day: 'VanThuNgay',
  month: 'VanThuThang',
};

const titles: Readonly<Record<NumberPart, string>> = {
  number: 'Số văn bản',
  day: 'Ngày ban hành',
  month: 'Tháng ban hành',
};

/** Room below and above the base line, in letters' height. */
const below = 0.3;
const above = 1;

/** The field's rectangle around a blank. */
function rectOfBlank({ x, right, y, size }: NumberBlank): Rect {
  return { x, y: y - size * below, width: right - x, height: size * (below + above) };
}

/** The blank that a field's rectangle was made from. */
function blankOf(part: NumberPart, page: number, rect: Rect): NumberBlank {
  const size = rect.height / (below + above);
  return { part, page, x: rect.x, right: rect.x + rect.width, y: rect.y + size * below, size };
}

/** Where a word stands in a blank: in its middle, smaller where it would not fit. `width` is its width at one point. */
export function wordIn(blank: NumberBlank, width: number): { readonly x: number; readonly size: number } {
  const room = blank.right - blank.x;
  const size = Math.min(blank.size, room / Math.max(0.01, width));
  return { x: blank.x + (room - width * size) / 2, size };
}

interface BlankField {
  readonly field: PdfField;
  readonly blank: NumberBlank;
  readonly geometry: PageGeometry;
  readonly empty: boolean;
}

/** The fields of this document that were made ready for number and date. */
function blankFields(file: PdfFile, facts: SigningFacts): BlankField[] {
  return numberParts.flatMap((part) => {
    const field = facts.fields.find((one) => one.name === blankNames[part] && one.type === 'Tx');
    const [widget] = field?.widgets ?? [];
    if (field === undefined || widget === undefined || facts.locked(field.name)) return [];
    const onPage = rectOf(file, entryOf(widget.dict, 'Rect'));
    const page = pageOfWidget(file, widget);
    if (onPage === undefined || page === undefined || onPage.width < 1 || onPage.height < 1) return [];
    const geometry = geometryOf(file, page);
    const value = file.resolve(field.value);
    const empty = value === null || (isString(value) && textOf(value.bytes) === '');
    return [{ field, geometry, empty, blank: blankOf(part, page.index, geometry.toShown(onPage)) }];
  });
}

/** The blanks that may be filled, or whether they were filled already. Throws as readSigningFacts. */
export function readNumberBlanks(file: PdfFile): {
  readonly blanks: readonly NumberBlank[];
  readonly filled: boolean;
} {
  const found = blankFields(file, readSigningFacts(file));
  return { blanks: found.map((one) => one.blank), filled: found.some((one) => !one.empty) };
}

function appearanceOf(
  increment: Increment,
  { blank, geometry }: Pick<BlankField, 'blank' | 'geometry'>,
  use: FontUse,
  text: string,
  font?: PdfRef,
): PdfRef {
  const { width, height } = rectOfBlank(blank);
  const at = wordIn(blank, use.widthOf(text, 1));
  const lines = text === '' ? [] : [{ x: at.x - blank.x, y: blank.size * below, size: at.size, text }];
  const layout = { width, height, picture: undefined, lines };
  const options = { field: true, ...(font === undefined ? {} : { font }) };
  return putAppearance(increment, layout, use, geometry.rotation, options);
}

const changeId = (size: number, what: string): Uint8Array =>
  createHash('sha256').update(`${size} ${what}`).digest().subarray(0, 16);

/**
 * The bytes to append that make text fields of the blanks; empty where there is nothing to do: the document is signed, or has
 * fields of these names. Throws Failure `pdf-page-missing` and those of reading.
 */
export function prepareNumberBlanks(
  source: ByteSource,
  blanks: readonly NumberBlank[],
  resources: SigningResources,
  password?: string,
): Uint8Array {
  return onWritable(source, password, (file) => {
    const facts = readSigningFacts(file);
    const free = blanks.filter((one) => !facts.names.has(blankNames[one.part]));
    const [first] = free;
    if (first === undefined || free.length < blanks.length || facts.signed.length > 0)
      return new Uint8Array();
    const increment = new Increment(file);
    const form = file.acroForm()?.dict;
    increment.keepClear(file.catalog.dict, ...(form === undefined ? [] : [form, file.get(form, 'Fields')]));
    const page = file.page(first.page);
    const geometry = geometryOf(file, page);
    const use = new FontUse(resources.font);
    const fields = free
      .filter((one) => one.page === first.page)
      .map((blank) => {
        const own = geometry.toPage(rectOfBlank(blank));
        return putTextField(increment, {
          name: blankNames[blank.part],
          title: titles[blank.part],
          page: page.ref,
          rect: [own.x, own.y, own.x + own.width, own.y + own.height],
          rotation: geometry.rotation,
          size: blank.size,
          appearance: appearanceOf(increment, { blank, geometry }, use, ''),
        });
      });
    addAnnotation(file, increment, page, ...fields);
    addPlainFields(file, increment, fields);
    return increment.finish(changeId(source.size, 'blanks')).bytes;
  });
}

/**
 * The bytes to append that fill the blanks, each with an appearance of its own. Throws Failure `signing-number-present` where
 * one has a value, `signing-field-missing` where the document has none for a value, and those of reading.
 */
export function fillNumberBlanks(
  source: ByteSource,
  values: NumberValues,
  resources: SigningResources,
  password?: string,
): Uint8Array {
  return onWritable(source, password, (file) => {
    const found = blankFields(file, readSigningFacts(file));
    if (found.some((one) => !one.empty)) throw new Failure('signing-number-present', 'filled');
    const increment = new Increment(file);
    // One font for all of them: the words are gathered before it is written.
    const use = new FontUse(resources.font);
    const words = numberParts.flatMap((part) => {
      const text = values[part];
      if (text === undefined) return [];
      const one = found.find((field) => field.blank.part === part);
      if (one === undefined) throw new Failure('signing-field-missing', blankNames[part]);
      return [{ one, text }];
    });
    assert(words.length > 0, 'there is something to write');
    for (const { text } of words) use.show(text);
    const font = use.put(increment);
    for (const { one, text } of words) {
      fillTextField(file, increment, one.field, text, appearanceOf(increment, one, use, text, font));
    }
    const shown = words.map(({ text }) => text).join(' ');
    return increment.finish(changeId(source.size, shown)).bytes;
  });
}
