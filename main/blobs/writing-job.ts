// One small file sealed, fsynced and named from its bytes, by calls that wait for the disk: the work of a writing thread. It knows
// no store and no room key.
import { diskFailure } from '../runtime/disk-failure';
import { publishWaiting, removeWaiting } from '../runtime/waiting-file';
import { type About, createSealed, openWaiting, type WriteTicket } from './sealed-writer';

export interface WritingOrder {
  readonly ticket: WriteTicket;
  /** The name it gets. */
  readonly path: string;
  readonly about: About;
  readonly bytes: Uint8Array;
}

/** Durable under its name when it resolves. Throws Failure `disk-full`, `store-unwritable`, `disk-error`; nothing is left then. */
export async function writeWhole({ ticket, path, about, bytes }: WritingOrder): Promise<void> {
  const writer = await createSealed(ticket, about, { openFile: openWaiting });
  await writer.write(bytes);
  await writer.finish();
  try {
    publishWaiting(ticket.path, path);
  } catch (error) {
    removeWaiting(ticket.path);
    throw diskFailure(error);
  }
}
