// Where the reading host writes: sealed files at places that main names. It knows no key but theirs, and makes nothing
// durable: main reads and fsyncs what it takes over.
import { bytesSource } from '../../preload/contract/byte-source';
import type { AttachmentMeta } from '../../preload/contract/edxml';
import { createSealed, openWaiting } from '../blobs/host-files';
// The one file: the surface of the room would bring LibreOffice's starter into the reading host, which starts no program.
import { containerOf } from '../convert/kind';
import { type AttachmentSink, safeFileName } from '../edxml';
import type { AskMain } from './host-core';
import { type NamedTicket, namedTicket, type WrittenAttachment, type WrittenBytes } from './protocol';
import { gatherer, keepRecent } from './recent-files';

/** This process has nothing else to do meanwhile, and main makes durable what it takes over. */
const inThisThread = { durable: false, openFile: openWaiting };

/** As much of a file as tells what it is. */
const headLength = 1024;

/** By its first bytes, whatever it is called. */
export function beginsAsPdf(bytes: Uint8Array): boolean {
  return containerOf(bytesSource(bytes.subarray(0, headLength))) === 'pdf';
}

/**
 * Writes each attachment sealed, at a place that main names, and says whether it is a PDF by its first bytes; main takes it over
 * after the whole package was read. `ready` is the place of the first one: most packages have one.
 */
export function sealingSink(
  docId: string,
  ask: AskMain,
  ready: NamedTicket | null = null,
): AttachmentSink<WrittenAttachment> {
  let first = ready;
  const nextTicket = async (): Promise<NamedTicket> => {
    const given = first ?? namedTicket.parse(await ask({ what: 'ticket' }));
    first = null;
    return given;
  };
  const about = (meta: AttachmentMeta) => ({
    kind: 'attachment',
    docId,
    name: safeFileName(meta.name ?? ''),
  });
  return {
    async open(meta) {
      const { ticket, ...place } = await nextTicket();
      const { fileKey } = place;
      const writer = await createSealed(place, about(meta), inThisThread);
      const plain = gatherer();
      let head = Buffer.alloc(0);
      return {
        write: async (bytes) => {
          plain.add(bytes);
          if (head.length < headLength) {
            head = Buffer.concat([head, bytes.subarray(0, headLength - head.length)]);
          }
          await writer.write(bytes);
        },
        async close(complete) {
          const written = await writer.finish(about(complete));
          const bytes = plain.all();
          if (bytes !== null) keepRecent(fileKey, bytes);
          return { ticket, ...written, isPdf: beginsAsPdf(head) };
        },
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
  const writer = await createSealed(place, about, inThisThread);
  try {
    const value = await fill(writer.write);
    return { written: { ticket, ...(await writer.finish(about)) }, value };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
