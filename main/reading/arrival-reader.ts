// Main's side of reading a small package: its bytes go to the host as they are, what comes back is sealed and named here by what
// it holds. Files lie in the store only once the whole package was read. It parses nothing.
import type { EdxmlPackage } from '../../preload/contract/edxml';
import { Failure, isFailure } from '../../preload/contract/failure';
import type { Sha256 } from '../../preload/contract/ids';
import type { BlobStore } from '../blobs';
import { safeFileName } from '../edxml';
import { type Look, mostInline, smallPackage } from './arrival-protocol';
import type { ReadingClient } from './client';
import type { JobInput } from './protocol';
import type { ReadAttachment } from './reader';

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
  ): Promise<EdxmlPackage<LookedAt> | null>;
}

const mostAttachments = 500;

/** A host that gives back more than a package of this size can hold is not to be trusted. */
function demandFew(contents: readonly Uint8Array[]): void {
  const bytes = contents.reduce((sum, one) => sum + one.length, 0);
  if (contents.length > mostAttachments || bytes > mostInline) {
    throw new Failure('reader-crashed', `${contents.length} files, ${bytes} bytes`);
  }
}

/** Each in memory of its own, since the store takes it away. */
function apart(contents: readonly Uint8Array[]): readonly Uint8Array[] {
  const seen = new Set<ArrayBufferLike>();
  return contents.map((one) => {
    const isShared = seen.has(one.buffer);
    seen.add(one.buffer);
    return isShared ? Uint8Array.from(one) : one;
  });
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
    async readArrival(packageSha, plain, trust) {
      const content = await contentOf(packageSha, plain);
      if (content === null) return null;
      try {
        const read = await client.run({
          name: 'read-arrival',
          input: { ...trust, content },
          // Strikes of its own: what a file of it does is no reason to leave the package unread.
          file: `${packageSha}+files`,
          size: content.length,
        });
        demandFew(read.attachments.map(({ bytes }) => bytes.content));
        const contents = apart(read.attachments.map(({ bytes }) => bytes.content));
        const attachments: EdxmlPackage<LookedAt>['attachments'] = [];
        for (const [index, { bytes, ...meta }] of read.attachments.entries()) {
          const about = { kind: 'attachment', docId: '', name: safeFileName(meta.name ?? '') };
          const written = await blobs.take(about, contents[index] ?? bytes.content);
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
