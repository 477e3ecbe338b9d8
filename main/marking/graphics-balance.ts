// How far a page's content leaves the stack of graphics states from where it was (ISO 32000-2, 8.4.2): what is drawn after it must
// not stand in a state that the content forgot to give back. It changes nothing.
import { isFailure } from '../../preload/contract/failure';
import { contentSteps } from '../pdf';

export interface GraphicsBalance {
  /** States taken back that were never kept: as many must be kept before the content. */
  readonly missing: number;
  /** States still kept at the end, those before the content included. */
  readonly open: number;
}

/** More than any honest page has. */
const deepest = 500;

/**
 * The balance of a page's whole content. Content that cannot be followed to its end counts as balanced up to there: viewers stop
 * drawing it at that place too.
 */
export function graphicsBalance(content: Uint8Array): GraphicsBalance {
  let depth = 0;
  let lowest = 0;
  try {
    for (const { operator } of contentSteps(content)) {
      if (operator === 'q') depth += 1;
      else if (operator === 'Q') depth -= 1;
      lowest = Math.min(lowest, depth);
      if (depth > deepest || depth < -deepest) break;
    }
  } catch (error) {
    if (!isFailure(error) && !(error instanceof RangeError)) throw error;
  }
  return { missing: Math.abs(lowest), open: depth - lowest };
}
