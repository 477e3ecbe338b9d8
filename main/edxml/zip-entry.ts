// The first entry of a zip as its bytes pass by, without a second look at them. The entry's name is told, never used as a
// path; everything behind the entry is ignored. It guards against inflation and never keeps the output.
import { createInflateRaw, type InflateRaw } from 'node:zlib';
import { Failure, isFailure } from '../../preload/contract/failure';
import { crc32 } from './crc32';
import type { EdxmlLimits } from './limits';

const localHeader = 0x04034b50;
const descriptor = 0x08074b50;
const headerLength = 30;
/** Descriptor (24 bytes with zip64 sizes) and the signature of what follows. */
const tailLength = 28;

/** The bytes that a whole package may still inflate to. */
export interface InflationBudget {
  remaining: number;
}

export type FirstEntryEnd =
  | { readonly whole: true; readonly name: string; readonly moreEntries: boolean }
  | { readonly whole: false };

interface EntryHeader {
  readonly name: string;
  readonly deflated: boolean;
  readonly size: number;
  /** Undefined when a descriptor behind the data holds it. */
  readonly crc: number | undefined;
}

/**
 * Reads as bytes are written:
 *
 *   header ──▶ body ──▶ tail        (any of them) ──▶ broken
 */
type State = 'header' | 'body' | 'tail' | 'broken';

export class FirstEntryReader {
  #state: State = 'header';
  #held: Uint8Array = new Uint8Array(0);
  #entry: EntryHeader | undefined;
  #inflate: InflateRaw | undefined;
  #pumped: Promise<'end' | 'failed'> | undefined;
  #failure: Failure | undefined;
  #fed = 0;
  #inflated = 0;
  #crc = 0;

  constructor(
    private readonly output: (bytes: Uint8Array) => Promise<void>,
    private readonly limits: EdxmlLimits,
    private readonly budget: InflationBudget,
  ) {}

