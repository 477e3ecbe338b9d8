// Builds the bytes that one incremental update appends to a file (ISO 32000-2, 7.5.6): changed objects, one section of
// the newest section's kind, its trailer. It never rewrites an earlier byte and returns the appended bytes alone.
import { deflateSync } from 'node:zlib';
import { assert, Failure } from '../../preload/contract/failure';
import { latin1, type Splice, spliced } from './edit';
import type { PdfFile } from './file';
import { sealedSyntax } from './seal';
import { nameSyntax, valueSyntax } from './text';
import {
  entryOf,
  isArray,
  isDict,
  isRef,
  isString,
  type PdfObject,
  type PdfRef,
  type PdfValue,
  type Span,
  strayKey,
} from './values';

/** The largest offset that ten digits of a table can hold. */
const TABLE_LIMIT = 9_999_999_999;

/** Keys that an update writes itself, and those that describe only the section they stand in (7.5.5, 7.5.8.2). */
const ownTrailerKeys: ReadonlySet<string> = new Set(
  'Size Root Prev ID XRefStm Type W Index Length Filter DecodeParms F FFilter FDecodeParms DL'.split(' '),
);

/** Where an object stands: at an absolute offset, or as a member of an object stream. */
interface Placed {
  readonly generation: number;
  readonly offset: number;
  readonly member?: { readonly container: number; readonly index: number };
}

export interface FinishedIncrement {
  /** The bytes to append to the file, exactly as it is. */
  readonly bytes: Uint8Array;
  /** Absolute offset of the first byte of an object's value. */
  readonly bodyOffset: (ref: PdfRef) => number;
}

function hexSyntax(bytes: Uint8Array): string {
  return `<${Buffer.from(bytes).toString('hex')}>`;
}

/** A reference as PDF syntax. */
export function refSyntax(ref: PdfRef): string {
  return `${ref.number} ${ref.generation} R`;
}

/** Object numbers in runs without a gap. */
function runsOf(numbers: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs;
}

/** One update in the making. Put objects, then finish once. */
export class Increment {
  private next: number;
  private readonly taken = new Set<number>();
  private readonly bodies = new Map<number, { ref: PdfRef; parts: readonly (string | Uint8Array)[] }>();

  constructor(private readonly file: PdfFile) {
    this.next = file.nextNumber;
  }

