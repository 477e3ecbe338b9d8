// Freezes packages: edXML of facts and files, once per act, as a fsynced blob and a journal line. It sends nothing.
import type { TypeEncoding } from '../../preload/contract/document-types';
import type { Attachment, DocumentPackage, EdxmlPackage } from '../../preload/contract/edxml';
import type { ActId, Sha256 } from '../../preload/contract/ids';
import type { DocumentFacts, DocumentStatus } from '../../preload/contract/records';
import type { BlobStore, SealedSource } from '../blobs';
import { type AttachmentContent, writePackage } from '../edxml';
import { documentPackage, statusHeaderOf } from './facts';

export interface FrozenPackage {
  readonly packageSha: Sha256;
  readonly size: number;
}

/** Where it is remembered that an act has its package already. */
export interface FrozenMemory {
  find(act: ActId): Sha256 | null;
  remember(act: ActId, sha256: Sha256): Promise<void>;
}

export interface PackageFile {
  readonly sha256: Sha256;
  readonly name: string;
  readonly description: string;
}

const pieceBytes = 1 << 18;

function* piecesOf(source: SealedSource): Generator<Uint8Array> {
  for (let offset = 0; offset < source.size; offset += pieceBytes) {
    yield source.read(offset, Math.min(pieceBytes, source.size - offset));
  }
}

/** Packages over one store, DocumentType written as the hub wants it. All times are `now`'s. */
export function createPackages(
  blobs: BlobStore,
  memory: FrozenMemory,
  now: () => Date,
  types: TypeEncoding = 'item',
) {
  async function freeze(
    act: ActId,
    one: EdxmlPackage<AttachmentContent>,
    name: string,
  ): Promise<FrozenPackage> {
    const writer = await blobs.writer('package-out', name, '');
    try {
      await writePackage(one, (bytes) => writer.write(bytes));
    } catch (error) {
      await writer.abort();
      throw error;
    }
    const written = await writer.finish();
    await memory.remember(act, written.sha256);
    return { packageSha: written.sha256, size: written.size };
  }

  async function known(act: ActId): Promise<FrozenPackage | null> {
    const sha = memory.find(act);
    if (sha === null) return null;
    const size = await blobs.size(sha);
    return size === null ? null : { packageSha: sha, size };
  }

  return {
    /**
     * The document package of an act; the same act gets the same bytes again, whatever the facts say by then.
     * Throws Failure `edxml-*` for facts that QCVN 102 does not allow, `blob-missing`, `disk-full`.
     */
    async document(act: ActId, facts: DocumentFacts, files: readonly PackageFile[]): Promise<FrozenPackage> {
      const before = await known(act);
      if (before !== null) return before;
      const open: SealedSource[] = [];
      try {
        const attachments: Attachment<AttachmentContent>[] = [];
        for (const file of files) {
          const source = await blobs.open(file.sha256);
          open.push(source);
          attachments.push({
            contentId: undefined,
            name: file.name,
            description: file.description,
            contentType: undefined,
            fieldName: undefined,
            mimeType: undefined,
            bytes: piecesOf(source),
          });
        }
        const one: DocumentPackage<AttachmentContent> = {
          ...documentPackage(facts, now(), types),
          attachments,
        };
        return await freeze(act, one, `${act}.edxml`);
      } finally {
        for (const source of open) source.close();
      }
    },

    /** The status package of an act; the same act gets the same bytes again. */
    async status(act: ActId, status: DocumentStatus): Promise<FrozenPackage> {
      const before = await known(act);
      if (before !== null) return before;
      const one: EdxmlPackage<AttachmentContent> = {
        kind: 'status',
        header: statusHeaderOf(status),
        trace: null,
        attachments: [],
        unknown: [],
      };
      return freeze(act, one, `${act}-${status.code}.edxml`);
    },
  };
}

export type Packages = ReturnType<typeof createPackages>;
