// Gathers what a PDF's bytes alone say about its signatures: integrity, coverage, changes, and the evidence they carry.
// Trust, revocation and time are judged later (judgement.ts), so that a big file is hashed once however often that is done.
import { createHash } from 'node:crypto';
import { type ByteSource, eachPiece } from '../../preload/contract/byte-source';
import type { Code } from '../../preload/contract/codes';
import { isFailure } from '../../preload/contract/failure';
import { type OpenOptions, openPdf, type PdfFile } from '../pdf';
import type { Certificate } from './certificate';
import { ReferenceMemory } from './changes/graph';
import { type ChangeLevel, graver } from './changes/level';
import { judgeSteps, permissionOf } from './changes/permission';
import { compareStep, type StepReport } from './changes/step';
import { oids, readCertificates, readSignedData, type SignedData, singleValue } from './cms';
import { sameBytes, timeOf } from './der';
import { KeySearch, orphansOf } from './orphan';
import { PrefixDigests } from './prefix-digest';
import type { Feed } from './public-key';
import { findSignatures, type SignatureSite } from './signature-dictionary';
import { checkSigner } from './signer-check';
import { readTimeStamp, type TimeStamp } from './timestamp';
import { joinRaw, noEvidence, type RawEvidence, readSecurityStore } from './validation-data';
import { beginningOf, onlyWhiteFrom, pagedSource } from './window';

export interface SignatureFacts {
  readonly field: string;
  readonly kind: 'signature' | 'timestamp';
  readonly subFilter: string;
  readonly intact: boolean;
  /** The signer bound the certificate, as PAdES asks. */
  readonly bound: boolean;
  readonly coverage: 'whole-file' | 'whole-revision' | 'partial';
  /** End of the signed bytes, 0 when there is no range. */
  readonly end: number;
  readonly certificate: Certificate | undefined;
  readonly certificates: readonly Certificate[];
  readonly evidence: Pick<RawEvidence, 'crls' | 'ocspResponses'>;
  /** Of a document time stamp: itself. Of a signature: its signature time stamp, if it has one. */
  readonly stamp: TimeStamp | undefined;
  readonly claimed: { readonly source: 'signingTime' | 'M' | 'none'; readonly value: Date | undefined };
  readonly changes: ChangeLevel;
  readonly permitted: boolean;
  /** The signed revision holds a document security store. */
  readonly storeInside: boolean;
  readonly codes: readonly Code[];
  /** Technical, for logs and tests. */
  readonly reasons: readonly string[];
}

export interface FileFacts {
  /** Oldest first. */
  readonly signatures: readonly SignatureFacts[];
  readonly store: RawEvidence;
  readonly storeCertificates: readonly Certificate[];
}

/** Reads everything about a file's signatures. Throws the Failures of the pdf room when the file cannot be read. */
export function readFacts(source: ByteSource, password?: string): FileFacts {
  const options = password === undefined ? {} : { password };
  const file = openPdf(pagedSource(source), options);
  const sites = findSignatures(file);
  const store = readSecurityStore(file) ?? noEvidence;
  const storeCertificates = readCertificates(store.certificates);
  const covers = sites.map((site) => readCoverage(file, site, options));
  const steps = new Steps(file, Math.max(-1, ...covers.map((cover) => cover.revision ?? -1)));
  // A large file is gone through once: hashing it shows the search what it looks for.
  const search = new KeySearch(source);
  const digests = new PrefixDigests(source, (piece, offset) => search.see(piece, offset));
  const found = sites.map((site, index) =>
    readSignature({ search, digests }, file, steps, site, covers[index], storeCertificates),
  );
  const orphans = orphansOf(file, search.finish(), sites);
  return {
    signatures: [...found, ...Array.from({ length: orphans }, () => orphan)],
    store,
    storeCertificates,
  };
}

