// What a signed, numbered or raised file was made from is what the file before it was made from. Pure.
import type { Attachment } from '../../preload/contract/records';

/** `after` as it came of `before`. */
export function withOrigin(before: Attachment | null | undefined, after: Attachment): Attachment {
  const madeFrom = before?.madeFrom;
  return madeFrom === undefined || after.madeFrom !== undefined ? after : { ...after, madeFrom };
}
