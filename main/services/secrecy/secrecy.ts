// Whether files carry a secrecy mark: in their names, in what is said of them, in the text of a PDF's first page, at the head of
// office files and inside archives (QĐ 28/2018 Art. 1). Main's gate before a package is frozen and before an arrival becomes a document. A false alarm is let through only
// where the profile's policy names the file by its SHA-256, and each time that is written down.
import { Failure, isFailure } from '../../../preload/contract/failure';
import type { HubDocId, Sha256 } from '../../../preload/contract/ids';
import { secrecyLevelOf, secrecyLevelOfName } from '../../../preload/contract/secrecy';
import type { Look } from '../../reading';
import type { ReadingPort } from '../reading-port';
import { pageSaysSecret } from './page-mark';

type SecrecyReading = Pick<ReadingPort, 'firstPageText' | 'saysSecret'>;

export interface MarkedFile {
  readonly sha256: Sha256;
  readonly name: string;
  readonly description: string;
  readonly isPdf: boolean;
  /** What was seen of it already, where it was looked at as such a file. */
  readonly look?: Look | null;
}

/** True when a file is marked. A page that cannot be read says nothing: its verdict tells that. */
export async function fileSaysSecret(reading: SecrecyReading, file: MarkedFile): Promise<boolean> {
  if (secrecyLevelOfName(file.name) !== undefined) return true;
  if (secrecyLevelOf(file.description) !== undefined) return true;
  try {
    const { isPdf, look, sha256 } = file;
    if (!isPdf) return look?.kind === 'other' ? look.secret : await reading.saysSecret(sha256);
    const page = look?.kind === 'pdf' ? look.firstPage : await reading.firstPageText(sha256);
    return pageSaysSecret(page);
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}

export interface SecrecyParts {
  readonly reading: SecrecyReading;
  /** SHA-256 of files, and the hub's names of quarantined packages, whose mark the policy calls a false alarm. */
  readonly falseAlarms: readonly string[];
  /** Writes down that policy let a file through; `docId` where it named the package. */
  readonly note: (sha256: Sha256, docId: HubDocId | null) => Promise<void>;
}

export function createSecrecy(parts: SecrecyParts) {
  const allowed = new Set(parts.falseAlarms.map((one) => one.toLowerCase()));

  async function isMarked(file: MarkedFile): Promise<boolean> {
    if (!(await fileSaysSecret(parts.reading, file))) return false;
    if (!allowed.has(file.sha256)) return true;
    await parts.note(file.sha256, null);
    return false;
  }

  /** As `isMarked`, for the files of one package: policy may name the package, whose files nobody here has seen. */
  function isMarkedIn(docId: HubDocId): (file: MarkedFile) => Promise<boolean> {
    if (!namesPackage(docId)) return isMarked;
    return async (file) => {
      if (await fileSaysSecret(parts.reading, file)) await parts.note(file.sha256, docId);
      return false;
    };
  }

  function namesPackage(docId: HubDocId): boolean {
    return allowed.has(docId.toLowerCase());
  }

  /** A page without words may be a scan, or no page at all. */
  async function hasNoWords(sha256: Sha256): Promise<boolean> {
    try {
      return (await parts.reading.firstPageText(sha256)).length === 0;
    } catch (error) {
      if (isFailure(error)) return true;
      throw error;
    }
  }

  /** What goes out is known by its name alone: what only calls itself a PDF may be a word file or an archive with a mark. */
  async function isMarkedByAnyLook(file: MarkedFile): Promise<boolean> {
    if (await isMarked(file)) return true;
    if (!file.isPdf || !(await hasNoWords(file.sha256))) return false;
    return isMarked({ ...file, isPdf: false });
  }

  return {
    isMarked,
    isMarkedIn,
    namesPackage,
    /** Throws Failure `package-secret` for the first marked file; its name is no detail, since names tell too. */
    async demandPlain(files: readonly MarkedFile[]): Promise<void> {
      for (const file of files) if (await isMarkedByAnyLook(file)) throw new Failure('package-secret');
    },
  };
}

export type Secrecy = ReturnType<typeof createSecrecy>;
