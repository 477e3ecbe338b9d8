// The codes of the room 'verifying', each with its sentence. Nothing else.
import type { Sentence } from '../codes';

export const verifyingCodes = {} as const satisfies Record<string, Sentence>;
