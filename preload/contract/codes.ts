// The closed list of codes and their sentences, gathered from one file a room.
// A code without a Vietnamese sentence does not compile; nothing here knows who raises a code.
import { batchCodes } from './codes/batch';
import { commonCodes } from './codes/common';
import { convertCodes } from './codes/convert';
import { deskCodes } from './codes/desk';
import { edxmlCodes } from './codes/edxml';
import { exchangeCodes } from './codes/exchange';
import { handCodes } from './codes/hand';
import { intakeCodes } from './codes/intake';
import { levelCodes } from './codes/levels';
import { markingCodes } from './codes/marking';
import { pdfCodes } from './codes/pdf';
import { pictureCodes } from './codes/pictures';
import { signingCodes } from './codes/signing';
import { storeCodes } from './codes/store';
import { tokenCodes } from './codes/token';
import { updateCodes } from './codes/updates';
import { verifyingCodes } from './codes/verifying';
import type { Sentence } from './sentence';

export const sentences = {
  ...batchCodes,
  ...commonCodes,
  ...convertCodes,
  ...deskCodes,
  ...edxmlCodes,
  ...exchangeCodes,
  ...intakeCodes,
  ...handCodes,
  ...levelCodes,
  ...markingCodes,
  ...pdfCodes,
  ...pictureCodes,
  ...signingCodes,
  ...storeCodes,
  ...tokenCodes,
  ...updateCodes,
  ...verifyingCodes,
} as const satisfies Record<string, Sentence>;

export type Code = keyof typeof sentences;

/** The Vietnamese sentence of a code. */
export function sentenceOf(code: Code): string {
  return sentences[code].vi;
}
