// A PDF file and its revisions, each a view through which objects, pages and fields are read lazily.
// It changes nothing, repairs nothing, and refuses what it does not understand.
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import type { Encryption } from './encryption';
import type { Entry } from './entries';
import { type PdfField, walkFields } from './form';
import { limits } from './limits';
import { ObjectReader, type SharedReading } from './objects';
import type { Outline } from './outline';
import { type PageFault, type PdfPage, walkPages } from './pages';
import type { Chain, Revision, Section } from './sections';
import {
  dictOf,
  entryOf,
  isDict,
  isRef,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfStream,
  type PdfValue,
  type Span,
} from './values';

/** The file as one revision left it. */
export class PdfView {
  private readonly reader: ObjectReader;
  private pageFault: Failure | undefined;

  constructor(
    shared: SharedReading,
    readonly revision: Revision,
    sections: readonly Section[],
  ) {
    this.reader = new ObjectReader(shared, sections);
  }

  get trailer(): PdfDict {
    return this.revision.trailer;
  }

  /** Throws Failure `pdf-no-catalog`. */
  get catalogRef(): PdfRef {
    const root = entryOf(this.trailer, 'Root');
    if (!isRef(root)) throw new Failure('pdf-no-catalog', 'trailer without /Root');
    return root;
  }

  /** Throws Failure `pdf-no-catalog`. */
  get catalog(): { readonly object: PdfObject; readonly dict: PdfDict } {
    const ref = this.catalogRef;
    const object = this.object(ref.number, ref.generation);
    if (object === undefined || !isDict(object.value)) throw new Failure('pdf-no-catalog', 'no dictionary');
    return { object, dict: object.value };
  }

  /** Where an object stands, offsets absolute; undefined when no section of this or an earlier revision names it. */
  entry(number: number): Entry | undefined {
    return this.reader.entry(number);
  }

  /** The object, or undefined where it is absent, free, or of another generation. Throws Failure `pdf-object-damaged`. */
  object(number: number, generation?: number): PdfObject | undefined {
    return this.reader.object(number, generation);
  }

  /** Follows references to a value that is none; an absent object is null (7.3.10). */
  resolve(value: PdfValue | undefined): PdfValue {
    let current: PdfValue = value ?? null;
    for (let step = 0; step < limits.referenceChain; step += 1) {
      if (!isRef(current)) return current;
      current = this.object(current.number, current.generation)?.value ?? null;
    }
    throw new Failure('pdf-object-damaged', 'references in a circle');
  }

  /** The value of a dictionary's key with references followed; null when absent. */
  get(dict: PdfDict, key: string): PdfValue {
    return this.resolve(entryOf(dict, key));
  }

  /**
   * Fills `outline` with what the object at `entry` refers to, without reading its value, and returns where its bytes end
   * in the file (0 inside an object stream). Undefined where only reading the object can tell. Never throws Failure.
   */
  outline(number: number, entry: Exclude<Entry, { kind: 'free' }>, outline: Outline): number | undefined {
    return this.reader.outline(number, entry, outline);
  }

  /** Absolute span of an object's bytes, number to `endobj`; undefined inside an object stream. */
  extent(object: PdfObject): Span | undefined {
    return this.reader.extent(object);
  }

  /** Absolute span of a stream's raw data. Throws Failure `pdf-stream-damaged`. */
  dataSpan(stream: PdfStream): Span {
    return this.reader.dataSpan(stream);
  }

  /** Decoded data of a stream. Throws Failure `pdf-stream-damaged` or `pdf-stream-unsupported` (image filters). */
  decoded(stream: PdfStream, limit?: number): Uint8Array {
    return this.reader.decoded(stream, limit);
  }

  /** Data of a stream before its filters are undone, decrypted. Throws Failure `pdf-stream-damaged`. */
  stored(stream: PdfStream): Uint8Array {
    return this.reader.stored(stream);
  }

  /**
   * Pages in order, read as they are asked for. Throws Failure `pdf-page-tree-damaged`; with `fault`, a node that is no page
   * is told of and passed over.
   */
  pages(fault?: PageFault): Generator<PdfPage> {
    return walkPages(this, entryOf(this.catalog.dict, 'Pages'), fault);
  }

  /** A node of the page tree was passed over on the way to a page that was asked for. */
  get pagesDamaged(): boolean {
    return this.pageFault !== undefined;
  }

