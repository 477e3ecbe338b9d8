// The codes of the room 'pdf', each with its sentence. Nothing else.
import type { Sentence } from '../codes';

export const pdfCodes = {} as const satisfies Record<string, Sentence>;
