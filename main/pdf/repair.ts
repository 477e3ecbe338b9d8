// Whether a file needs to be made anew at all, and what has to be said of the new one. The new file is written by rebuild.ts.
import type { ByteSource } from '../../preload/contract/byte-source';
import type { Code } from '../../preload/contract/codes';
import { Failure, isFailure } from '../../preload/contract/failure';
import { openPdf } from './open';
import { type RebuildOrder, type RebuildReport, rebuildPdf, type Write } from './rebuild';

/** Codes of what the new file lacks, the worst first. */
export function repairNotes(report: RebuildReport): Code[] {
  const notes: Code[] = [];
  if (report.signatures.length > 0) notes.push('pdf-repair-signatures-lost');
  if (report.declaredPages !== null && report.pages < report.declaredPages) {
    notes.push('pdf-repair-pages-lost');
  }
  if (report.damagedStreams + report.lostObjects > 0) notes.push('pdf-repair-content-lost');
  return notes;
}

/** True when the file opens by its own cross-reference and all its pages can be reached. */
function isWhole(source: ByteSource, password: string | undefined): boolean {
  try {
    const file = openPdf(source, password === undefined ? {} : { password });
    for (const _page of file.pages());
    return true;
  } catch (error) {
    if (isFailure(error) || error instanceof RangeError) return false;
    throw error;
  }
}

export interface RepairOrder extends RebuildOrder {
  /** Also where nothing seems to be wrong. */
  readonly force: boolean;
}

/**
 * Writes a new file of a damaged one. Throws Failure `pdf-repair-not-needed` for a file that is in order (what was written is
 * then to be thrown away), and those of rebuildPdf.
 */
export async function repairPdf(
  source: ByteSource,
  order: RepairOrder,
  write: Write,
): Promise<RebuildReport & { readonly notes: readonly Code[] }> {
  const whole = isWhole(source, order.password);
  const report = await rebuildPdf(source, order, write);
  const complete = report.damagedStreams === 0 && report.foundPages === 0;
  if (whole && complete && !order.force) throw new Failure('pdf-repair-not-needed');
  return { ...report, notes: repairNotes(report) };
}
