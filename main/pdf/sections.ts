// Follows the chain of cross-reference sections from the last startxref to the first (ISO 32000-2, 7.5.4 to 7.5.8) and
// groups them into revisions. It reads no object but cross-reference streams and rebuilds nothing that is damaged.
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure, isFailure } from '../../preload/contract/failure';
import type { Entry, EntrySet } from './entries';
import { limits } from './limits';
import { findProvenChain } from './proven-start';
import { entryOf, isCount, type PdfDict } from './values';
import { firstIndexOf, lastIndexOf, readSome } from './window';
import { readXrefStream } from './xref-stream';
import { findXrefKeyword, readXrefTable } from './xref-table';

export type XrefKind = 'table' | 'stream' | 'hybrid';

export interface Section {
  readonly kind: XrefKind;
  /** Absolute offset of the section (of the table of a hybrid). */
  readonly offset: number;
  /** Offset just after its trailer or stream object. */
  readonly end: number;
  readonly trailer: PdfDict;
  readonly entries: EntrySet;
  /** Entries of the stream that a hybrid's /XRefStm names. */
  readonly hidden: EntrySet | undefined;
  /** Object numbers of the cross-reference streams of this section. */
  readonly streamNumbers: readonly number[];
}

/** One state of the file: what one save wrote. */
export interface Revision {
  readonly index: number;
  /** As written after the keyword, counted from the header. */
  readonly startxref: number;
  readonly xrefKind: XrefKind;
  /** Just after this revision's %%EOF and its line end; the file's size where no mark was found. */
  readonly end: number;
  /** Just after the %%EOF itself. */
  readonly endOfMark: number;
  /** False when no %%EOF closes this revision. */
  readonly marked: boolean;
  readonly trailer: PdfDict;
  /** Newest first; more than one only in a linearised file's first revision. */
  readonly sections: readonly Section[];
}

export interface Header {
  /** Bytes before %PDF, 0 where there is none. */
  readonly headerOffset: number;
  /** As written, for example 1.7; empty where there is none. */
  readonly version: string;
}

export interface Chain extends Header {
  /** Bytes before the place that all offsets inside the file count from: %PDF, or the file's first byte. */
  readonly headerOffset: number;
  /** Newest first. */
  readonly sections: readonly Section[];
  /** Oldest first. */
  readonly revisions: readonly Revision[];
  /** The file's own startxref led nowhere. */
  readonly startWasWrong: boolean;
  /** No cross-reference of the file was used: an update has to bring a whole one. */
  readonly rebuilt: boolean;
}

function bad(detail: string): Failure {
  return new Failure('pdf-xref-damaged', detail);
}

/** Where an object stands according to one section; a hybrid's table outranks its hidden stream, save for free entries. */
export function sectionEntry(section: Section, number: number): Entry | undefined {
  const entry = section.entries.get(number);
  if (section.hidden === undefined || (entry !== undefined && entry.kind !== 'free')) return entry;
  return section.hidden.get(number) ?? entry;
}

/** Where %PDF stands and what version it names. Throws Failure `pdf-not-pdf`. */
export function readHeader(source: ByteSource): Header {
  const header = headerIn(source);
  if (header === undefined) throw new Failure('pdf-not-pdf', 'no header');
  return header;
}

function headerIn(source: ByteSource): Header | undefined {
  const head = readSome(source, 0, limits.headerWindow + 16);
  const headerOffset = firstIndexOf(head, '%PDF-');
  if (headerOffset < 0 || headerOffset > limits.headerWindow) return undefined;
  const version = String.fromCharCode(...head.subarray(headerOffset + 5, headerOffset + 8));
  return { headerOffset, version };
}

/** A file without a header is read where everything after it is in order, as all viewers read it; else it is none. */
function headlessChain(source: ByteSource): Chain {
  try {
    return { version: '', ...chainFromEnd(source, 0) };
  } catch (error) {
    if (!isFailure(error)) throw error;
    throw new Failure('pdf-not-pdf', 'no header', { cause: error });
  }
}

function readStartxref(source: ByteSource): number {
  const tailStart = Math.max(0, source.size - limits.tailWindow);
  const tail = readSome(source, tailStart, limits.tailWindow);
  const place = lastIndexOf(tail, 'startxref');
  if (place < 0) throw new Failure('pdf-truncated', 'no startxref');
  const text = String.fromCharCode(...tail.subarray(place + 9, place + 64));
  const digits = /^[\s\0]*(\d{1,15})(?!\d)/.exec(text)?.[1];
  if (digits === undefined) throw new Failure('pdf-truncated', 'startxref without number');
  return Number(digits);
}

function offsetIn(trailer: PdfDict, key: string): number | undefined {
  const value = entryOf(trailer, key);
  if (value === undefined || value === null) return undefined;
  if (!isCount(value)) throw bad(`/${key} is not an offset`);
  return value;
}

