// Finds the cross-reference table of a file whose startxref is wrong, and takes it only when nothing is left to guess: it is
// the only one, and it names every object of the file, each at its place, and no other. It repairs nothing.
import type { ByteSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import { entryOf } from './values';
import { readXrefTable, type TableSection } from './xref-table';

/** Beyond this the whole file is not looked through. */
const LARGEST = 32 * 1024 * 1024;

const objectPattern =
  /(?<![0-9A-Za-z])(\d{1,7})[ \t\r\n\f\0]{1,8}(\d{1,5})[ \t\r\n\f\0]{1,8}obj(?![0-9A-Za-z])/g;

interface Placed {
  readonly offset: number;
  readonly generation: number;
}

/** Every object by its number, or undefined where one stands twice. */
function objectsIn(text: string): Map<number, Placed> | undefined {
  const found = new Map<number, Placed>();
  for (const match of text.matchAll(objectPattern)) {
    const number = Number(match[1]);
    if (found.has(number)) return undefined;
    found.set(number, { offset: match.index, generation: Number(match[2]) });
  }
  return found;
}

function isProven(table: TableSection, text: string, shift: number): boolean {
  const objects = objectsIn(text);
  if (objects === undefined || objects.size === 0) return false;
  let used = 0;
  for (const number of table.entries.numbers()) {
    const entry = table.entries.get(number);
    if (entry === undefined || entry.kind === 'free') continue;
    const placed = objects.get(number);
    if (entry.kind !== 'offset' || placed?.generation !== entry.generation) return false;
    const start = entry.offset + shift;
    // An entry may point at the white space before its object.
    if (start > placed.offset || !/^[\s\0]*$/.test(text.slice(start, placed.offset))) return false;
    used += 1;
  }
  return used === objects.size;
}

function onlyPlaceOf(text: string, pattern: RegExp): number | undefined {
  const places = [...text.matchAll(pattern)];
  return places.length === 1 ? places[0]?.index : undefined;
}

/** Where the proven table stands, and by how much its offsets are to be shifted; undefined where there is none. */
export function findProvenTable(
  source: ByteSource,
  headerOffset: number,
): { readonly offset: number; readonly shift: number } | undefined {
  if (source.size > LARGEST) return undefined;
  const text = Buffer.from(source.read(0, source.size)).toString('latin1');
  const offset = onlyPlaceOf(text, /(?<![A-Za-z])xref(?=[\s\0])/g);
  const end = onlyPlaceOf(text, /startxref/g);
  // More than one save, or a signature: another reader might see another document.
  if (offset === undefined || end === undefined || end < offset) return undefined;
  if (/\/(?:XRef|ObjStm|ByteRange|XRefStm)(?![A-Za-z])/.test(text)) return undefined;
  let table: TableSection;
  try {
    table = readXrefTable(source, offset);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
  if (table.end > end || entryOf(table.trailer, 'Prev') !== undefined) return undefined;
  const shift = [...new Set([headerOffset, 0])].find((one) => isProven(table, text, one));
  return shift === undefined ? undefined : { offset, shift };
}
