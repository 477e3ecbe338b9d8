// The codes of the room 'exchange', each with its sentence. Nothing else.
import type { Sentence } from '../codes';

export const exchangeCodes = {} as const satisfies Record<string, Sentence>;
