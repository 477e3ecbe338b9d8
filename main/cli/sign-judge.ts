// What verification says before and after a signature of the command line: the earlier signatures, the finished file,
// the signer's trust. It signs nothing and writes nothing.
import type { Code } from '../../preload/contract/codes';
import { Failure } from '../../preload/contract/failure';
import type { FileVerdict, SignatureVerdict } from '../../preload/contract/verdict';
import { openFileSource } from '../runtime/file-source';
import { httpFetch } from '../runtime/http-fetcher';
import { type EarlierSignature, type ReadyToSign, roleOfField, type Signer } from '../signing';
import { type FetchRequest, type TrustMaterial, verifyPdf, verifyWithFetcher } from '../verifying';
import { readCertificate } from '../verifying/certificate';
import { readCertificates } from '../verifying/cms';
import { findPath } from '../verifying/path';

/** What the network may cost a whole run. */
const NETWORK_LIMIT_MS = 1200;
/** For answers that are there already when no time for new ones is left. */
const KNOWN_LIMIT_MS = 250;

export interface JudgeOptions {
  readonly trust: TrustMaterial;
  readonly password: string | undefined;
  /** False keeps the network out altogether. */
  readonly online: boolean;
}

/** Judges files for one run. What the network was asked once is known for the run, and its time is limited for the run. */
export class FileJudge {
  private asked = false;
  private leftMs = NETWORK_LIMIT_MS;
  private readonly answers = new Map<string, Promise<Uint8Array>>();

  constructor(private readonly given: JudgeOptions) {}

  private options() {
    const { trust, password } = this.given;
    return { ...trust, ocspResponses: [], now: new Date(), ...(password === undefined ? {} : { password }) };
  }

  private readonly fetch = (request: FetchRequest): Promise<Uint8Array> => {
    const body = request.body === undefined ? '' : Buffer.from(request.body).toString('base64');
    const key = `${request.url} ${body}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    if (this.leftMs <= 0) return Promise.reject(new Error('no time is left for the network'));
    const start = performance.now();
    const answer = httpFetch(request).finally(() => {
      this.leftMs -= performance.now() - start;
    });
    this.answers.set(key, answer);
    return answer;
  };

  /** What the file and the given trust say. */
  verdict(path: string): FileVerdict {
    const source = openFileSource(path);
    try {
      return verifyPdf(source, this.options()).verdict;
    } finally {
      source.close();
    }
  }

  /** What can be known now, also of the status of certificates. */
  async verdictOnline(path: string): Promise<FileVerdict> {
    if (!this.given.online) return this.verdict(path);
    const limit = Math.max(Math.round(this.leftMs), KNOWN_LIMIT_MS);
    const source = openFileSource(path);
    try {
      return (await verifyWithFetcher(source, this.options(), this.fetch, limit)).verdict;
    } finally {
      source.close();
    }
  }

  /** The verdict on an output; the signer's status is asked for with the first. */
  verdictOfOutput(path: string): Promise<FileVerdict> {
    if (this.asked) return Promise.resolve(this.verdict(path));
    this.asked = true;
    return this.verdictOnline(path);
  }
}

/** The earlier signatures as the gate of law takes them. */
export function earlierOf(verdict: FileVerdict): EarlierSignature[] {
  return verdict.signatures
    .filter((one) => one.kind === 'signature')
    .map((one) => {
      const { field, integrity, permitted, revocation, chain } = one;
      const role = roleOfField(field);
      return { field, integrity, permitted, revocation, chain, ...(role === undefined ? {} : { role }) };
    });
}

/** Refuses a seal whose leader is not known to be trusted and in good standing. Throws Failure `signing-trust-required`. */
export function checkLeaderTrust(earlier: readonly EarlierSignature[]): void {
  const trusted = earlier.some((one) => one.chain === 'trusted' && one.revocation === 'good');
  if (!trusted) throw new Failure('signing-trust-required', earlier.map((one) => one.field).join(' '));
}

/** Refuses a finished file that does not hold, or in which an earlier signature holds less than before. */
export function checkVerdict(
  after: FileVerdict,
  ready: ReadyToSign,
  before: FileVerdict | undefined,
): SignatureVerdict {
  // The newest of that name: an older one may stand in the file that its form no longer lists.
  const own = after.signatures.filter((one) => one.field === ready.prepared.fieldName).at(-1);
  if (own === undefined || own.integrity !== 'intact' || own.coverage !== 'whole-file' || !own.permitted) {
    throw new Failure('signing-verification-failed', own?.codes.join(' ') ?? after.codes.join(' '));
  }
  for (const earlier of before?.signatures ?? []) {
    const now = after.signatures.find((one) => one.field === earlier.field);
    const worse =
      now === undefined ||
      (earlier.integrity === 'intact' && now.integrity !== 'intact') ||
      (earlier.permitted && !now.permitted);
    if (worse) throw new Failure('signing-would-break-earlier', earlier.field);
  }
  return own;
}

/** What is not known of the signer, as warnings; with `requireTrust` as a refusal. A revoked certificate is always one. */
export function trustWarnings(own: SignatureVerdict, requireTrust: boolean): Code[] {
  if (own.revocation === 'revoked') throw new Failure('revocation-revoked', own.signer);
  const warnings: Code[] = [];
  if (own.chain !== 'trusted') warnings.push('signing-chain-unknown');
  if (own.revocation !== 'good') warnings.push('signing-status-unknown');
  const [first] = warnings;
  if (requireTrust && first !== undefined) throw new Failure('signing-trust-required', warnings.join(' '));
  return warnings;
}

/** Refuses a signer whose chain does not end at a trusted root, before any PIN. Throws Failure `signing-trust-required`. */
export function checkSignerTrust(signer: Signer, trust: TrustMaterial, now: Date): void {
  const sources = {
    anchors: readCertificates(trust.anchors),
    intermediates: readCertificates([...trust.intermediates, ...signer.chain]),
  };
  // Read as all others are: what is known of it already need not be found out for each file.
  const [own = readCertificate(signer.certificate)] = readCertificates([signer.certificate]);
  const { chain, codes } = findPath(own, 'document', sources, now);
  if (chain !== 'trusted') throw new Failure('signing-trust-required', codes.join(' '));
}