function readSection(source: ByteSource, offset: number, shift: number): Section {
  const keyword = findXrefKeyword(source, offset);
  if (keyword < 0) {
    const stream = readXrefStream(source, offset);
    return {
      kind: 'stream',
      offset,
      end: stream.end,
      trailer: stream.trailer,
      entries: stream.entries,
      hidden: undefined,
      streamNumbers: [stream.number],
    };
  }
  const table = readXrefTable(source, keyword);
  const hiddenAt = offsetIn(table.trailer, 'XRefStm');
  const hidden = hiddenAt === undefined ? undefined : readXrefStream(source, hiddenAt + shift);
  return {
    kind: hidden === undefined ? 'table' : 'hybrid',
    offset: keyword,
    end: table.end,
    trailer: table.trailer,
    entries: table.entries,
    hidden: hidden?.entries,
    streamNumbers: hidden === undefined ? [] : [hidden.number],
  };
}

function readSections(source: ByteSource, start: number, shift: number): Section[] {
  const sections: Section[] = [];
  const seen = new Set<number>();
  let entries = 0;
  let next: number | undefined = start;
  while (next !== undefined) {
    const offset: number = next + shift;
    if (seen.has(offset)) throw bad('sections in a circle');
    seen.add(offset);
    if (seen.size > limits.sections) throw new Failure('pdf-too-many-objects', 'cross-reference sections');
    const section = readSection(source, offset, shift);
    entries += section.entries.size() + (section.hidden?.size() ?? 0);
    if (entries > limits.objectNumber) throw new Failure('pdf-too-many-objects', `${entries} entries`);
    sections.push(section);
    next = offsetIn(section.trailer, 'Prev');
  }
  return sections;
}

/** The end marks after a revision's last section: `startxref`, its number, `%%EOF`, a line end. */
function readEnd(source: ByteSource, from: number): { end: number; endOfMark: number; marked: boolean } {
  const bytes = readSome(source, from, limits.headerWindow);
  const mark = firstIndexOf(bytes, '%%EOF');
  if (mark < 0) return { end: source.size, endOfMark: source.size, marked: false };
  const endOfMark = from + mark + 5;
  let end = endOfMark;
  if (bytes[end - from] === 13) end += 1;
  if (bytes[end - from] === 10) end += 1;
  return { end, endOfMark, marked: true };
}

/** Groups sections (newest first) into revisions (oldest first). */
function groupRevisions(source: ByteSource, sections: readonly Section[], shift: number): Revision[] {
  const groups: Section[][] = [];
  for (const section of sections) {
    const group = groups.at(-1);
    const newer = group?.at(-1);
    // Only a linearised file's first section stands before the one its /Prev names: both are one save.
    if (group !== undefined && newer !== undefined && newer.offset < section.offset) group.push(section);
    else groups.push([section]);
  }
  return groups.reverse().map((group, index) => {
    const [newest] = group;
    if (newest === undefined) throw bad('no section');
    const furthest = group.reduce((most, one) => Math.max(most, one.end), 0);
    return {
      index,
      startxref: newest.offset - shift,
      xrefKind: newest.kind,
      ...readEnd(source, furthest),
      trailer: newest.trailer,
      sections: group,
    };
  });
}

function chainFromEnd(source: ByteSource, headerOffset: number): Omit<Chain, 'version'> {
  const start = readStartxref(source);
  if (start >= source.size) throw new Failure('pdf-truncated', 'startxref is past the end');
  // 7.5.2 counts offsets from the header; files whose offsets count from byte 0 in spite of junk are read so too.
  let shift = headerOffset;
  let sections: Section[];
  try {
    if (start + shift >= source.size) throw bad('startxref counted from the header is past the end');
    sections = readSections(source, start, shift);
  } catch (error) {
    if (headerOffset === 0) throw error;
    shift = 0;
    sections = readSections(source, start, shift);
  }
  return {
    headerOffset: shift,
    sections,
    revisions: groupRevisions(source, sections, shift),
    startWasWrong: false,
    rebuilt: false,
  };
}

/**
 * Reads all cross-reference sections of a file; with `findStart` also of one whose startxref is wrong, where a chain is proven
 * by all its objects.
 * Throws Failure `pdf-not-pdf`, `pdf-truncated`, `pdf-xref-damaged`, `pdf-too-many-objects` and those of streams.
 */
export function readChain(source: ByteSource, findStart = false): Chain {
  const header = headerIn(source);
  if (header === undefined) return headlessChain(source);
  const { headerOffset, version } = header;
  try {
    return { version, ...chainFromEnd(source, headerOffset) };
  } catch (error) {
    if (!findStart || !isFailure(error)) throw error;
    if (error.code !== 'pdf-xref-damaged' && error.code !== 'pdf-truncated') throw error;
    const found = findProvenChain(source, headerOffset, (offset, shift) =>
      readSections(source, offset - shift, shift),
    );
    if (found === undefined) throw error;
    const { sections, shift } = found;
    const revisions = groupRevisions(source, sections, shift);
    return { version, headerOffset: shift, sections, revisions, startWasWrong: true, rebuilt: false };
  }
}