const orphan: SignatureFacts = {
  field: '',
  kind: 'signature',
  subFilter: '',
  intact: false,
  bound: false,
  coverage: 'partial',
  end: 0,
  certificate: undefined,
  certificates: [],
  evidence: noEvidence,
  stamp: undefined,
  claimed: { source: 'none', value: undefined },
  changes: 'none',
  permitted: true,
  storeInside: false,
  codes: ['signature-orphaned'],
  reasons: [],
};

/** The comparison of each pair of successive revisions, made once for all signatures. */
class Steps {
  readonly #memory = new ReferenceMemory();
  readonly #known = new Map<number, StepReport>();
  readonly trailing: boolean;

  constructor(
    readonly file: PdfFile,
    /** The newest revision that some signature covers as a whole. */
    readonly coveredUpTo: number,
  ) {
    const last = file.revisions.at(-1);
    this.trailing = last !== undefined && !onlyWhiteFrom(file.source, last.end);
  }

  after(revision: number): StepReport[] {
    const list: StepReport[] = [];
    for (let index = revision; index < this.file.revisions.length - 1; index++) {
      const report =
        this.#known.get(index) ?? this.#vouched(compareStep(this.file, index, this.#memory), index);
      this.#known.set(index, report);
      list.push(report);
    }
    return list;
  }

  /** A picture in an empty signature field counts once a later signature vouches for it; until then anybody made it. */
  #vouched(report: StepReport, index: number): StepReport {
    if (!report.unsignedPicture || index + 1 <= this.coveredUpTo) return report;
    return { ...report, codes: [...report.codes, 'changes-unsigned-picture'] };
  }
}

function readSignature(
  reading: ByteReading,
  file: PdfFile,
  steps: Steps,
  site: SignatureSite,
  cover: Cover = { coverage: 'partial', revision: undefined },
  storeCertificates: readonly Certificate[] = [],
): SignatureFacts {
  const content = readContent(reading, site, storeCertificates);
  const changes = readChanges(file, steps, site, cover);
  return {
    field: site.field,
    kind: site.kind,
    subFilter: site.subFilter,
    coverage: cover.coverage,
    end: site.range?.end ?? 0,
    ...content,
    intact: content.intact && site.codes.length === 0,
    ...changes,
    storeInside: cover.revision !== undefined && hasStore(file, cover.revision),
    codes: [...new Set([...site.codes, ...content.codes, ...changes.codes])],
  };
}

