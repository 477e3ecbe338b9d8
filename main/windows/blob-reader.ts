// The blob store as the protocol handler wants it: sizes and ranges by name. It gives no description.
import { sha256 } from '../../preload/contract/ids';
import type { BlobStore } from '../blobs';
import type { BlobReader } from './blob-range';

/** Unknown and malformed names are the same to a page: there is no such blob. Who asks before the store is open waits. */
export function blobReader(blobs: Promise<BlobStore>): BlobReader {
  return {
    async size(name) {
      const parsed = sha256.safeParse(name);
      return parsed.success ? (await blobs).size(parsed.data) : null;
    },
    read: async (name, start, end) => (await blobs).readRange(sha256.parse(name), start, end),
  };
}
