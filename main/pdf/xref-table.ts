// Reads a classic cross-reference table and its trailer (ISO 32000-2, 7.5.4 and 7.5.5). It follows no /Prev.
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import { EntryRun, EntrySet } from './entries';
import { limits } from './limits';
import type { SyntaxReader } from './syntax';
import { isDict, type PdfDict } from './values';
import { parseAt, readSome } from './window';

export interface TableSection {
  readonly entries: EntrySet;
  readonly trailer: PdfDict;
  /** Offset just after the trailer dictionary. */
  readonly end: number;
}

const ENTRY = 20;
const BLOCK = 4096;

function bad(detail: string): Failure {
  return new Failure('pdf-xref-damaged', detail);
}

/** The number of so many digits, or -1. Without a branch for each digit: a table has millions of them. */
function digits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  let others = 0;
  for (let index = from; index < from + count; index += 1) {
    const digit = (bytes[index] ?? 0) - 48;
    others |= digit | (9 - digit);
    value = value * 10 + digit;
  }
  return others < 0 ? -1 : value;
}

/** Fills a run from entries of exactly 20 bytes; false when one is not of that form. */
function readFixed(source: ByteSource, start: number, run: EntryRun): boolean {
  for (let done = 0; done < run.count; done += BLOCK) {
    const count = Math.min(BLOCK, run.count - done);
    const bytes = readSome(source, start + done * ENTRY, count * ENTRY);
    if (bytes.length < count * ENTRY) return false;
    for (let index = 0; index < count; index += 1) {
      const at = index * ENTRY;
      const offset = digits(bytes, at, 10);
      const generation = digits(bytes, at + 11, 5);
      const type = bytes[at + 17];
      const last = bytes[at + 19];
      const wellFormed =
        offset >= 0 &&
        generation >= 0 &&
        bytes[at + 10] === 32 &&
        bytes[at + 16] === 32 &&
        (type === 110 || type === 102) &&
        (last === 10 || last === 13) &&
        (bytes[at + 18] === 32 || bytes[at + 18] === 13);
      if (!wellFormed) return false;
      run.set(done + index, type === 110 ? 1 : 0, offset, generation);
    }
  }
  return true;
}

/** Fills a run from entries with other white space than the standard's. Returns how many there really were. */
function readLoose(reader: SyntaxReader, run: EntryRun): number {
  for (let index = 0; index < run.count; index += 1) {
    reader.skipWhite();
    if (reader.peek() === 116) return index;
    const offset = reader.tryCount();
    reader.skipWhite();
    const generation = offset < 0 ? -1 : reader.tryCount();
    reader.skipWhite();
    const used = reader.tryKeyword('n');
    if (generation < 0 || (!used && !reader.tryKeyword('f'))) throw bad('entry of the table');
    run.set(index, used ? 1 : 0, offset, generation);
  }
  return run.count;
}

type Step =
  | { readonly kind: 'run'; readonly first: number; readonly count: number; readonly end: number }
  | { readonly kind: 'trailer'; readonly trailer: PdfDict; readonly end: number };

function readStep(source: ByteSource, at: number): Step {
  return parseAt(source, at, (reader): Step => {
    reader.skipWhite();
    if (reader.peek() === 116) {
      if (!reader.tryKeyword('trailer')) throw bad('trailer');
      const trailer = reader.readValue();
      if (!isDict(trailer)) throw bad('trailer is not a dictionary');
      return { kind: 'trailer', trailer, end: at + reader.position };
    }
    const first = reader.tryCount();
    reader.skipWhite();
    const count = first < 0 ? -1 : reader.tryCount();
    if (count < 0) throw bad('subsection of the table');
    // The entries begin on the next line; spaces before the line end are common.
    for (let byte = reader.peek(); byte === 32 || byte === 9; byte = reader.peek()) reader.position += 1;
    if (reader.peek() === 13) reader.position += 1;
    if (reader.peek() === 10) reader.position += 1;
    return { kind: 'run', first, count, end: at + reader.position };
  });
}

/** Reads the section whose keyword `xref` stands at `offset`. Throws Failure `pdf-xref-damaged` or `pdf-too-many-objects`. */
export function readXrefTable(source: ByteSource, offset: number): TableSection {
  let at = offset + 4;
  const runs: EntryRun[] = [];
  let total = 0;
  for (;;) {
    const step = readStep(source, at);
    if (step.kind === 'trailer') return { entries: new EntrySet(runs), trailer: step.trailer, end: step.end };
    at = step.end;
    if (step.count === 0) continue;
    total += step.count;
    if (total > limits.objectNumber || runs.length > limits.objectNumber / 8) {
      throw new Failure('pdf-too-many-objects', `${total} entries`);
    }
    // No honest entry is shorter than 18 bytes: a count beyond the file's end must not cost its memory.
    if (step.count * 18 > source.size - at + ENTRY * 2) throw bad('more entries than the file has room for');
    const run = new EntryRun(step.first, step.count);
    if (readFixed(source, at, run)) {
      at += run.count * ENTRY;
    } else {
      const start = at;
      at = parseAt(source, start, (reader) => {
        run.count = readLoose(reader, run);
        return start + reader.position;
      });
    }
    runs.push(run);
  }
}

/** True when the keyword `xref` stands at `offset`, after white space; then its own offset, else -1. */
export function findXrefKeyword(source: ByteSource, offset: number): number {
  const bytes = readSome(source, offset, 64);
  let index = 0;
  while (index < bytes.length && [0, 9, 10, 12, 13, 32].includes(bytes[index] ?? -1)) index += 1;
  const word = String.fromCharCode(...bytes.subarray(index, index + 4));
  return word === 'xref' ? offset + index : -1;
}
