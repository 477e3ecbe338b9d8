// Copies of drafts for somebody who signs elsewhere: the blanks of number and date are made fields in the copy, so that the
// number can be given later without changing what was signed. The stored draft keeps every byte.
import type { Sha256 } from '../../preload/contract/ids';
import type { BlobStore } from '../blobs';
import type { PageService } from './pages';
import type { ReadingPort } from './reading-port';

export interface DraftParts {
  readonly reading: Pick<ReadingPort, 'prepareBlanks'>;
  readonly blobs: BlobStore;
  readonly pages: Pick<PageService, 'blanks'>;
  readonly saveCopy: (sha256: Sha256, name: string) => Promise<boolean>;
}

export function createDraftCopies({ reading, blobs, pages, saveCopy }: DraftParts) {
  return {
    /**
     * Saves the copy where the person wants it; `blanks` is how many fields were made. Throws the reader's Failures and
     * `file-unwritable`.
     */
    async save(sha256: Sha256, name: string): Promise<{ saved: boolean; blanks: number }> {
      const blanks = await pages.blanks(sha256);
      const increment = blanks.length === 0 ? new Uint8Array() : await reading.prepareBlanks(sha256, blanks);
      if (increment.length === 0) return { saved: await saveCopy(sha256, name), blanks: 0 };
      const made = await blobs.derive(sha256, [increment], { kind: 'draft-copy', docId: '', name });
      try {
        return { saved: await saveCopy(made.sha256, name), blanks: blanks.length };
      } finally {
        // The copy is the person's; the store keeps the draft alone.
        if (made.already !== true && (await blobs.has(made.sha256))) {
          await blobs.toTrash(made.sha256);
          await blobs.deleteTrashed(made.sha256);
        }
      }
    },
  };
}

export type DraftCopies = ReturnType<typeof createDraftCopies>;
