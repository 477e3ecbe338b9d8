// Writes a whole new file of what can be read of a damaged one: every object that a page or the catalog leads to, as it stands,
// under one flat page tree and one table. It keeps numbers, encryption and every readable byte of content; it drops signatures,
// which no longer hold, and says so. The damaged file is not touched.
import { createHash } from 'node:crypto';
import { deflateSync, inflateSync, constants as zlib } from 'node:zlib';
import { type ByteSource, eachPiece } from '../../preload/contract/byte-source';
import { assert, Failure, isFailure } from '../../preload/contract/failure';
import { latin1, type Splice, setKey, spliced } from './edit';
import { Salvage, type Salvaged } from './salvage';
import { type Inherited, inheritable, type SalvagedPage, salvagedPages } from './salvage-pages';
import { sealedSyntax, withStrings } from './seal';
import { textOf, textSyntax, valueSyntax } from './text';
import {
  entryOf,
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  isString,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfValue,
} from './values';

export type Write = (bytes: Uint8Array) => Promise<void>;

export interface RebuildOrder {
  readonly password: string | undefined;
  /** What the new file says it came from. */
  readonly name: string;
}

export interface RebuildReport {
  readonly pages: number;
  /** How many pages the damaged file says it has; null where it does not say. */
  readonly declaredPages: number | null;
  /** Pages that its tree had lost: they stand at the end. */
  readonly foundPages: number;
  /** Streams of which only the beginning, or nothing, could be unpacked. */
  readonly damagedStreams: number;
  /** Objects that something refers to and that could not be read, or that stand in the file unreadable. */
  readonly lostObjects: number;
  /** Names of the fields whose signatures the new file no longer has. */
  readonly signatures: readonly string[];
  readonly encrypted: boolean;
}

function isSignature(value: PdfValue | undefined): value is PdfDict {
  if (!isDict(value)) return false;
  const type = entryOf(value, 'Type');
  const byType = isName(type, 'Sig') || isName(type, 'DocTimeStamp');
  return entryOf(value, 'ByteRange') !== undefined || (byType && entryOf(value, 'Contents') !== undefined);
}

/** Spans of signature dictionaries that stand inside another value. */
function* nestedSignatures(value: PdfValue): Generator<{ readonly start: number; readonly end: number }> {
  if (isArray(value)) {
    for (const item of value.items) {
      if (isSignature(item)) yield item;
      else yield* nestedSignatures(item);
    }
  }
  const dict = isStream(value) ? value.dict : value;
  if (!isDict(dict)) return;
  for (const entry of dict.entries.values()) {
    if (isSignature(entry.value)) yield entry;
    else yield* nestedSignatures(entry.value);
  }
}

/** The beginning of Flate data that can be unpacked. */
function beginningOf(data: Uint8Array): Uint8Array {
  try {
    return inflateSync(data, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: 128 << 20 });
  } catch {
    return salvagedBlocks(data);
  }
}

