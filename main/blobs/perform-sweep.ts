// Carries out a sweep that was decided: into the trash, out of it, and away. It decides nothing.
import type { BlobStore } from './store';
import type { SweepDecision } from './sweep';

/** Restores before it removes, so that a stop in the middle errs on the side of keeping. Throws Failures of the disk. */
export async function performSweep(
  blobs: Pick<BlobStore, 'restore' | 'toTrash' | 'deleteTrashed'>,
  decision: SweepDecision,
): Promise<void> {
  if (decision.kind === 'refused') return;
  for (const sha256 of decision.toRestore) await blobs.restore(sha256);
  for (const sha256 of decision.toTrash) await blobs.toTrash(sha256);
  for (const sha256 of decision.toDelete) await blobs.deleteTrashed(sha256);
}
