// Reads a file whose cross-reference cannot be used from the objects themselves, and takes that reading only when every
// reader that recovers comes to the same: the last object of a number counts, one root, nothing doubtful. It changes nothing.
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure, isFailure } from '../../preload/contract/failure';
import { EntryRun, EntrySet } from './entries';
import { limits } from './limits';
import { ObjectReader, type SharedReading } from './objects';
import { type FoundObject, largestScan, type Scan, scanFile } from './scan';
import type { Chain, Header, Section } from './sections';
import {
  entryOf,
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  type PdfDict,
  type PdfRef,
  type PdfValue,
} from './values';

type Place =
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'compressed'; readonly container: number; readonly index: number };

function isType(one: FoundObject, type: string): boolean {
  const value = one.object?.value;
  return isStream(value) && isName(entryOf(value.dict, 'Type'), type);
}

const noTrailer: PdfDict = { kind: 'dict', entries: new Map(), duplicates: [], start: 0, end: 0 };

/**
 * The trailer to go by: the last that names a root, else the last there is. Throws a Failure where two name different roots
 * or encryptions, or where a lost trailer may have named an encryption.
 */
function trailerOf(scan: Scan): PdfDict {
  const streams = scan.objects.flatMap((one) => {
    const value = one.object?.value;
    return isType(one, 'XRef') && isStream(value) ? [value.dict] : [];
  });
  const candidates = [...streams, ...scan.trailers].filter((one) => entryOf(one, 'Root') !== undefined);
  const said = (dict: PdfDict, key: string): string => {
    const value = entryOf(dict, key);
    return isRef(value) ? `${value.number} ${value.generation}` : value === undefined ? 'none' : 'direct';
  };
  const agreed = ['Root', 'Encrypt'].every(
    (key) => new Set(candidates.map((one) => said(one, key))).size <= 1,
  );
  const last = scan.trailers.filter((one) => entryOf(one, 'Root') !== undefined).at(-1) ?? candidates.at(-1);
  if (!agreed) throw unusable('no single trailer');
  if (last !== undefined) return last;
  if (/\/(?:Encrypt|Standard|Adobe\.PubSec)(?![A-Za-z])/.test(scan.text)) throw unusable('no trailer');
  return scan.trailers.at(-1) ?? noTrailer;
}