  /**
   * The page of an index from 0, or from the end for negative ones (-1 is the last that can be read). Throws Failure
   * `pdf-page-missing`, `pdf-no-pages`, and what keeps a page from being read where that one was asked for.
   */
  page(index: number): PdfPage {
    let count = 0;
    const last: PdfPage[] = [];
    const pages = this.pages((failure) => {
      this.pageFault ??= failure;
    });
    for (const page of pages) {
      if (page.index === index) return page;
      count += 1;
      if (index < 0) last.push(page);
      if (last.length > -index) last.shift();
    }
    const [found] = last;
    if (found !== undefined && last.length === -index) return found;
    if (this.pageFault !== undefined) throw this.pageFault;
    throw count === 0
      ? new Failure('pdf-no-pages')
      : new Failure('pdf-page-missing', `page ${index < 0 ? index : index + 1}`);
  }

  /** The interactive form: its dictionary and, when it is an object of its own, that object. */
  acroForm(): { readonly dict: PdfDict; readonly object: PdfObject | undefined } | undefined {
    let value = entryOf(this.catalog.dict, 'AcroForm');
    if (isDict(value)) return { dict: value, object: undefined };
    for (let step = 0; step < limits.referenceChain && isRef(value); step += 1) {
      const object: PdfObject | undefined = this.object(value.number, value.generation);
      const dict = dictOf(object);
      if (dict !== undefined) return { dict, object };
      value = object?.value;
    }
    return undefined;
  }

  /** Terminal fields in order. Throws Failure `pdf-form-damaged`. */
  fields(): Generator<PdfField> {
    return walkFields(this, this.acroForm()?.dict);
  }
}

/** An opened file: its newest view, and all its revisions. */
export class PdfFile extends PdfView {
  private readonly views = new Map<number, PdfView>();

  constructor(
    readonly source: ByteSource,
    private readonly chain: Chain,
    private readonly shared: SharedReading,
    newest: Revision,
  ) {
    super(shared, newest, chain.sections);
  }

  /** Bytes before %PDF that offsets in the file do not count. */
  get headerOffset(): number {
    return this.chain.headerOffset;
  }

  /** As in the header, for example 1.7; empty where the file has none. */
  get version(): string {
    return this.chain.version;
  }

  /** The file's encryption, unlocked; undefined where it has none. */
  get encryption(): Encryption | undefined {
    return this.shared.encryption;
  }

  /** The file's startxref is wrong and its table was found without it (see OpenOptions). */
  get startWasWrong(): boolean {
    return this.chain.startWasWrong;
  }

  /** No cross-reference of the file could be used: its objects were found without (see OpenOptions). */
  get rebuilt(): boolean {
    return this.chain.rebuilt;
  }

  /** Oldest first. */
  get revisions(): readonly Revision[] {
    return this.chain.revisions;
  }

  /** The file as revision `index` (from 0, oldest) left it. */
  asOf(index: number): PdfView {
    const known = this.views.get(index);
    if (known !== undefined) return known;
    const revision = this.chain.revisions[index];
    if (revision === undefined) throw new RangeError(`revision ${index}`);
    const sections = this.chain.revisions
      .slice(0, index + 1)
      .reverse()
      .flatMap((one) => one.sections);
    const view = new PdfView(this.shared, revision, sections);
    // A file may have thousands of revisions: only a few views are kept.
    if (this.views.size >= 16) this.views.delete(this.views.keys().next().value ?? 0);
    this.views.set(index, view);
    return view;
  }

  /** The object numbers a revision's sections name, each once. */
  numbersOf(index: number): ReadonlySet<number> {
    const numbers = new Set<number>();
    for (const section of this.chain.revisions[index]?.sections ?? []) {
      for (const number of section.entries.numbers()) numbers.add(number);
      for (const number of section.hidden?.numbers() ?? []) numbers.add(number);
    }
    return numbers;
  }

  /** The first object number that nothing in the file uses, not even an old cross-reference stream. */
  get nextNumber(): number {
    let next = 1;
    for (const section of this.chain.sections) {
      const size = entryOf(section.trailer, 'Size');
      if (typeof size === 'number' && Number.isInteger(size) && size <= limits.objectNumber) {
        next = Math.max(next, size);
      }
      next = Math.max(next, section.entries.largest() + 1, (section.hidden?.largest() ?? -1) + 1);
      for (const number of section.streamNumbers) next = Math.max(next, number + 1);
    }
    if (next > limits.objectNumber - 64)
      throw new Failure('pdf-too-many-objects', 'no object number is left');
    return next;
  }
}
