// One attachment after another from decoded bytes to the sink, with the zip rule. It decides which bytes are the
// attachment's: the first entry of a wrapping zip, or what came. A broken zip costs its attachment a code, not the document.
import type { Attachment, AttachmentMeta } from '../../preload/contract/edxml';
import { assert, Failure } from '../../preload/contract/failure';
import { isOfficeFileItself, isWrapped } from './content-type';
import { extensionOf } from './file-name';
import type { EdxmlLimits } from './limits';
import type { AttachmentSink, AttachmentWriter } from './sink';
import { FirstEntryReader, type InflationBudget } from './zip-entry';

interface OpenAttachment<Body> {
  readonly raw: AttachmentWriter<Body>;
  /** Undefined until the first four bytes are there, and when they rule a wrapping zip out. */
  unwrapping: { readonly writer: AttachmentWriter<Body>; readonly entry: FirstEntryReader } | undefined;
  head: Uint8Array;
  decided: boolean;
  readonly known: AttachmentMeta;
}

/** True as long as what is known does not rule out that the zip rule applies. */
function mayBeWrapped(known: AttachmentMeta): boolean {
  if (known.contentType !== undefined) return isWrapped(known.contentType, known.name);
  return extensionOf(known.name ?? '') !== 'zip';
}

export class AttachmentReader<Body> {
  readonly #budget: InflationBudget;
  #open: OpenAttachment<Body> | undefined;
  #count = 0;

  constructor(
    private readonly sink: AttachmentSink<Body>,
    private readonly limits: EdxmlLimits,
  ) {
    this.#budget = { remaining: limits.inflatedBytes };
  }

  /** The bytes of the next attachment begin; `known` is what stood before them. */
  async begin(known: AttachmentMeta): Promise<void> {
    if (this.#open !== undefined) throw new Failure('edxml-structure', 'two contents in one attachment');
    this.#count += 1;
    if (this.#count > this.limits.attachments) {
      throw new Failure('edxml-elements', `${this.limits.attachments} attachments`);
    }
    this.#open = {
      raw: await this.sink.open(known),
      unwrapping: undefined,
      head: new Uint8Array(0),
      decided: false,
      known,
    };
  }

  async data(bytes: Uint8Array): Promise<void> {
    const open = this.#open;
    assert(open !== undefined, 'data outside an attachment');
    await open.raw.write(bytes);
    if (open.decided) {
      await open.unwrapping?.entry.write(bytes);
      return;
    }
    open.head = open.head.length === 0 ? bytes : Buffer.concat([open.head, bytes]);
    if (open.head.length >= 4) await this.#decide(open);
  }

  /** The attachment is complete: `meta` is everything its elements say. Closes one writer and discards the other. */
  async complete(meta: AttachmentMeta): Promise<Attachment<Body>> {
    if (this.#open === undefined) await this.begin(meta);
    const open = this.#open;
    assert(open !== undefined, 'attachment was begun');
    this.#open = undefined;
    const { raw, unwrapping } = open;
    if (!isWrapped(meta.contentType, meta.name)) {
      await this.#drop(unwrapping);
      return { ...meta, bytes: await raw.close(meta) };
    }
    const end = unwrapping === undefined ? ({ whole: false } as const) : await unwrapping.entry.finish();
    if (!end.whole || unwrapping === undefined || isOfficeFileItself(meta.name, end.name)) {
      await this.#drop(unwrapping);
      const broken = end.whole ? {} : { code: 'edxml-zip-broken' };
      return { ...meta, ...broken, bytes: await raw.close(meta) };
    }
    await raw.discard();
    const more = end.moreEntries ? { code: 'edxml-zip-entries' } : {};
    return { ...meta, ...more, bytes: await unwrapping.writer.close(meta) };
  }

  /** Gives up on a package: whatever is open is discarded. */
  async abandon(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    await this.#drop(open.unwrapping);
    await open.raw.discard();
  }

  async #decide(open: OpenAttachment<Body>): Promise<void> {
    open.decided = true;
    const isZip = Buffer.from(open.head.subarray(0, 4)).equals(Buffer.from('PK\u0003\u0004', 'latin1'));
    if (isZip && mayBeWrapped(open.known)) {
      const writer = await this.sink.open(open.known);
      const entry = new FirstEntryReader((bytes) => writer.write(bytes), this.limits, this.#budget);
      open.unwrapping = { writer, entry };
      await entry.write(open.head);
    }
    open.head = new Uint8Array(0);
  }

  async #drop(unwrapping: OpenAttachment<Body>['unwrapping']): Promise<void> {
    unwrapping?.entry.abandon();
    await unwrapping?.writer.discard();
  }
}
