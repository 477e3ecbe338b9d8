// What a host without the vault may use of the blobs: reading one file and writing one file. No store, no room key.
export { openSealed } from './sealed-reader';
export { createSealed, openWaiting } from './sealed-writer';
