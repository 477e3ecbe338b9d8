// The codes of the room 'signing', each with its sentence. Nothing else.
import type { Sentence } from '../codes';

export const signingCodes = {} as const satisfies Record<string, Sentence>;
