// The files that a job of the reading host may write: taken into the store all together, or all thrown away. It reads none.
import { Failure } from '../../preload/contract/failure';
import type { BlobStore, WriteTicket, Written } from '../blobs';
import type { JobHelp } from './client';

/** A package has at most 500 attachments, and at most two files are begun for each. */
const mostTickets = 1100;

/** Tickets of one job: taken over all together, or all thrown away. */
export function ticketBook(blobs: BlobStore): {
  readonly help: Pick<JobHelp, 'ticket' | 'discard'>;
  adopt(ticket: number): Promise<Written>;
  discardAll(): Promise<void>;
} {
  const open = new Map<number, WriteTicket>();
  let last = 0;
  function take(ticket: number): WriteTicket {
    const found = open.get(ticket);
    if (found === undefined) throw new Failure('reader-crashed', `ticket ${ticket}`);
    open.delete(ticket);
    return found;
  }
  return {
    help: {
      async ticket() {
        if (last >= mostTickets) throw new Failure('reader-crashed', 'too many files of one package');
        const place = await blobs.writeTicket();
        last += 1;
        open.set(last, place);
        return { ticket: last, ...place };
      },
      discard: async (ticket) => blobs.discard(take(ticket)),
    },
    async adopt(ticket) {
      const { sha256, size } = await blobs.adopt(take(ticket));
      return { sha256, size };
    },
    async discardAll() {
      for (const [ticket, place] of open) {
        open.delete(ticket);
        await blobs.discard(place);
      }
    },
  };
}
