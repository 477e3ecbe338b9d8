// Where the bytes of attachments go while a package is read. The reader opens, writes and closes; it never looks back.
import { createHash } from 'node:crypto';
import type { AttachmentMeta } from '../../preload/contract/edxml';
import { Failure } from '../../preload/contract/failure';

/**
 * Takes one attachment's bytes; nobody changes what was given to `write`, but another writer may have it, too. Exactly one of `close` and
 * `discard` is called, once.
 */
export interface AttachmentWriter<Body> {
  write(bytes: Uint8Array): Promise<void>;
  /** All bytes came. `meta` is complete only now: an attachment's name may stand behind its bytes. */
  close(meta: AttachmentMeta): Promise<Body>;
  discard(): Promise<void>;
}

export interface AttachmentSink<Body> {
  /** `meta` holds what stood before the bytes. Under the zip rule two writers of one attachment are open at once. */
  open(meta: AttachmentMeta): Promise<AttachmentWriter<Body>>;
}

/** Digest and size alone; the bytes are dropped. */
export const digestSink: AttachmentSink<{ sha256: string; size: number }> = {
  async open() {
    const hash = createHash('sha256');
    let size = 0;
    return {
      async write(bytes) {
        hash.update(bytes);
        size += bytes.length;
      },
      close: async () => ({ sha256: hash.digest('hex'), size }),
      discard: async () => undefined,
    };
  },
};

/** Bytes in memory. Throws Failure `edxml-inline` beyond `mostBytes` for all attachments together. */
export function memorySink(mostBytes: number): AttachmentSink<Uint8Array> {
  let held = 0;
  return {
    async open() {
      let pieces: Uint8Array[] = [];
      let size = 0;
      return {
        async write(bytes) {
          held += bytes.length;
          size += bytes.length;
          if (held > mostBytes) throw new Failure('edxml-inline', `${mostBytes} bytes`);
          // A view is copied: it would hold on to all the memory that it looks at.
          pieces.push(bytes.length === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes));
        },
        async close() {
          const [only, ...others] = pieces;
          const all = only !== undefined && others.length === 0 ? only : Buffer.concat(pieces);
          pieces = [];
          return all;
        },
        async discard() {
          pieces = [];
          held -= size;
        },
      };
    },
  };
}
