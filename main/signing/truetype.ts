// Reads a TrueType font and makes a subset of it with only the glyphs a text needs (OpenType 1.9: cmap, loca, glyf, hmtx).
// It shapes nothing: Vietnamese in NFC has one glyph a letter, stacked marks included.
import { Failure } from '../../preload/contract/failure';

export interface TrueTypeFont {
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly box: readonly [number, number, number, number];
  /** The glyph of a code point, 0 where the font has none. */
  readonly glyphOf: (codePoint: number) => number;
  /** Advance of a glyph in font units. */
  readonly advanceOf: (glyph: number) => number;
  /** A font file with these glyphs alone, numbered in this order after 0 (.notdef). */
  readonly subset: (glyphs: readonly number[]) => Uint8Array;
}

function unusable(detail: string): Failure {
  return new Failure('signing-font-unusable', detail);
}

function tablesOf(view: DataView, bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const tables = new Map<string, Uint8Array>();
  const count = view.getUint16(4);
  for (let index = 0; index < count; index += 1) {
    const record = 12 + index * 16;
    const tag = String.fromCharCode(...bytes.subarray(record, record + 4));
    const start = view.getUint32(record + 8);
    tables.set(tag, bytes.subarray(start, start + view.getUint32(record + 12)));
  }
  return tables;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Reads cmap subtables of format 4 and 12 into one map. */
function readCmap(table: Uint8Array): Map<number, number> {
  const view = viewOf(table);
  const glyphs = new Map<number, number>();
  const count = view.getUint16(2);
  for (let index = 0; index < count; index += 1) {
    const platform = view.getUint16(4 + index * 8);
    const start = view.getUint32(8 + index * 8);
    const format = view.getUint16(start);
    if (platform !== 0 && platform !== 3) continue;
    if (format === 4) readSegments(view, start, glyphs);
    if (format === 12) readGroups(view, start, glyphs);
  }
  return glyphs;
}

function readSegments(view: DataView, start: number, glyphs: Map<number, number>): void {
  const segments = view.getUint16(start + 6) / 2;
  const ends = start + 14;
  const starts = ends + segments * 2 + 2;
  const deltas = starts + segments * 2;
  const ranges = deltas + segments * 2;
  for (let segment = 0; segment < segments; segment += 1) {
    const first = view.getUint16(starts + segment * 2);
    const last = view.getUint16(ends + segment * 2);
    const delta = view.getUint16(deltas + segment * 2);
    const range = view.getUint16(ranges + segment * 2);
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      const place = ranges + segment * 2 + range + (code - first) * 2;
      const raw = range === 0 ? code : view.getUint16(place);
      const glyph = range !== 0 && raw === 0 ? 0 : (raw + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

function readGroups(view: DataView, start: number, glyphs: Map<number, number>): void {
  const groups = view.getUint32(start + 12);
  for (let group = 0; group < groups; group += 1) {
    const at = start + 16 + group * 12;
    const first = view.getUint32(at);
    const last = Math.min(view.getUint32(at + 4), first + 0xffff);
    for (let code = first; code <= last; code += 1) glyphs.set(code, view.getUint32(at + 8) + code - first);
  }
}

const ARGUMENTS_ARE_WORDS = 1;
const HAS_SCALE = 8;
const MORE_COMPONENTS = 32;
const HAS_TWO_SCALES = 64;
const HAS_MATRIX = 128;

/** Places of the component glyph numbers inside a composite glyph. */
function componentPlaces(glyph: Uint8Array): number[] {
  if (glyph.length < 12) return [];
  const view = viewOf(glyph);
  if (view.getInt16(0) >= 0) return [];
  const places: number[] = [];
  let at = 10;
  for (;;) {
    const flags = view.getUint16(at);
    places.push(at + 2);
    at += 4 + ((flags & ARGUMENTS_ARE_WORDS) !== 0 ? 4 : 2);
    if ((flags & HAS_SCALE) !== 0) at += 2;
    else if ((flags & HAS_TWO_SCALES) !== 0) at += 4;
    else if ((flags & HAS_MATRIX) !== 0) at += 8;
    if ((flags & MORE_COMPONENTS) === 0) return places;
  }
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 4) {
    const word =
      ((bytes[index] ?? 0) << 24) |
      ((bytes[index + 1] ?? 0) << 16) |
      ((bytes[index + 2] ?? 0) << 8) |
      (bytes[index + 3] ?? 0);
    sum = (sum + word) >>> 0;
  }
  return sum;
}

function assemble(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const head = Buffer.alloc(12 + tables.length * 16);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(tables.length, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE(tables.length * 16 - power * 16, 10);
  const parts: Uint8Array[] = [head];
  let offset = head.length;
  tables.forEach(([tag, bytes], index) => {
    const record = 12 + index * 16;
    head.write(tag, record, 'latin1');
    head.writeUInt32BE(checksum(bytes), record + 4);
    head.writeUInt32BE(offset, record + 8);
    head.writeUInt32BE(bytes.length, record + 12);
    const padding = (4 - (bytes.length % 4)) % 4;
    parts.push(bytes, new Uint8Array(padding));
    offset += bytes.length + padding;
  });
  return Buffer.concat(parts);
}

/** Parses a TrueType font file. Throws Failure `signing-font-unusable`. */
export function parseTrueType(bytes: Uint8Array): TrueTypeFont {
  try {
    return parse(bytes);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('signing-font-unusable', 'malformed font', { cause: error });
  }
}

function parse(bytes: Uint8Array): TrueTypeFont {
  const tables = tablesOf(viewOf(bytes), bytes);
  const table = (tag: string): Uint8Array => {
    const found = tables.get(tag);
    if (found === undefined) throw unusable(`table ${tag}`);
    return found;
  };
  const head = viewOf(table('head'));
  const horizontal = viewOf(table('hhea'));
  const metrics = viewOf(table('hmtx'));
  const glyf = table('glyf');
  const loca = viewOf(table('loca'));
  const os2 = tables.get('OS/2');
  const longMetrics = horizontal.getUint16(34);
  const glyphCount = viewOf(table('maxp')).getUint16(4);
  const longOffsets = head.getInt16(50) === 1;
  const cmap = readCmap(table('cmap'));

  const offsetOf = (glyph: number): number =>
    longOffsets ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2;
  const outlineOf = (glyph: number): Uint8Array => {
    if (glyph >= glyphCount) throw unusable(`glyph ${glyph}`);
    return glyf.subarray(offsetOf(glyph), offsetOf(glyph + 1));
  };
  const advanceOf = (glyph: number): number => metrics.getUint16(Math.min(glyph, longMetrics - 1) * 4);
  const bearingOf = (glyph: number): number =>
    glyph < longMetrics
      ? metrics.getInt16(glyph * 4 + 2)
      : metrics.getInt16(longMetrics * 4 + (glyph - longMetrics) * 2);

  const subset = (glyphs: readonly number[]): Uint8Array => {
    const order = [0, ...glyphs];
    const numbers = new Map(order.map((glyph, index) => [glyph, index]));
    const outlines: Uint8Array[] = [];
    // `order` grows while it is walked: the parts of composite glyphs come after the glyphs asked for.
    for (let index = 0; index < order.length; index += 1) {
      const outline = Uint8Array.from(outlineOf(order[index] ?? 0));
      const view = viewOf(outline);
      for (const place of componentPlaces(outline)) {
        const part = view.getUint16(place);
        const known = numbers.get(part) ?? order.push(part) - 1;
        numbers.set(part, known);
        view.setUint16(place, known);
      }
      outlines.push(outline, new Uint8Array((4 - (outline.length % 4)) % 4));
    }
    const count = order.length;
    const newLoca = Buffer.alloc((count + 1) * 4);
    const newMetrics = Buffer.alloc(count * 4);
    let offset = 0;
    order.forEach((glyph, index) => {
      newLoca.writeUInt32BE(offset, index * 4);
      offset += (outlines[index * 2]?.length ?? 0) + (outlines[index * 2 + 1]?.length ?? 0);
      newMetrics.writeUInt16BE(advanceOf(glyph), index * 4);
      newMetrics.writeInt16BE(bearingOf(glyph), index * 4 + 2);
    });
    newLoca.writeUInt32BE(offset, count * 4);
    const newHead = Buffer.from(table('head'));
    newHead.writeUInt32BE(0, 8);
    newHead.writeInt16BE(1, 50);
    const newHorizontal = Buffer.from(table('hhea'));
    newHorizontal.writeUInt16BE(count, 34);
    const newMaximum = Buffer.from(table('maxp'));
    newMaximum.writeUInt16BE(count, 4);
    const kept = ['cvt ', 'fpgm', 'prep'].flatMap((tag): [string, Uint8Array][] => {
      const found = tables.get(tag);
      return found === undefined ? [] : [[tag, found]];
    });
    const all: [string, Uint8Array][] = [
      ...kept,
      ['glyf', Buffer.concat(outlines)],
      ['head', newHead],
      ['hhea', newHorizontal],
      ['hmtx', newMetrics],
      ['loca', newLoca],
      ['maxp', newMaximum],
    ];
    return assemble(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  };

  return {
    unitsPerEm: head.getUint16(18),
    ascent: horizontal.getInt16(4),
    descent: horizontal.getInt16(6),
    capHeight: os2 !== undefined && os2.length >= 90 ? viewOf(os2).getInt16(88) : horizontal.getInt16(4),
    box: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    glyphOf: (codePoint) => cmap.get(codePoint) ?? 0,
    advanceOf,
    subset,
  };
}