function hasStore(file: PdfFile, revision: number): boolean {
  try {
    return readSecurityStore(file.asOf(revision)) !== undefined;
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}

interface Cover {
  readonly coverage: 'whole-file' | 'whole-revision' | 'partial';
  /** The revision that was signed; undefined when the signed bytes are no revision of this file. */
  readonly revision: number | undefined;
}

/**
 * What the signed bytes are, read as a file of their own: exactly what the signer had, whatever a later trailer says.
 * They must be a whole revision, and the same revision that the whole file's chain reads there.
 */
function readCoverage(file: PdfFile, site: SignatureSite, options: OpenOptions): Cover {
  const end = site.range?.end;
  if (end === undefined) return { coverage: 'partial', revision: undefined };
  const last = file.revisions.length - 1;
  if (end === file.source.size) {
    // A field that the newest revision no longer has cannot have signed that revision.
    return { coverage: 'whole-file', revision: site.revision === last ? last : undefined };
  }
  let signed: PdfFile;
  try {
    signed = openPdf(beginningOf(file.source, end), options);
  } catch (error) {
    if (isFailure(error)) return { coverage: 'partial', revision: undefined };
    throw error;
  }
  const index = signed.revisions.length - 1;
  const revision = signed.revisions[index];
  if (revision === undefined || !onlyWhiteFrom(signed.source, Math.min(revision.endOfMark, end))) {
    return { coverage: 'partial', revision: undefined };
  }
  const coverage = onlyWhiteFrom(file.source, end) ? 'whole-file' : 'whole-revision';
  const { object } = signed.catalog;
  const agreed =
    signed.headerOffset === file.headerOffset &&
    object.number === file.asOf(Math.min(index, last)).catalog.object.number &&
    signed.revisions.every((one, place) => sameRevision(one, file.revisions[place]));
  const dictionary =
    site.holder === undefined ? undefined : signed.object(site.holder.number, site.holder.generation);
  const known = dictionary !== undefined && dictionary.base === site.holder?.base;
  return { coverage, revision: agreed && known ? index : undefined };
}

type Revision = PdfFile['revisions'][number];

function sameRevision(one: Revision, other: Revision | undefined): boolean {
  return (
    other !== undefined &&
    one.startxref === other.startxref &&
    one.sections.length === other.sections.length &&
    one.sections.every((section, index) => section.offset === other.sections[index]?.offset)
  );
}

type Changes = Pick<SignatureFacts, 'changes' | 'permitted' | 'codes' | 'reasons'>;

function readChanges(file: PdfFile, steps: Steps, site: SignatureSite, cover: Cover): Changes {
  if (cover.coverage === 'partial') {
    return { changes: 'other', permitted: false, codes: ['signature-partial'], reasons: [] };
  }
  if (cover.revision === undefined) {
    // The file's own chain passes the signed revision by.
    return {
      changes: 'other',
      permitted: false,
      codes: ['changes-two-readings'],
      reasons: ['another chain'],
    };
  }
  const reports = steps.after(cover.revision);
  const codes = new Set<Code>(reports.flatMap((report) => report.codes));
  let changes = reports.reduce<ChangeLevel>((level, report) => graver(level, report.level), 'none');
  let permitted = true;
  if (reports.length > 0 && site.dict !== undefined) {
    const permission = permissionOf(file.asOf(cover.revision), site.dict, site.fieldDict);
    const judged = judgeSteps(permission, reports);
    permitted = judged.permitted;
    if (judged.locked) codes.add('changes-locked-field');
  }
  if (cover.coverage === 'whole-revision' && steps.trailing) {
    changes = 'other';
    codes.add('changes-trailing-data');
  }
  if (changes === 'form') codes.add('changes-form');
  if (changes === 'annotation') codes.add('changes-annotation');
  if (changes === 'other') {
    permitted = false;
    if (codes.size === 0) codes.add('changes-other');
  } else if (!permitted) codes.add('changes-forbidden');
  return { changes, permitted, codes: [...codes], reasons: reports.flatMap((report) => report.reasons) };
}

type Content = Pick<
  SignatureFacts,
  'intact' | 'bound' | 'certificate' | 'certificates' | 'evidence' | 'stamp' | 'claimed' | 'codes'
>;

/** What all signatures of a file share while its bytes are gone through. */
interface ByteReading {
  readonly search: KeySearch;
  readonly digests: PrefixDigests;
}

function feedOf({ search, digests }: ByteReading, range: SignatureSite['range']): Feed {
  if (range === undefined) return () => undefined;
  const feed = (update: (piece: Uint8Array) => void): void => {
    const take = (piece: Uint8Array, offset: number): void => {
      update(piece);
      search.see(piece, offset);
    };
    eachPiece(search.source, 0, range.gapStart, take);
    eachPiece(search.source, range.gapEnd, range.end - range.gapEnd, take);
  };
  return Object.assign(feed, { digest: (algorithm: string) => digests.of(algorithm, range) });
}

function readContent(
  reading: ByteReading,
  site: SignatureSite,
  storeCertificates: readonly Certificate[],
): Content {
  const { range, contents } = site;
  const claimedInDictionary: Content['claimed'] =
    site.claimed === undefined ? { source: 'none', value: undefined } : { source: 'M', value: site.claimed };
  const unreadable = (...codes: Code[]): Content => ({
    intact: false,
    bound: false,
    certificate: undefined,
    certificates: [],
    evidence: noEvidence,
    stamp: undefined,
    claimed: claimedInDictionary,
    codes,
  });
  if (contents === undefined) return unreadable();
  if (!supported.has(site.subFilter)) return unreadable('signature-kind-unsupported');
  const feed = feedOf(reading, range);
  try {
    if (site.kind === 'timestamp') {
      const stamp = readTimeStamp(contents, feed, storeCertificates);
      return {
        ...unreadable(...stamp.signatureCodes),
        intact: stamp.intact && range !== undefined && site.subFilter === 'ETSI.RFC3161',
        bound: true,
        certificate: stamp.authority,
        certificates: stamp.data.certificates,
        evidence: evidenceOf(stamp.data),
        stamp,
      };
    }
    return readCms(readSignedData(contents), site, feed, storeCertificates, claimedInDictionary);
  } catch (error) {
    if (isFailure(error)) return unreadable('signature-cms-damaged');
    throw error;
  }
}

const supported = new Set(['ETSI.CAdES.detached', 'adbe.pkcs7.detached', 'adbe.pkcs7.sha1', 'ETSI.RFC3161']);

function readCms(
  data: SignedData,
  site: SignatureSite,
  feed: Feed,
  storeCertificates: readonly Certificate[],
  claimedInDictionary: Content['claimed'],
): Content {
  const codes: Code[] = [];
  let intact = true;
  let signedContent = feed;
  const content = data.content;
  if (site.subFilter === 'adbe.pkcs7.sha1') {
    // The CMS signs the SHA-1 of the range (ISO 32000-1, 12.8.3.3): never stronger than that digest.
    codes.push('algorithm-weak');
    const digest = createHash('sha1');
    feed((chunk) => digest.update(chunk));
    if (content === undefined || !sameBytes(digest.digest(), content)) {
      intact = false;
      codes.push('signature-content-changed');
    }
    signedContent = (update) => update(content ?? new Uint8Array());
  } else if (content !== undefined && content.length > 0) {
    // A detached signature that brings its own content signs that, not the document.
    intact = false;
    codes.push('signature-attributes');
  }
  const answer = checkSigner(data, signedContent, oids.data, storeCertificates);
  const attributes = answer.signer?.signedAttributes;
  if (data.trailing) codes.push('signature-padding');
  const needsBinding = site.subFilter === 'ETSI.CAdES.detached' && answer.intact && !answer.bound;
  if (needsBinding) codes.push('signature-certificate-unbound');
  const signingTime = tolerantTime(singleValue(attributes, oids.signingTime));
  const stamp = readSignatureStamp(answer.signer, [...data.certificates, ...storeCertificates]);
  const adobe = singleValue(attributes, oids.adobeRevocation);
  return {
    intact: intact && answer.intact && site.range !== undefined,
    bound: answer.bound,
    certificate: answer.certificate,
    certificates: [...data.certificates, ...(stamp.stamp?.data.certificates ?? [])],
    evidence: joinRaw(
      evidenceOf(data),
      stamp.stamp === undefined ? noEvidence : evidenceOf(stamp.stamp.data),
      adobe,
    ),
    stamp: stamp.stamp,
    claimed: signingTime === undefined ? claimedInDictionary : { source: 'signingTime', value: signingTime },
    codes: [...codes, ...answer.codes, ...stamp.codes],
  };
}

function tolerantTime(node: Parameters<typeof timeOf>[0]): Date | undefined {
  if (node === undefined) return undefined;
  try {
    return timeOf(node);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}

function readSignatureStamp(
  signer: SignedData['signers'][number] | undefined,
  certificates: readonly Certificate[],
): { stamp: TimeStamp | undefined; codes: Code[] } {
  const [token] = signer?.unsignedAttributes?.values.get(oids.signatureTimeStamp) ?? [];
  if (signer === undefined || token === undefined) return { stamp: undefined, codes: [] };
  try {
    const stamp = readTimeStamp(token.bytes, (update) => update(signer.signature), certificates);
    return { stamp, codes: stamp.codes.filter((code) => code.startsWith('timestamp-')) };
  } catch (error) {
    if (isFailure(error)) return { stamp: undefined, codes: ['timestamp-damaged'] };
    throw error;
  }
}

function evidenceOf(data: SignedData): Pick<RawEvidence, 'crls' | 'ocspResponses'> {
  return { crls: data.crls, ocspResponses: data.ocspResponses };
}
