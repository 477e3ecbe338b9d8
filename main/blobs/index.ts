// The public surface of the blobs: the store, and what a host without keys needs to read or write one file.
export type { Description } from './format';
export type { StoreWriter } from './gathering-writer';
export { performSweep } from './perform-sweep';
export { type FileAccess, hashSource, openSealed, type SealedSource } from './sealed-reader';
export {
  type About,
  createSealed,
  type Derived,
  type SealedWriter,
  type WriteTicket,
  type Written,
} from './sealed-writer';
export {
  type BlobListing,
  type BlobStore,
  type BlobStoreOptions,
  openBlobStore,
  type StoredBlob,
} from './store';
export { decideSweep, type SweepDecision, type SweepInput } from './sweep';
export { openWritingThreads, type WritingThreads } from './writing-threads';