  /**
   * Keeps clear of the numbers that these values refer to without an object being there: a new object must not become what
   * an old reference leads to.
   */
  keepClear(...values: readonly PdfValue[]): void {
    const waiting = [...values];
    for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
      if (isRef(value)) {
        if (value.number >= this.next) this.taken.add(value.number);
      } else if (isArray(value)) {
        for (const item of value.items) waiting.push(item);
      } else if (isDict(value)) {
        for (const entry of value.entries.values()) waiting.push(entry.value);
      }
    }
  }

  /** A number no object of the file has. */
  allocate(): PdfRef {
    while (this.taken.has(this.next)) this.next += 1;
    const ref: PdfRef = { kind: 'ref', number: this.next, generation: 0 };
    this.next += 1;
    return ref;
  }

  /**
   * Writes an object's value. Text is latin1 syntax, one char a byte, whole tokens, whose strings are encrypted where the
   * file is; bytes are written as they are. The last value put for a number counts.
   */
  put(ref: PdfRef, ...parts: readonly (string | Uint8Array)[]): void {
    const sealed = parts.map((part) => (typeof part === 'string' ? this.sealed(ref, part) : part));
    this.bodies.set(ref.number, { ref, parts: sealed });
  }

  /** Writes a stream object. `entries` is dictionary syntax without << >> and without /Length. */
  putStream(ref: PdfRef, entries: string, data: Uint8Array): void {
    const { encryption } = this.file;
    const stored = encryption === undefined ? data : encryption.sealStream(ref, data);
    this.put(ref, `<< ${entries} /Length ${stored.length} >>\nstream\n`, stored, '\nendstream');
  }

  /** Writes an object again with splices in one of its values; all other bytes of that value stay. */
  rewrite(object: PdfObject, value: Span, splices: readonly Splice[]): void {
    const ref: PdfRef = { kind: 'ref', number: object.number, generation: object.generation };
    if (object.base === undefined) {
      // Strings inside an object stream are not encrypted by themselves: outside it they must be.
      this.put(ref, spliced(object.raw, value.start, value.end, splices));
      return;
    }
    const sealed = splices.map((splice) => ({ ...splice, text: this.sealed(ref, splice.text) }));
    this.put(ref, Buffer.from(spliced(object.raw, value.start, value.end, sealed), 'latin1'));
  }

  private sealed(ref: PdfRef, syntax: string): string {
    const { encryption } = this.file;
    if (encryption === undefined) return syntax;
    return sealedSyntax(syntax, (bytes) => encryption.sealString(ref, bytes));
  }

  /** Object numbers written so far. */
  get numbers(): readonly number[] {
    return [...this.bodies.keys()].sort((a, b) => a - b);
  }

  /**
   * The finished update. `changeId` becomes the second part of /ID where the file has one (14.4).
   * Throws Failure `pdf-too-many-objects` where a table cannot hold the offsets.
   */
  finish(changeId: Uint8Array): FinishedIncrement {
    const { file } = this;
    const chunks: Uint8Array[] = [];
    let length = 0;
    const write = (part: string | Uint8Array): void => {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
      chunks.push(bytes);
      length += bytes.length;
    };
    const size = file.source.size;
    const last = file.source.read(size - 1, 1)[0];
    if (last !== 10 && last !== 13) write('\n');
    const placed = new Map<number, Placed>();
    const bodyOffsets = new Map<number, number>();
    for (const number of this.numbers) {
      const body = this.bodies.get(number);
      assert(body !== undefined, 'a number without its object');
      placed.set(number, { generation: body.ref.generation, offset: size + length });
      write(`${number} ${body.ref.generation} obj\n`);
      bodyOffsets.set(number, size + length);
      for (const part of body.parts) write(part);
      write('\nendobj\n');
    }
    if (file.rebuilt) this.addEarlier(placed);
    const sectionOffset = size + length;
    if (file.revision.xrefKind === 'stream') write(this.streamSection(placed, sectionOffset, changeId));
    else write(this.tableSection(placed, changeId));
    write(`startxref\n${sectionOffset - file.headerOffset}\n%%EOF\n`);
    return {
      bytes: Buffer.concat(chunks),
      bodyOffset: (ref) => {
        const offset = bodyOffsets.get(ref.number);
        assert(offset !== undefined, 'object is not in this update');
        return offset;
      },
    };
  }

  /** A file without a table of its own gets a whole one: every object that is not written again. */
  private addEarlier(placed: Map<number, Placed>): void {
    const { file } = this;
    for (const number of file.numbersOf(file.revision.index)) {
      const entry = placed.has(number) ? undefined : file.entry(number);
      if (entry?.kind === 'offset') {
        placed.set(number, { generation: entry.generation, offset: entry.offset });
      } else if (entry?.kind === 'compressed') {
        const { container, index } = entry;
        if (index > 65535) throw new Failure('pdf-too-many-objects', 'members of an object stream');
        placed.set(number, { generation: 0, offset: 0, member: { container, index } });
      }
    }
  }

  private trailerEntries(size: number, changeId: Uint8Array): string {
    const { file } = this;
    const id = file.resolve(entryOf(file.trailer, 'ID'));
    const first = isArray(id) ? file.resolve(id.items[0]) : null;
    // The key of an encrypted file hangs on the first part.
    const firstId = isString(first) ? (file.encryption?.id ?? first.bytes) : undefined;
    return [
      `/Size ${size}`,
      `/Root ${refSyntax(file.catalogRef)}`,
      // Keys of other programs stay: a trailer that lost one would differ from the one that was signed.
      ...[...file.trailer.entries]
        .filter(([key]) => !ownTrailerKeys.has(key) && !key.startsWith(strayKey))
        .map(([key, entry]) => `${nameSyntax(key)} ${valueSyntax(entry.value)}`),
      ...(firstId === undefined ? [] : [`/ID [${hexSyntax(firstId)} ${hexSyntax(changeId)}]`]),
      ...(file.rebuilt ? [] : [`/Prev ${file.revision.startxref}`]),
    ].join(' ');
  }

  private tableSection(placed: ReadonlyMap<number, Placed>, changeId: Uint8Array): string {
    // Sections of an update begin with the free entry of object 0: some readers reject the first signature without it.
    let text = 'xref\n0 1\n0000000000 65535 f \n';
    for (const run of runsOf([...placed.keys()].sort((a, b) => a - b))) {
      text += `${run[0] ?? 0} ${run.length}\n`;
      for (const number of run) {
        const place = placed.get(number);
        assert(place !== undefined, 'a number without its place');
        const offset = place.offset - this.file.headerOffset;
        if (offset > TABLE_LIMIT) throw new Failure('pdf-too-many-objects', 'offset over ten digits');
        text += `${`${offset}`.padStart(10, '0')} ${`${place.generation}`.padStart(5, '0')} n \n`;
      }
    }
    return `${text}trailer\n<< ${this.trailerEntries(this.next, changeId)} >>\n`;
  }

  private streamSection(placed: Map<number, Placed>, offset: number, changeId: Uint8Array): string {
    const own = this.allocate();
    placed.set(own.number, { generation: 0, offset });
    const numbers = [...placed.keys()].sort((a, b) => a - b);
    const width = Math.max(4, Math.ceil(Math.log2(offset + 1) / 8));
    const rows = new Uint8Array(numbers.length * (width + 3));
    numbers.forEach((number, index) => {
      const place = placed.get(number);
      assert(place !== undefined, 'a number without its place');
      const row = index * (width + 3);
      rows[row] = place.member === undefined ? 1 : 2;
      let rest = place.member?.container ?? place.offset - this.file.headerOffset;
      for (let byte = width; byte >= 1; byte -= 1) {
        rows[row + byte] = rest % 256;
        rest = Math.floor(rest / 256);
      }
      const third = place.member?.index ?? place.generation;
      rows[row + width + 1] = third >> 8;
      rows[row + width + 2] = third & 255;
    });
    const data = deflateSync(rows);
    const index = runsOf(numbers)
      .map((run) => `${run[0] ?? 0} ${run.length}`)
      .join(' ');
    return (
      `${own.number} 0 obj\n<< /Type /XRef /W [1 ${width} 2] /Index [${index}] ` +
      `${this.trailerEntries(this.next, changeId)} /Filter /FlateDecode /Length ${data.length} >>\n` +
      `stream\n${latin1(data)}\nendstream\nendobj\n`
    );
  }
}
