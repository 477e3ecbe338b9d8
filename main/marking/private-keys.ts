// What a mark holds beyond the standard's keys (pressure, layer, colour by name, milliseconds): a stream beside the annotation,
// believed only while the standard's keys still say what was written with it. It draws nothing.
import { z } from 'zod';
import { type ExportedMark, exportedMark, inkOf } from '../../preload/contract/annotation';
import type { PageGeometry } from '../signing';
import { lineHeads, type StandardShape, sameNumbers, standardShape, subtypeOf } from './standard-shape';

/** The dictionary of an annotation made here: its version and the stream. */
export const privateKey = 'VanThu';
const version = 1;

/** Words and author stand in /Contents and /T alone: who takes them out there has taken them out. */
const kept = z.strictObject({
  version: z.literal(version),
  rect: z.array(z.number()).length(4),
  mark: exportedMark.omit({ text: true, author: true, page: true }),
});

/** The stream's bytes; `rect` is /Rect as written. */
export function privateBytes(mark: ExportedMark, rect: readonly number[]): Uint8Array {
  const { text: _text, author: _author, page: _page, ...rest } = mark;
  return Buffer.from(JSON.stringify({ version, rect, mark: rest }), 'utf8');
}

/** What an annotation's standard keys say now. */
export interface StandardKeys {
  readonly subtype: string;
  /** /C as written. */
  readonly colour: readonly number[];
  /** /LE as written: names of what stands at the ends of a line; empty where there is none. */
  readonly heads: readonly string[];
  readonly rect: readonly number[];
  readonly shape: StandardShape;
  readonly text: string;
  readonly author: string;
  readonly page: number;
}

function sameShape(one: StandardShape, other: StandardShape): boolean {
  const inks = one.InkList ?? [];
  const others = other.InkList ?? [];
  return (
    sameNumbers(one.QuadPoints ?? [], other.QuadPoints ?? []) &&
    sameNumbers(one.L ?? [], other.L ?? []) &&
    inks.length === others.length &&
    inks.every((stroke, index) => sameNumbers(stroke, others[index] ?? []))
  );
}

/** Kind, colour and the ends of a line are still what was written. */
function sameLook({ kind, colour }: ExportedMark, keys: StandardKeys): boolean {
  const heads = kind === 'arrow' || kind === 'line' ? lineHeads[kind] : undefined;
  return (
    subtypeOf[kind] === keys.subtype &&
    sameNumbers(inkOf[colour], keys.colour) &&
    (heads === undefined || heads.join(' ') === keys.heads.join(' '))
  );
}

/**
 * The mark as it was written, with the words that stand there now; undefined where another program changed its kind, its colour or
 * its shape.
 */
export function privateMark(
  bytes: Uint8Array,
  keys: StandardKeys,
  geometry: PageGeometry,
): ExportedMark | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // Bytes of another program under our name are not ours.
    return undefined;
  }
  const parsed = kept.safeParse(value);
  if (!parsed.success) return undefined;
  const whole = exportedMark.safeParse({
    ...parsed.data.mark,
    page: keys.page,
    text: keys.text,
    author: keys.author,
  });
  if (!whole.success || !sameNumbers(parsed.data.rect, keys.rect)) return undefined;
  const same = sameLook(whole.data, keys) && sameShape(standardShape(whole.data, geometry), keys.shape);
  return same ? whole.data : undefined;
}
