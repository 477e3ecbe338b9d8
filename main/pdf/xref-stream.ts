// Reads a cross-reference stream (ISO 32000-2, 7.5.8). It follows no /Prev and resolves no reference: none is allowed there.
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure, isFailure } from '../../preload/contract/failure';
import { EntryRun, EntrySet } from './entries';
import { decodeStream } from './filters';
import { limits } from './limits';
import { readObjectAt } from './object-at';
import {
  entryOf,
  isArray,
  isCount,
  isName,
  isRef,
  isStream,
  type PdfDict,
  type PdfObject,
  type PdfValue,
} from './values';
import { parseAt } from './window';

export interface StreamSection {
  readonly entries: EntrySet;
  readonly trailer: PdfDict;
  readonly end: number;
  /** The number of the stream object itself. */
  readonly number: number;
}

function bad(detail: string): Failure {
  return new Failure('pdf-xref-damaged', detail);
}

function direct(value: PdfValue | undefined): PdfValue {
  if (isRef(value)) throw bad('reference inside a cross-reference stream dictionary');
  return value ?? null;
}

function counts(value: PdfValue | undefined): readonly number[] | undefined {
  const array = direct(value);
  if (!isArray(array)) return undefined;
  return array.items.map((item) => {
    if (!isCount(item)) throw bad('number in a cross-reference stream dictionary');
    return item;
  });
}

function field(bytes: Uint8Array, from: number, width: number): number {
  let value = 0;
  for (let index = from; index < from + width; index += 1) value = value * 256 + (bytes[index] ?? 0);
  return value;
}

function readRuns(data: Uint8Array, dict: PdfDict): EntrySet {
  const widths = counts(entryOf(dict, 'W'));
  if (widths === undefined || widths.length < 3 || widths.some((width) => width > 8)) throw bad('/W');
  const [first = 0, second = 0, third = 0] = widths;
  const row = widths.reduce((sum, width) => sum + width, 0);
  if (second === 0) throw bad('/W without places');
  const size = direct(entryOf(dict, 'Size'));
  const index = counts(entryOf(dict, 'Index')) ?? [0, isCount(size) ? size : 0];
  const runs: EntryRun[] = [];
  let at = 0;
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const start = index[pair] ?? 0;
    // Some writers announce more entries than they write; those that are there are exact.
    const count = Math.min(index[pair + 1] ?? 0, Math.floor((data.length - at) / row));
    const run = new EntryRun(start, count);
    for (let place = 0; place < count; place += 1) {
      const type = first === 0 ? 1 : field(data, at, first);
      run.set(place, type, field(data, at + first, second), field(data, at + first + second, third));
      at += row;
    }
    runs.push(run);
  }
  return new EntrySet(runs);
}

function readStreamObject(source: ByteSource, offset: number): PdfObject {
  try {
    return readObjectAt(source, offset);
  } catch (error) {
    if (!isFailure(error) || error.code !== 'pdf-object-damaged') throw error;
    throw new Failure('pdf-xref-damaged', `no cross-reference at ${offset}`, { cause: error });
  }
}

/** Reads the section whose stream object begins at `offset`. Throws Failure `pdf-xref-damaged` and those of streams. */
export function readXrefStream(source: ByteSource, offset: number): StreamSection {
  const object = readStreamObject(source, offset);
  const value = object.value;
  if (!isStream(value)) throw bad('no cross-reference at its place');
  const dict = value.dict;
  if (!isName(entryOf(dict, 'Type'), 'XRef')) throw bad('not a cross-reference stream');
  const length = direct(entryOf(dict, 'Length'));
  if (!isCount(length) || value.dataStart + length > source.size)
    throw bad('length of the cross-reference stream');
  const dataEnd = value.dataStart + length;
  const end = parseAt(source, dataEnd, (reader) => {
    reader.skipWhite();
    if (!reader.tryKeyword('endstream')) throw bad('cross-reference stream without endstream');
    reader.skipWhite();
    reader.tryKeyword('endobj');
    return dataEnd + reader.position;
  });
  const data = decodeStream(source.read(value.dataStart, length), dict, limits.decodedBytes, direct);
  return { entries: readRuns(data, dict), trailer: dict, end, number: object.number };
}
