// The stamps of the records office on stored PDFs: the ĐẾN stamp on a copy that is saved outside the store, the urgency mark on
// a draft nobody has signed. The stored original keeps every byte: what is stamped is another blob.
import type { z } from 'zod';
import type { Calls } from '../../preload/contract/calls';
import { assert, Failure } from '../../preload/contract/failure';
import { asInstant, type Sha256 } from '../../preload/contract/ids';
import type { Attachment } from '../../preload/contract/records';
import type { FileVerdict, SignatureVerdict } from '../../preload/contract/verdict';
import type { BlobStore, Derived } from '../blobs';
import type { StampRequest, UrgencyLevel } from '../signing';
import { verdictOrReason } from './arrivals';
import type { PageService } from './pages';
import type { ReadingPort } from './reading-port';

export interface StampParts {
  readonly reading: ReadingPort;
  readonly blobs: BlobStore;
  readonly pages: PageService;
  readonly agencyName: string;
  readonly saveCopy: (sha256: Sha256, name: string) => Promise<boolean>;
  readonly now: () => Date;
}

/** Signers whose signatures say less after the stamp than before: each once, in the order of the file. */
export function changedSigners(before: FileVerdict, after: FileVerdict): string[] {
  const holds = (one: SignatureVerdict): boolean => one.integrity === 'intact' && one.permitted;
  const lost = before.signatures.filter((one) => {
    const now = after.signatures.find((other) => other.field === one.field);
    return holds(one) && (now === undefined || !holds(now) || now.changes !== one.changes);
  });
  return [...new Set(lost.map((one) => one.signer))];
}

/** `So den.pdf` becomes `So den (dấu Đến).pdf`. */
function stampedName(name: string): string {
  return name.replace(/(\.pdf)?$/i, ' (dấu Đến).pdf');
}

export function createStamps(parts: StampParts) {
  const { reading, blobs } = parts;

  async function stamped(
    sha256: Sha256,
    stamp: StampRequest,
    place: 'arrival-stamp' | 'urgency-mark',
    given: z.output<Calls['stamps.arrival']['input']>['placement'],
    urgency?: UrgencyLevel,
  ): Promise<Derived> {
    const at =
      given ??
      (await parts.pages.place({ role: place, sha256, ...(urgency === undefined ? {} : { urgency }) }))
        .placement;
    const increment = await reading.stampPage(sha256, stamp, at);
    return blobs.derive(sha256, [increment], { kind: 'stamped', docId: '', name: '' });
  }

  return {
    /**
     * Saves a copy with the ĐẾN stamp where the person wants it. `changed` names the signers whose signatures show a change
     * on that copy. Throws the reader's Failures and `file-unwritable`.
     */
    async arrival(
      request: z.output<Calls['stamps.arrival']['input']>,
    ): Promise<z.output<Calls['stamps.arrival']['output']>> {
      const { sha256, number, forwarded, fileSymbol } = request;
      const date = request.date.split('-').reverse().join('/');
      const agency = parts.agencyName;
      const stamp = {
        kind: 'arrival',
        agency,
        number: `${number}`.padStart(2, '0'),
        date,
        forwarded,
        fileSymbol,
      } as const;
      const made = await stamped(sha256, stamp, 'arrival-stamp', request.placement);
      const output = made.sha256;
      try {
        const before = await reading.verdict(sha256);
        const changed =
          before.signatures.length === 0 ? [] : changedSigners(before, await reading.verdict(output));
        const saved = await parts.saveCopy(output, stampedName(request.name));
        return { saved, changed };
      } finally {
        // The copy is the person's; the store keeps the original alone.
        if (made.already !== true && (await blobs.has(output))) {
          await blobs.toTrash(output);
          await blobs.deleteTrashed(output);
        }
      }
    },

    /**
     * A draft with its urgency mark as a new file of the store. Throws `urgency-after-signature` once anybody has signed, and the
     * reader's Failures.
     */
    async urgency(
      request: z.output<Calls['stamps.urgency']['input']>,
    ): Promise<z.output<Calls['stamps.urgency']['output']>> {
      const { sha256, level, name } = request;
      const verdict = await reading.verdict(sha256);
      if (verdict.signatures.length > 0) throw new Failure('urgency-after-signature', name);
      const { sha256: output } = await stamped(
        sha256,
        { kind: 'urgency', level },
        'urgency-mark',
        request.placement,
        level,
      );
      const size = await blobs.size(output);
      assert(size !== null, 'what was derived is stored');
      const file: Attachment = {
        sha256: output,
        name,
        description: request.description,
        contentType: 'application/pdf',
        size,
        verdict: await verdictOrReason(reading, output),
        verifiedAt: asInstant(parts.now()),
        problem: null,
      };
      return { file };
    },
  };
}

export type StampService = ReturnType<typeof createStamps>;
