// How far V8 lets its heap grow before it marks it anew. It sets that and nothing else.
import { setFlagsFromString } from 'node:v8';

/**
 * For a process with a small heap through which much passes. V8 would let it grow by a tenth, which is less than what its young
 * generation may hold, so it marked the whole heap for every few packages: a fifth of all the work while many come in.
 */
export function letHeapGrow(): void {
  setFlagsFromString('--heap-growing-percent=200');
}
