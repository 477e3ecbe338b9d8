// Finds the newest cross-reference section of a file whose startxref is wrong, and takes it only when nothing is left to guess:
// its chain holds every section of the file, every entry leads to its object, and no object stands outside. It repairs nothing.
import type { ByteSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import type { Section } from './sections';

/** Beyond this the whole file is not looked through. */
const LARGEST = 32 * 1024 * 1024;
/** More saves than this are not compared. */
const MOST_SECTIONS = 64;

const objectPattern =
  /(?<![0-9A-Za-z])(\d{1,7})[ \t\r\n\f\0]{1,8}(\d{1,5})[ \t\r\n\f\0]{1,8}obj(?![0-9A-Za-z])/g;

interface Placed {
  readonly number: number;
  readonly generation: number;
}

/** Every object by its offset. */
function objectsIn(text: string): Map<number, Placed> {
  const found = new Map<number, Placed>();
  for (const match of text.matchAll(objectPattern)) {
    found.set(match.index, { number: Number(match[1]), generation: Number(match[2]) });
  }
  return found;
}

/** Where a section begins: the keyword of a table, or the object of a cross-reference stream. In file order. */
function sectionPlaces(text: string, objects: ReadonlyMap<number, Placed>): number[] {
  const places = new Set<number>();
  for (const match of text.matchAll(/(?<![A-Za-z])xref(?=[\s\0])/g)) places.add(match.index);
  const offsets = [...objects.keys()];
  let before = 0;
  for (const match of text.matchAll(/\/XRef(?![A-Za-z])/g)) {
    while ((offsets[before + 1] ?? Number.POSITIVE_INFINITY) < match.index) before += 1;
    places.add(offsets[before] ?? -1);
    if (places.size > MOST_SECTIONS) break;
  }
  return [...places].sort((a, b) => a - b);
}

/** Where an entry leads: the offset of the object itself; it may point at the white space before it. */
function objectAt(text: string, objects: ReadonlyMap<number, Placed>, offset: number): number {
  if (objects.has(offset)) return offset;
  let at = offset;
  while (at < text.length && at - offset < 16 && /[\s\0]/.test(text.charAt(at))) at += 1;
  return at;
}

function isProven(
  sections: readonly Section[],
  text: string,
  objects: ReadonlyMap<number, Placed>,
  shift: number,
): boolean {
  const named = new Set<number>(sections.map((section) => section.offset));
  /** The newest place of each number, as the chain has it. */
  const newest = new Map<number, number>();
  for (const { entries } of sections) {
    for (const number of entries.numbers()) {
      const entry = entries.get(number);
      if (entry === undefined) continue;
      if (entry.kind !== 'offset') {
        if (!newest.has(number)) newest.set(number, -1);
        continue;
      }
      const offset = objectAt(text, objects, entry.offset + shift);
      const placed = objects.get(offset);
      if (placed?.number !== number || placed.generation !== entry.generation) return false;
      named.add(offset);
      if (!newest.has(number)) newest.set(number, offset);
    }
  }
  // Who reads objects without tables takes the last of a number: it must be the one the chain names.
  for (const [offset, { number }] of objects) {
    const known = newest.get(number);
    if (!named.has(offset) || (known !== undefined && offset > known && !isSection(sections, offset)))
      return false;
  }
  return objects.size > 0;
}

function isSection(sections: readonly Section[], offset: number): boolean {
  return sections.some((section) => section.offset === offset);
}

/**
 * The chain that is proven, newest section first, and by how much its offsets are to be shifted; undefined where there is
 * none. `read` gives the chain that begins at an offset of the file, or throws Failure.
 */
export function findProvenChain(
  source: ByteSource,
  headerOffset: number,
  read: (offset: number, shift: number) => Section[],
): { readonly sections: Section[]; readonly shift: number } | undefined {
  if (source.size > LARGEST) return undefined;
  const text = Buffer.from(source.read(0, source.size)).toString('latin1');
  // Two tables for one save: which of them counts is not told by places.
  if (/\/XRefStm(?![A-Za-z])/.test(text)) return undefined;
  const objects = objectsIn(text);
  const places = sectionPlaces(text, objects);
  if (places.length === 0 || places.length > MOST_SECTIONS) return undefined;
  for (const shift of new Set([headerOffset, 0])) {
    for (const place of places) {
      const sections = chainFrom(place, shift, read);
      if (sections?.length !== places.length) continue;
      if (!places.every((one) => isSection(sections, one))) continue;
      if (isProven(sections, text, objects, shift)) return { sections, shift };
    }
  }
  return undefined;
}

function chainFrom(
  place: number,
  shift: number,
  read: (offset: number, shift: number) => Section[],
): Section[] | undefined {
  if (place < shift) return undefined;
  try {
    return read(place, shift);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}
