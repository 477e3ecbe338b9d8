// The codes of the room 'edxml', each with its sentence. Nothing else.
import type { Sentence } from '../codes';

export const edxmlCodes = {} as const satisfies Record<string, Sentence>;
