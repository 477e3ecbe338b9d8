// The text that an appearance stream shows, so that a filled field can be held against its value. It paints nothing: text is
// told apart by the codes of its fonts, and whatever else can look like text is said to be there.
import { isFailure } from '../../../preload/contract/failure';
import {
  contentSteps,
  entryOf,
  isArray,
  isDict,
  isName,
  isStream,
  isString,
  type PdfDict,
  type PdfStream,
  type PdfValue,
  type PdfView,
  textOf,
} from '../../pdf';
import { type Decode, decoderOf, plainText } from './font-codes';

export interface ShownText {
  readonly text: string;
  /** A picture, a shading or curves: they may show anything. */
  readonly pictures: boolean;
  /** Some text has codes that no map turns into characters. */
  readonly unread: boolean;
}

const showing = new Set(['Tj', 'TJ', "'", '"']);
const pictures = new Set(['sh', 'BI', 'c', 'v', 'y']);
const maxDepth = 4;
/** Text of this rendering mode leaves no mark (9.3.6). */
const invisible = 3;

/** Reads the text of an appearance. Throws Failure where the stream cannot be read. */
export function shownText(view: PdfView, appearance: PdfStream, depth = 0): ShownText {
  const resources = view.get(appearance.dict, 'Resources');
  const named = (kind: string, name: string): PdfValue => {
    const list = isDict(resources) ? view.get(resources, kind) : null;
    return isDict(list) ? view.get(list, name) : null;
  };
  const state = { text: '', pictures: false, unread: false };
  let decode: Decode = plainText;
  let mode = 0;
  for (const { operator, operands } of contentSteps(view.decoded(appearance))) {
    const [first] = operands;
    if (operator === 'Tf' && isName(first)) {
      const font = named('Font', first.name);
      decode = isDict(font) ? decoderOf(view, font) : plainText;
    } else if (operator === 'Tr' && typeof first === 'number') mode = first;
    else if (pictures.has(operator)) state.pictures = true;
    else if (operator === 'Do' && isName(first)) {
      const inner = named('XObject', first.name);
      if (!isStream(inner)) continue;
      if (!isName(view.get(inner.dict, 'Subtype'), 'Form') || depth >= maxDepth) state.pictures = true;
      else join(state, shownText(view, inner, depth + 1));
    } else if (showing.has(operator) && mode !== invisible) {
      const pieces = operands.flatMap((one) => (isArray(one) ? one.items : [one]));
      for (const piece of pieces) {
        if (!isString(piece)) continue;
        const text = decode(piece.bytes);
        if (text === undefined) state.unread = true;
        else state.text += text;
      }
    }
  }
  return state;
}

function join(state: { text: string; pictures: boolean; unread: boolean }, inner: ShownText): void {
  state.text += inner.text;
  state.pictures ||= inner.pictures;
  state.unread ||= inner.unread;
}

/** The value of a text field as text; undefined where it is no text. */
function fieldText(view: PdfView, value: PdfValue): string | undefined {
  if (value === null) return '';
  if (isString(value)) return textOf(value.bytes);
  return isStream(value) ? textOf(view.decoded(value)) : undefined;
}

const passwordFlag = 8192;

/** Letters and digits as they are read, however they are spaced. */
function plainly(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‘’`]/g, "'")
    .replace(/[–—−‐‑]/g, '-')
    .replace(/[\s\u0000-\u001f\u00ad\u200b]/g, '');
}

/**
 * True when the appearance of a filled text field shows its value and nothing else that could be read. A field that is formatted
 * by an action (12.6.4.17) may show its value in another form, so it is not held to it.
 */
export function showsItsValue(view: PdfView, field: PdfDict, value: PdfValue, flags: number): boolean {
  try {
    return agrees(view, field, value, flags);
  } catch (error) {
    // What our reader cannot read, another may show as it likes.
    if (isFailure(error)) return false;
    throw error;
  }
}

function agrees(view: PdfView, field: PdfDict, value: PdfValue, flags: number): boolean {
  const appearance = view.get(field, 'AP');
  const normal = isDict(appearance) ? view.get(appearance, 'N') : null;
  if (normal === null) return true;
  const text = fieldText(view, value);
  if (!isStream(normal) || text === undefined) return false;
  const shown = shownText(view, normal);
  if (shown.pictures || shown.unread) return false;
  if ((flags & passwordFlag) !== 0) return /^[*•\s]*$/.test(shown.text);
  if (plainly(shown.text) === plainly(text)) return true;
  const actions = view.get(field, 'AA');
  return isDict(actions) && entryOf(actions, 'F') !== undefined;
}