  /** Takes the next bytes of the zip. Throws Failure `edxml-inflation`; damage only shows at `finish`. */
  async write(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    if (this.#state === 'header') rest = this.#readHeader(rest);
    if (this.#state === 'body') rest = await this.#readBody(rest);
    if (this.#state === 'tail' && this.#held.length < tailLength) {
      this.#held = Buffer.concat([this.#held, rest.subarray(0, tailLength - this.#held.length)]);
    }
  }

  /** Ends the zip and says whether the first entry came whole. */
  async finish(): Promise<FirstEntryEnd> {
    if (this.#state === 'body') {
      if (this.#inflate !== undefined) await this.#stopInflating(this.#inflate);
      else if (this.#inflated === this.#entry?.size) this.#state = 'tail';
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#state !== 'tail' || this.#entry === undefined) return { whole: false };
    const { crc, next } = this.#tail(this.#entry);
    if (crc !== this.#crc) return { whole: false };
    return { whole: true, name: this.#entry.name, moreEntries: next === localHeader };
  }

  /** Lets go of everything before the end. */
  abandon(): void {
    this.#state = 'broken';
    this.#inflate?.destroy();
  }

  #readHeader(bytes: Uint8Array): Uint8Array {
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
    if (all.length >= 4 && view.getUint32(0, true) !== localHeader) return this.#break();
    if (all.length < headerLength) return this.#wait(all);
    const nameLength = view.getUint16(26, true);
    const start = headerLength + nameLength + view.getUint16(28, true);
    if (all.length < start) return this.#wait(all);
    const flags = view.getUint16(6, true);
    const method = view.getUint16(8, true);
    const deferred = (flags & 8) !== 0;
    const size = view.getUint32(18, true);
    const encrypted = (flags & 1) !== 0;
    // A stored entry whose size comes after it, or in zip64 fields, has no end that can be found as it passes by.
    const endless = method === 0 && (deferred || size === 0xffffffff);
    if (encrypted || (method !== 0 && method !== 8) || endless) return this.#break();
    this.#entry = {
      name: Buffer.from(all.subarray(headerLength, headerLength + nameLength)).toString('utf8'),
      deflated: method === 8,
      size,
      crc: deferred ? undefined : view.getUint32(14, true),
    };
    this.#held = new Uint8Array(0);
    this.#state = 'body';
    if (method === 8) this.#startInflating();
    return all.subarray(start);
  }

  #wait(all: Uint8Array): Uint8Array {
    this.#held = Uint8Array.from(all);
    return all.subarray(all.length);
  }

  #break(): Uint8Array {
    this.#state = 'broken';
    return new Uint8Array(0);
  }

  async #readBody(bytes: Uint8Array): Promise<Uint8Array> {
    if (this.#inflate !== undefined) return this.#feed(this.#inflate, bytes);
    const left = (this.#entry?.size ?? 0) - this.#inflated;
    const piece = bytes.subarray(0, left);
    this.#fed += piece.length;
    if (piece.length > 0) await this.#produce(piece);
    if (piece.length === left) this.#state = 'tail';
    return bytes.subarray(piece.length);
  }

  #startInflating(): void {
    const inflate = createInflateRaw({ chunkSize: 1 << 16 });
    this.#inflate = inflate;
    const pump = async (): Promise<'end' | 'failed'> => {
      try {
        for await (const piece of inflate) await this.#produce(piece as Uint8Array);
        return 'end';
      } catch (error) {
        // A damaged stream makes the entry broken; a Failure (inflation, a sink) ends the package.
        if (isFailure(error)) this.#failure = error;
        else if (!isZlibError(error))
          this.#failure = new Failure('internal', String(error), { cause: error });
        return 'failed';
      }
    };
    this.#pumped = pump();
  }

  /** Feeds the inflater and returns what lies behind the end of its stream. */
  async #feed(inflate: InflateRaw, bytes: Uint8Array): Promise<Uint8Array> {
    if (bytes.length === 0) return bytes;
    const before = this.#fed;
    this.#fed += bytes.length;
    const taken = new Promise<undefined>((resolve) => inflate.write(bytes, () => resolve(undefined)));
    const first = await Promise.race([taken, this.#pumped]);
    if (this.#failure !== undefined) throw this.#failure;
    if (first === 'failed') return this.#break();
    const consumed = inflate.bytesWritten - before;
    if (first === undefined && consumed >= bytes.length) return bytes.subarray(bytes.length);
    return (await this.#settle()) ? bytes.subarray(Math.max(0, consumed)) : this.#break();
  }

  async #settle(): Promise<boolean> {
    const outcome = await this.#pumped;
    if (this.#failure !== undefined) throw this.#failure;
    if (outcome !== 'end') return false;
    this.#state = 'tail';
    this.#inflate = undefined;
    return true;
  }

  async #stopInflating(inflate: InflateRaw): Promise<void> {
    inflate.end();
    await this.#settle();
  }

  async #produce(bytes: Uint8Array): Promise<void> {
    this.#inflated += bytes.length;
    this.budget.remaining -= bytes.length;
    const { inflationFloor, inflationRatio } = this.limits;
    const beyondRatio = this.#inflated > inflationFloor && this.#inflated > this.#fed * inflationRatio;
    if (this.budget.remaining < 0 || beyondRatio) {
      throw new Failure('edxml-inflation', `${this.#inflated} bytes from ${this.#fed}`);
    }
    this.#crc = crc32(bytes, this.#crc);
    await this.output(bytes);
  }

  #tail(entry: EntryHeader): { crc: number; next: number } {
    const view = new DataView(this.#held.buffer, this.#held.byteOffset, this.#held.byteLength);
    const at = (offset: number) => (offset + 4 <= view.byteLength ? view.getUint32(offset, true) : 0);
    if (entry.crc !== undefined) return { crc: entry.crc, next: at(0) };
    const marked = at(0) === descriptor ? 4 : 0;
    const nexts = [at(marked + 12), at(marked + 20)];
    return { crc: at(marked), next: nexts.includes(localHeader) ? localHeader : 0 };
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(Z_|ERR_)/.test(String(error.code));
}