/** True where a root leads to a page tree. */
function leadsToPages(reader: ObjectReader, root: PdfValue | undefined): root is PdfRef {
  const resolve = (value: PdfValue | undefined): PdfValue =>
    isRef(value) ? (reader.object(value.number, value.generation)?.value ?? null) : (value ?? null);
  try {
    const catalog = isRef(root) ? resolve(root) : null;
    return isDict(catalog) && isDict(resolve(entryOf(catalog, 'Pages')));
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}

/** The trailer with the one root there can be: the one it names, or where that leads nowhere the only catalog of the file. */
function withRoot(trailer: PdfDict, places: ReadonlyMap<number, Place>, reader: ObjectReader): PdfDict {
  if (leadsToPages(reader, entryOf(trailer, 'Root'))) return trailer;
  const roots: PdfRef[] = [];
  for (const [number, place] of places) {
    const generation = place.kind === 'offset' ? place.generation : 0;
    const ref: PdfRef = { kind: 'ref', number, generation };
    if (isCatalog(reader, ref) && leadsToPages(reader, ref)) roots.push(ref);
  }
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw unusable(`${roots.length} catalogs`);
  const entry = { value: root, keyStart: 0, start: 0, end: 0 };
  return { ...trailer, entries: new Map([...trailer.entries, ['Root', entry]]) };
}

function isCatalog(reader: ObjectReader, ref: PdfRef): boolean {
  try {
    const value = reader.object(ref.number, ref.generation)?.value;
    return isDict(value) && isName(entryOf(value, 'Type'), 'Catalog');
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}

function sectionOf(places: ReadonlyMap<number, Place>, trailer: PdfDict, size: number): Section {
  const runs: EntryRun[] = [];
  let pending: number[] = [];
  const close = (): void => {
    const [first] = pending;
    if (first === undefined) return;
    const run = new EntryRun(first, pending.length);
    for (const number of pending) {
      const place = places.get(number);
      if (place?.kind === 'offset') run.set(number - first, 1, place.offset, place.generation);
      if (place?.kind === 'compressed') run.set(number - first, 2, place.container, place.index);
    }
    runs.push(run);
    pending = [];
  };
  for (const number of [...places.keys()].sort((a, b) => a - b)) {
    if (pending.length > 0 && pending.at(-1) !== number - 1) close();
    pending.push(number);
  }
  close();
  const packed = [...places.values()].some((place) => place.kind === 'compressed');
  return {
    kind: packed || isName(entryOf(trailer, 'Type'), 'XRef') ? 'stream' : 'table',
    offset: size,
    end: size,
    trailer,
    entries: new EntrySet(runs),
    hidden: undefined,
    streamNumbers: [],
  };
}

/** Adds the members of object streams. Throws a Failure where one cannot be read or a number would have two places. */
function addMembers(scan: Scan, shift: number, places: Map<number, Place>, reader: () => ObjectReader): void {
  const containers = scan.objects.filter((one) => isType(one, 'ObjStm'));
  if (containers.length === 0) return;
  const streams = reader();
  for (const container of containers) {
    const place = places.get(container.number);
    if (place?.kind !== 'offset' || place.offset + shift !== container.offset)
      throw unusable('object stream replaced');
    streams.membersOf(container.number, container.offset).forEach((number, index) => {
      // Which of two counts is told by tables alone, and those are lost.
      if (places.has(number)) throw unusable(`object ${number} in two places`);
      places.set(number, { kind: 'compressed', container: container.number, index });
    });
  }
}

function unusable(detail: string): Failure {
  return new Failure('pdf-xref-damaged', detail);
}

/**
 * Walks everything the root reaches: it must be readable. Objects that are nowhere read as null, as everywhere else; but in
 * a file without its end they are what was cut off.
 */
function proveReachable(reader: ObjectReader, root: PdfRef, hasEnd: boolean): void {
  const seen = new Set<number>();
  const waiting: PdfValue[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (isArray(value)) waiting.push(...value.items.slice(0, limits.objectNumber));
    else if (value.kind === 'dict') for (const entry of value.entries.values()) waiting.push(entry.value);
    else if (value.kind === 'stream') {
      for (const entry of value.dict.entries.values()) waiting.push(entry.value);
    } else if (value.kind === 'ref' && !seen.has(value.number)) {
      seen.add(value.number);
      const object = reader.object(value.number, value.generation);
      if (object !== undefined) waiting.push(object.value);
      else if (!hasEnd) throw new Failure('pdf-truncated', `object ${value.number} is missing`);
    }
  }
}

/**
 * The chain of a file read from its objects: one section, one revision. `known` says at which absolute offset a readable
 * cross-reference sees a number (`share` opens a chain's encryption), for a file whose chain is whole but wrong in places.
 * Throws Failure `pdf-xref-damaged`, `pdf-truncated`, `pdf-object-damaged` and those of streams, each with what is in doubt.
 */
export function recoverChain(
  source: ByteSource,
  header: Header,
  share: (chain: Chain) => SharedReading,
  known?: (number: number) => number | undefined,
): Chain {
  if (source.size > largestScan) throw unusable(`over ${largestScan} bytes`);
  const scan = scanFile(source);
  // Whoever signed saw the file by its own tables: a reading that is only most likely may not stand beside a signature.
  if (/\/ByteRange(?![A-Za-z])/.test(scan.text)) throw unusable('holds a signature');
  if (scan.doubtful !== undefined) throw unusable(scan.doubtful);
  const shift = header.headerOffset;
  const places = new Map<number, Place>();
  for (const { number, generation, offset } of scan.objects) {
    if (offset < shift) throw unusable(`object ${number} before the header`);
    if (number > limits.objectNumber || number === 0 || generation > 65535)
      throw unusable(`object ${number} ${generation}`);
    const before = places.get(number);
    if (before?.kind === 'offset' && before.generation > generation)
      throw unusable(`generations of object ${number}`);
    places.set(number, { kind: 'offset', offset: offset - shift, generation });
  }
  for (const [number, place] of places) {
    const seenAt = known?.(number);
    if (seenAt !== undefined && place.kind === 'offset' && seenAt !== place.offset + shift)
      throw unusable(`two objects ${number}`);
  }
  let trailer = trailerOf(scan);
  const cut = scan.objects.find((one) => isStream(one.object?.value) && one.dataEnd === undefined);
  if (cut !== undefined) throw new Failure('pdf-truncated', `data of object ${cut.number}`);
  const mark = scan.text.lastIndexOf('%%EOF');
  const chain = (): Chain => chainOf(sectionOf(places, trailer, source.size), header, mark);
  addMembers(scan, shift, places, () => {
    const outer = chain();
    return new ObjectReader(share(outer), outer.sections);
  });
  const rootless = chain();
  trailer = withRoot(trailer, places, new ObjectReader(share(rootless), rootless.sections));
  const whole = chain();
  const root = entryOf(trailer, 'Root');
  if (!isRef(root)) throw new Failure('pdf-no-catalog', 'trailer without /Root');
  proveReachable(new ObjectReader(share(whole), whole.sections), root, mark >= 0);
  return whole;
}

/** A chain of one revision; `mark` is where its %%EOF stands, negative where there is none. */
function chainOf(section: Section, header: Header, mark: number): Chain {
  const end = mark < 0 ? section.end : mark + 5;
  const revision = {
    index: 0,
    startxref: 0,
    xrefKind: section.kind,
    end,
    endOfMark: end,
    marked: mark >= 0,
    trailer: section.trailer,
    sections: [section],
  };
  return { ...header, sections: [section], revisions: [revision], startWasWrong: false, rebuilt: true };
}
