// The public surface of reading: the client of the host, and the questions main asks about stored files.
export type { Look } from './arrival-protocol';
export { createArrivalReader } from './arrival-reader';
export { hostHeapMegabytes, ReadingClient, type ReadingLimits } from './client';
export { createIntakeReader, type IntakeReader } from './intake-reader';
export { createMarkingReader, type MarkingReader } from './marking-reader';
export type { JobAnswer, JobInput } from './protocol';
export type { PageSize, TextPiece } from './protocol-parts';
export { createReader, type Reader } from './reader';
export { type Strikes, strikesInJournal, strikesInMemory } from './strikes';