/** zlib gives nothing of data that is wrong in the middle: the longest beginning that it takes is looked for. */
function salvagedBlocks(data: Uint8Array): Uint8Array {
  let best = new Uint8Array(0);
  let [low, high] = [0, data.length];
  for (let step = 0; step < 24 && low < high; step += 1) {
    const middle = (low + high + 1) >> 1;
    try {
      const part = data.subarray(0, middle);
      best = new Uint8Array(
        inflateSync(part, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: 128 << 20 }),
      );
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  return best;
}

function isFlateAlone(salvage: Salvage, dict: PdfDict): boolean {
  const filter = salvage.resolve(entryOf(dict, 'Filter'));
  const only = isArray(filter) && filter.items.length === 1 ? salvage.resolve(filter.items[0]) : filter;
  return isName(only, 'FlateDecode') || isName(only, 'Fl');
}

class Rebuilding {
  private readonly offsets = new Map<number, { offset: number; generation: number }>();
  private readonly waiting: number[] = [];
  private readonly known = new Set<number>();
  private readonly lost = new Set<number>();
  private readonly dropped = new Set<number>();
  private readonly names = new Map<number, string>();
  private readonly pageOf = new Map<number, SalvagedPage>();
  private readonly hash = createHash('sha256');
  private readonly tree: PdfRef;
  private nested = 0;
  private damaged = 0;
  private size = 0;

  constructor(
    private readonly salvage: Salvage,
    private readonly order: RebuildOrder,
    private readonly sink: Write,
  ) {
    this.tree = this.fresh();
  }

  private largest = 0;

  private fresh(): PdfRef {
    if (this.largest === 0) {
      for (const number of this.salvage.objects.keys()) this.largest = Math.max(this.largest, number);
    }
    this.largest += 1;
    return { kind: 'ref', number: this.largest, generation: 0 };
  }

  private async write(part: string | Uint8Array): Promise<void> {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    this.hash.update(bytes);
    this.size += bytes.length;
    await this.sink(bytes);
  }

  private async put(ref: PdfRef | PdfObject, ...parts: readonly (string | Uint8Array)[]): Promise<void> {
    const { number, generation } = ref;
    this.offsets.set(number, { offset: this.size, generation });
    await this.write(`${number} ${generation} obj\n`);
    for (const part of parts) await this.write(part);
    await this.write('\nendobj\n');
  }

  /** Everything a value refers to is written too, but a signature. */
  private follow(value: PdfValue, but: ReadonlySet<string> = new Set()): void {
    if (isArray(value)) for (const item of value.items) this.follow(item);
    else if (isRef(value)) this.need(value.number);
    const dict = isStream(value) ? value.dict : value;
    if (!isDict(dict)) return;
    for (const [key, entry] of dict.entries) {
      if (but.has(key)) continue;
      if (key === 'V' && isRef(entry.value)) this.nameSignature(dict, entry.value);
      if (isSignature(entry.value)) this.nested += 1;
      else this.follow(entry.value);
    }
  }

  private nameSignature(field: PdfDict, value: PdfRef): void {
    if (!isSignature(this.salvage.get(value.number)?.value)) return;
    const name = this.salvage.resolve(entryOf(field, 'T'));
    if (isString(name) && this.salvage.encryption === undefined) {
      this.names.set(value.number, textOf(name.bytes));
    }
  }

  private need(number: number): void {
    if (this.known.has(number)) return;
    this.known.add(number);
    const object = this.salvage.get(number);
    if (object === undefined) this.lost.add(number);
    else if (isSignature(object.value)) this.dropped.add(number);
    else this.waiting.push(number);
  }

  /** Where an object's value begins in its bytes. */
  private bodyStart({ raw, base }: PdfObject): number {
    if (base === undefined) return 0;
    return /^[\s\0]*\d+[\s\0]+\d+[\s\0]+obj/.exec(latin1(raw.subarray(0, 120)))?.[0].length ?? 0;
  }

  /** An object's value with changes; every other byte stays, and what was in an object stream is encrypted where the file is. */
  private body(object: PdfObject, splices: readonly Splice[]): string {
    const { encryption } = this.salvage;
    const signatures = [...nestedSignatures(object.value)].map(({ start, end }) => ({
      start,
      end,
      text: ' null ',
    }));
    const all = [...splices, ...signatures];
    const text = spliced(object.raw, this.bodyStart(object), object.raw.length, all);
    if (encryption === undefined || object.base !== undefined) return text;
    return sealedSyntax(text, (bytes) => encryption.sealString(object, bytes));
  }

  /** Sets a key, also where a damaged dictionary has it twice. */
  private set(dict: PdfDict, key: string, syntax: string): Splice {
    if (!dict.duplicates.includes(key)) return setKey(dict, key, syntax);
    const entry = dict.entries.get(key);
    assert(entry !== undefined, 'a key that stands twice stands once');
    return { start: entry.start, end: entry.end, text: ` ${syntax}` };
  }

  private inheritedSyntax(page: PdfObject, key: string, { object, dict }: Inherited): string {
    const value = entryOf(dict, key) ?? null;
    this.follow(value);
    const { encryption } = this.salvage;
    if (encryption === undefined) {
      const entry = dict.entries.get(key);
      return entry === undefined ? 'null' : latin1(object.raw.subarray(entry.start, entry.end));
    }
    const plain =
      object.base === undefined ? value : withStrings(value, (bytes) => encryption.openString(object, bytes));
    return page.base === undefined
      ? valueSyntax(plain)
      : sealedSyntax(valueSyntax(plain), (bytes) => encryption.sealString(page, bytes));
  }

  private pageSplices(page: SalvagedPage): Splice[] {
    const { object, dict, inherited } = page;
    const more = inheritable.flatMap((key) => {
      const from = inherited.get(key);
      const own = entryOf(dict, key);
      if (own !== undefined && own !== null) return [];
      if (from !== undefined) return [` /${key} ${this.inheritedSyntax(object, key, from)}`];
      // Every viewer takes Letter for a page that does not say its size.
      if (key === 'MediaBox') return [' /MediaBox [0 0 612 792]'];
      return key === 'Resources' ? [' /Resources << >>'] : [];
    });
    const parent = this.set(dict, 'Parent', `${this.tree.number} 0 R`);
    const type = entryOf(dict, 'Type') === undefined ? ' /Type /Page' : '';
    return [parent, { start: dict.end - 2, end: dict.end - 2, text: `${type}${more.join('')} ` }];
  }

  /** The data of a stream as it is written: what cannot be unpacked to its end is packed anew as far as it goes. */
  private dataOf(one: Salvaged): Uint8Array {
    const { value } = one.object;
    assert(isStream(value), 'only streams have data');
    try {
      this.salvage.decoded(one);
      if (one.cut === true) this.damaged += 1;
    } catch (error) {
      if (!isFailure(error)) throw error;
      if (error.code === 'pdf-stream-unsupported') return this.salvage.dataOf(one);
      this.damaged += 1;
      if (isFlateAlone(this.salvage, value.dict)) {
        const again = deflateSync(beginningOf(this.salvage.stored(one)));
        return this.salvage.encryption?.sealStream(one.object, again) ?? again;
      }
    }
    return this.salvage.dataOf(one);
  }

  private async putSalvaged(one: Salvaged): Promise<void> {
    const { object } = one;
    const { value } = object;
    const page = this.pageOf.get(object.number);
    if (page !== undefined) {
      this.follow(value, new Set(['Parent']));
      await this.put(object, this.body(object, this.pageSplices(page)));
      return;
    }
    this.follow(value, isStream(value) ? new Set(['Length']) : new Set());
    if (!isStream(value)) {
      await this.put(object, this.body(object, []));
      return;
    }
    const data = this.dataOf(one);
    const dict = this.body(object, [this.set(value.dict, 'Length', `${data.length}`)]);
    // What stands between the dictionary and the data is the keyword, written anew.
    await this.put(object, dict.slice(0, dict.lastIndexOf('>>') + 2), '\nstream\n', data, '\nendstream');
  }

  private async putCatalog(root: PdfObject | undefined): Promise<PdfRef> {
    const pages = `${this.tree.number} 0 R`;
    if (root === undefined || !isDict(root.value)) {
      const ref = this.fresh();
      await this.put(ref, `<< /Type /Catalog /Pages ${pages} >>`);
      return ref;
    }
    this.known.add(root.number);
    // Permissions belong to a signature that is gone.
    this.follow(root.value, new Set(['Pages', 'Perms']));
    const perms = root.value.entries.get('Perms');
    const splices = [this.set(root.value, 'Pages', pages)];
    if (perms !== undefined) splices.push({ start: perms.start, end: perms.end, text: ' null' });
    await this.put(root, this.body(root, splices));
    return { kind: 'ref', number: root.number, generation: root.generation };
  }

  private async putInfo(): Promise<PdfRef> {
    const ref = this.fresh();
    const digest = createHash('sha256');
    eachPiece(this.salvage.source, 0, this.salvage.source.size, (piece) => digest.update(piece));
    const said =
      `<< /Producer (Van Thu) /RepairedFrom ${textSyntax(this.order.name.normalize('NFC'))} ` +
      `/RepairedFromSHA256 (${digest.digest('hex')}) >>`;
    const { encryption } = this.salvage;
    const seal = (bytes: Uint8Array): Uint8Array => encryption?.sealString(ref, bytes) ?? bytes;
    await this.put(ref, encryption === undefined ? said : sealedSyntax(said, seal));
    return ref;
  }

  private async putTable(root: PdfRef, info: PdfRef): Promise<void> {
    const start = this.size;
    const count = this.largest + 1;
    const rows = Array.from({ length: count }, (_, number) => {
      const place = this.offsets.get(number);
      if (place === undefined) return '0000000000 65535 f \n';
      return `${`${place.offset}`.padStart(10, '0')} ${`${place.generation}`.padStart(5, '0')} n \n`;
    });
    const id = this.salvage.encryption?.id;
    const digest = this.hash.copy().digest('hex').slice(0, 32);
    const first = id === undefined || id.length === 0 ? digest : Buffer.from(id).toString('hex');
    const { encryptValue } = this.salvage;
    const encrypt = encryptValue === null ? '' : ` /Encrypt ${valueSyntax(encryptValue)}`;
    await this.write(
      `xref\n0 ${count}\n${rows.join('')}trailer\n<< /Size ${count} /Root ${root.number} ${root.generation} R ` +
        `/Info ${info.number} 0 R${encrypt} /ID [<${first}> <${digest}>] >>\nstartxref\n${start}\n%%EOF\n`,
    );
  }

  async run(): Promise<RebuildReport> {
    const { salvage } = this;
    const { pages, declared, found, root } = salvagedPages(salvage);
    if (pages.length === 0) throw new Failure('pdf-repair-nothing', 'no page can be read');
    await this.write(`%PDF-${salvage.version}\n%\xe2\xe3\xcf\xd3\n`);
    for (const page of pages) this.pageOf.set(page.object.number, page);
    for (const page of pages) this.need(page.object.number);
    // The encryption's own dictionary is not encrypted, wherever it stands.
    if (isRef(salvage.encryptValue)) this.need(salvage.encryptValue.number);
    const catalog = await this.putCatalog(root);
    for (let number = this.waiting.shift(); number !== undefined; number = this.waiting.shift()) {
      const one = salvage.objects.get(number);
      assert(one !== undefined, 'only what was salvaged waits');
      await this.putSalvaged(one);
    }
    const kids = pages.map(({ object }) => `${object.number} ${object.generation} R`).join(' ');
    await this.put(this.tree, `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`);
    await this.putTable(catalog, await this.putInfo());
    const unnamed = this.nested + this.dropped.size - this.names.size;
    return {
      pages: pages.length,
      declaredPages: declared,
      foundPages: found,
      damagedStreams: this.damaged,
      lostObjects: this.lost.size + salvage.unreadable,
      signatures: [...this.names.values(), ...Array.from({ length: Math.max(0, unnamed) }, () => '?')],
      encrypted: salvage.encryption !== undefined,
    };
  }
}

/**
 * Writes the new file. Throws Failure `pdf-repair-nothing` where no page can be read, `pdf-repair-too-large`, those of an
 * encrypted file's password, and what `write` throws.
 */
export async function rebuildPdf(
  source: ByteSource,
  order: RebuildOrder,
  write: Write,
): Promise<RebuildReport> {
  return new Rebuilding(new Salvage(source, order.password), order, write).run();
}
