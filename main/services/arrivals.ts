// Turns a package that is durable here into an arrival: facts, attachments, verdicts, or what kept it from being one.
// It never throws for a bad package and tells the hub nothing.

import type { Code } from '../../preload/contract/codes';
import type { DocumentPackage, EdxmlPackage } from '../../preload/contract/edxml';
import { codeOf, isFailure } from '../../preload/contract/failure';
import { asInstant, type HubDocId, type Sha256 } from '../../preload/contract/ids';
import { markedWords } from '../../preload/contract/package-secrecy';
import type { Arrival, Attachment } from '../../preload/contract/records';
import type { FileVerdict } from '../../preload/contract/verdict';
import { factsOf, statusOf } from './facts';
import { missingFiles } from './missing-files';
import type { ReadingPort, StoredAttachment } from './reading-port';
import { fileSaysSecret, type Secrecy } from './secrecy/secrecy';

type ArrivedFile = DocumentPackage<StoredAttachment>['attachments'][number];

const clip = (value: string | undefined, length: number): string => (value ?? '').slice(0, length);

/** True for a PDF by its name or its content type alone; see `isPdfAttachment` for what lies in the store. */
export function looksLikePdf(name: string, contentType: string): boolean {
  return name.toLowerCase().endsWith('.pdf') || contentType.toLowerCase().includes('pdf');
}

/** A PDF by its name, its type or its first bytes: "Công văn số 7-CA-VP" of an unknown type may have a signature to judge. */
function isPdfAttachment(one: ArrivedFile): boolean {
  return one.bytes.isPdf || looksLikePdf(one.name ?? '', one.contentType ?? '');
}

function unreadable(code: Code): FileVerdict {
  return { verdict: 'unreadable', signatures: [], codes: [code] };
}

/** The verdict on a PDF, or one that says why there is none. */
export async function verdictOrReason(
  reading: Pick<ReadingPort, 'verdict'>,
  sha256: Sha256,
): Promise<FileVerdict> {
  try {
    return await reading.verdict(sha256);
  } catch (error) {
    if (!isFailure(error)) throw error;
    return unreadable(codeOf(error));
  }
}

async function verdictOf(reading: ReadingPort, { sha256, look }: StoredAttachment): Promise<FileVerdict> {
  if (look?.kind !== 'pdf' || look.verdict === null) return verdictOrReason(reading, sha256);
  return typeof look.verdict === 'string' ? unreadable(look.verdict) : look.verdict;
}

async function attachmentOf(reading: ReadingPort, one: ArrivedFile, now: () => Date): Promise<Attachment> {
  const name = clip(one.name, 600) === '' ? 'tep-dinh-kem' : clip(one.name, 600);
  const contentType = clip(one.contentType, 200);
  const pdf = isPdfAttachment(one);
  const verdict = pdf ? await verdictOf(reading, one.bytes) : null;
  return {
    sha256: one.bytes.sha256,
    name,
    description: clip(one.description, 600),
    contentType: pdf ? 'application/pdf' : contentType,
    size: one.bytes.size,
    verdict,
    verifiedAt: verdict === null ? null : asInstant(now()),
    problem: one.code ?? null,
  };
}

/** Words of the package are asked about as what is said of the package, so that policy can name it where they are none. */
async function isAnyMarked(
  one: DocumentPackage<StoredAttachment>,
  packageSha: Sha256,
  isMarked: Secrecy['isMarked'],
): Promise<boolean> {
  const [description] = markedWords(one);
  if (description !== undefined) {
    if (await isMarked({ sha256: packageSha, name: '', description, isPdf: false })) return true;
  }
  for (const file of one.attachments) {
    const { name = '', description = '', bytes } = file;
    const isPdf = isPdfAttachment(file);
    const { sha256, look = null } = bytes;
    if (await isMarked({ sha256, name, description, isPdf, look })) return true;
    // What only calls itself a PDF may be a word file or an archive with a mark.
    if (isPdf && !bytes.isPdf) {
      if (await isMarked({ sha256, name, description, isPdf: false, look })) return true;
    }
  }
  return false;
}

export interface ReadArrival {
  readonly arrival: Arrival;
  /** The package as it was read; null for one that was not, or that is secret. */
  readonly whole: EdxmlPackage<StoredAttachment> | null;
}

/** Reads the package of `docId`, whose bytes may be at hand (`plain`); `destroy` removes blobs for good. The result is durable only once the caller has journalled it. */
export async function readArrivalWhole(
  reading: ReadingPort,
  docId: HubDocId,
  packageSha: Sha256,
  now: () => Date,
  destroy: (names: readonly Sha256[]) => Promise<void>,
  isMarked: Secrecy['isMarked'] = (file) => fileSaysSecret(reading, file),
  plain: Uint8Array | null = null,
): Promise<ReadArrival> {
  const arrivedAt = asInstant(now());
  try {
    const one = await reading.readPackage(packageSha, plain);
    if (one.kind === 'status') {
      const status = statusOf(one.header, arrivedAt);
      return { arrival: { kind: 'status', docId, packageSha, status, arrivedAt }, whole: one };
    }
    const facts = factsOf(one.header, one.trace);
    if (await isAnyMarked(one, packageSha, isMarked)) {
      // Nothing but the fact is kept: the bytes go for good, not into the trash.
      await destroy([packageSha, ...one.attachments.map((each) => each.bytes.sha256)]);
      return { arrival: { kind: 'secret', docId, sender: facts.sender, arrivedAt }, whole: null };
    }
    const attachments: Attachment[] = [];
    for (const each of one.attachments.slice(0, 500))
      attachments.push(await attachmentOf(reading, each, now));
    const unknown = one.unknown.slice(0, 200).map((part) => clip(part.path, 600));
    // Recalls and updates travel without files, also where their manifest is still that of the document.
    const isWhole = facts.business.type === '0' || facts.business.type === '3';
    const missing = isWhole
      ? missingFiles(one)
          .slice(0, 500)
          .map((file) => clip(file, 600))
      : [];
    const arrival: Arrival = {
      ...{ kind: 'document', docId, packageSha, facts, attachments, unknown, arrivedAt },
      ...(missing.length === 0 ? {} : { missing }),
    };
    return { arrival, whole: one };
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { code } = error;
    return { arrival: { kind: 'unreadable', docId, packageSha, code, arrivedAt }, whole: null };
  }
}

/** `readArrivalWhole` without the package. */
export async function readArrival(...given: Parameters<typeof readArrivalWhole>): Promise<Arrival> {
  return (await readArrivalWhole(...given)).arrival;
}
