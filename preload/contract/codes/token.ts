// The codes of the room 'token', each with its sentence. Nothing else.
import type { Sentence } from '../codes';

export const tokenCodes = {} as const satisfies Record<string, Sentence>;
