// The codes of the room 'store', each with its sentence. Nothing else.
import type { Sentence } from '../codes';

export const storeCodes = {} as const satisfies Record<string, Sentence>;
