// Where the reading host writes: sealed files at places that main names. It knows no key but theirs, and makes nothing
// durable: main reads and fsyncs what it takes over.
import type { AttachmentMeta } from '../../preload/contract/edxml';
import { createSealed } from '../blobs/host-files';
import { type AttachmentSink, safeFileName } from '../edxml';
import type { AskMain } from './host-core';
import { namedTicket, type WrittenBytes } from './protocol';

/** Writes each attachment sealed, at a place that main names; main takes it over after the whole package was read. */
export function sealingSink(docId: string, ask: AskMain): AttachmentSink<WrittenBytes> {
  const about = (meta: AttachmentMeta) => ({
    kind: 'attachment',
    docId,
    name: safeFileName(meta.name ?? ''),
  });
  return {
    async open(meta) {
      const { ticket, ...place } = namedTicket.parse(await ask({ what: 'ticket' }));
      const writer = await createSealed(place, about(meta), { durable: false });
      return {
        write: writer.write,
        close: async (complete) => ({ ticket, ...(await writer.finish(about(complete))) }),
        async discard() {
          await writer.abort();
          await ask({ what: 'discard', ticket });
        },
      };
    },
  };
}

/** Writes one new file; what is not whole leaves nothing behind. Throws what `fill` throws, and those of the disk. */
export async function writeSealed<T>(
  ask: AskMain,
  kind: string,
  fill: (write: (bytes: Uint8Array) => Promise<void>) => Promise<T>,
): Promise<{ readonly written: WrittenBytes; readonly value: T }> {
  const { ticket, ...place } = namedTicket.parse(await ask({ what: 'ticket' }));
  const about = { kind, docId: '', name: '' };
  const writer = await createSealed(place, about, { durable: false });
  try {
    const value = await fill(writer.write);
    return { written: { ticket, ...(await writer.finish(about)) }, value };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
