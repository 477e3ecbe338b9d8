// Main's side of reading a small package: its bytes go to the host as they are, what comes back is sealed and named here by what
// it holds. Files lie in the store only once the whole package was read. It parses nothing.
import type { EdxmlPackage } from '../../preload/contract/edxml';
import { isFailure } from '../../preload/contract/failure';
import type { Sha256 } from '../../preload/contract/ids';
import type { BlobStore } from '../blobs';
import { safeFileName } from '../edxml';
import type { Fetcher } from '../verifying';
import { type Look, mostLooks, smallPackage } from './arrival-protocol';
import type { ReadingClient } from './client';
import type { JobInput } from './protocol';
import { fetchHelp, type ReadAttachment } from './reader';

export interface LookedAt extends ReadAttachment {
  /** What was seen of the file already; null where it is still to be asked. */
  readonly look: Look | null;
}

type Trust = Omit<JobInput<'read-arrival'>, 'content'>;

export interface ArrivalReader {
  /**
   * Reads a package with its files, `plain` being its bytes where they are at hand. Null where that is for `Reader.readPackage`: a
   * large package, or one whose files would not let the host live. Throws `edxml-*`, and those of the store.
   */
  readArrival(
    packageSha: Sha256,
    plain: Uint8Array | null,
    trust: Trust,
    fetch: Fetcher,
  ): Promise<EdxmlPackage<LookedAt> | null>;
}

/** The host was lost to one of the files, or cannot hold them: the package may be readable without looking at them. */
const forTheLongWay: ReadonlySet<string> = new Set([
  ...['reader-crashed', 'file-too-slow', 'file-too-heavy', 'file-kills-reader', 'edxml-inline'],
]);

export function createArrivalReader(client: ReadingClient, blobs: BlobStore): ArrivalReader {
  async function contentOf(packageSha: Sha256, plain: Uint8Array | null): Promise<Uint8Array | null> {
    const size = plain?.length ?? (await blobs.size(packageSha)) ?? Number.POSITIVE_INFINITY;
    if (size > smallPackage) return null;
    return plain ?? (await blobs.readRange(packageSha, 0, size));
  }

  return {
    async readArrival(packageSha, plain, trust, fetch) {
      const content = await contentOf(packageSha, plain);
      if (content === null) return null;
      try {
        const read = await client.run({
          name: 'read-arrival',
          input: { ...trust, content },
          // Strikes of its own: what a file of it does is no reason to leave the package unread.
          file: `${packageSha}+files`,
          size: content.length,
          extraMilliseconds: mostLooks * trust.fetchMilliseconds,
          help: { fetch: fetchHelp(fetch, trust.fetchMilliseconds) },
        });
        const attachments: EdxmlPackage<LookedAt>['attachments'] = [];
        for (const { bytes, ...meta } of read.attachments) {
          const about = { kind: 'attachment', docId: '', name: safeFileName(meta.name ?? '') };
          const written = await blobs.take(about, bytes.content);
          attachments.push({ ...meta, bytes: { ...written, isPdf: bytes.isPdf, look: bytes.look } });
        }
        return { ...read, attachments };
      } catch (error) {
        if (isFailure(error) && forTheLongWay.has(error.code)) return null;
        throw error;
      }
    },
  };
}
