// Builds and validates certificate paths (RFC 5280 section 6) from a certificate to the given anchors at a given time.
// It asks nobody for status; the policy set is any-policy.
import type { Code } from '../../preload/contract/codes';
import { type Certificate, checkLink, isSelfSigned } from './certificate';
import { type DerNode, inner, sameBytes } from './der';
import { type Name, readName, sameName, startsWithName } from './name';

/** What the first certificate of the path is to do. */
export type Purpose = 'document' | 'timestamp' | 'ocsp';

export interface PathAnswer {
  readonly chain: 'trusted' | 'untrusted' | 'unknown';
  /** From the certificate to the anchor; as far as it was found when it is not trusted. */
  readonly path: readonly Certificate[];
  readonly codes: readonly Code[];
}

export interface PathSources {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
}

const purposes = {
  timestamp: '1.3.6.1.5.5.7.3.8',
  ocsp: '1.3.6.1.5.5.7.3.9',
  server: '1.3.6.1.5.5.7.3.1',
} as const;

const maxPath = 8;
/** Signature checks one search may cost; crossed pools could else grow without end. */
const maxLinks = 100;

/** Whether key usage and extended key usage allow the purpose. */
export function allowsPurpose(certificate: Certificate, purpose: Purpose): boolean {
  const { keyUsage, extendedKeyUsage } = certificate;
  if (keyUsage !== undefined && !keyUsage.digitalSignature && !keyUsage.nonRepudiation) return false;
  switch (purpose) {
    case 'timestamp':
      // RFC 3161 2.3: this purpose alone, and critical.
      return (
        extendedKeyUsage?.critical === true &&
        extendedKeyUsage.purposes.length === 1 &&
        extendedKeyUsage.purposes[0] === purposes.timestamp
      );
    case 'ocsp':
      return extendedKeyUsage?.purposes.includes(purposes.ocsp) === true;
    case 'document': {
      // No purpose is agreed for document signing, so only certificates that are plainly for something else are refused.
      const foreign: readonly string[] = [purposes.timestamp, purposes.ocsp, purposes.server];
      return (
        extendedKeyUsage === undefined || extendedKeyUsage.purposes.some((one) => !foreign.includes(one))
      );
    }
  }
}

/** The best path of a certificate at `time`: the first trusted one, else the most telling refusal. */
export function findPath(
  certificate: Certificate,
  purpose: Purpose,
  sources: PathSources,
  time: Date,
): PathAnswer {
  const search = new Search(sources, purpose, time);
  search.extend([certificate]);
  return search.answer(certificate);
}

class Search {
  #links = 0;
  #trusted: PathAnswer | undefined;
  #refused: PathAnswer | undefined;
  /** The longest path that ends at an unknown issuer, and whether any ended at a self-signed stranger. */
  #open: readonly Certificate[] = [];
  #stranger: readonly Certificate[] | undefined;
  readonly #byAnchor: ReadonlySet<string>;

  constructor(
    readonly sources: PathSources,
    readonly purpose: Purpose,
    readonly time: Date,
  ) {
    this.#byAnchor = new Set(sources.anchors.map((one) => one.fingerprint));
  }

  extend(path: readonly Certificate[]): void {
    const last = path.at(-1);
    if (last === undefined || this.#trusted !== undefined) return;
    if (this.#byAnchor.has(last.fingerprint)) {
      this.#finish(path);
      return;
    }
    if (isSelfSigned(last)) {
      this.#stranger ??= path;
      return;
    }
    if (path.length > this.#open.length) this.#open = path;
    if (path.length >= maxPath) return;
    for (const issuer of this.#issuersOf(last)) {
      const repeated = path.some(
        (one) =>
          one.fingerprint === issuer.fingerprint ||
          (sameName(one.subject, issuer.subject) && sameBytes(one.publicKey.der, issuer.publicKey.der)),
      );
      if (repeated || this.#links >= maxLinks) continue;
      this.#links++;
      const link = checkLink(last, issuer.publicKey);
      if (link.answer === 'wrong') continue;
      this.extend([...path, issuer]);
      if (this.#trusted !== undefined) return;
    }
  }

  #issuersOf(certificate: Certificate): Certificate[] {
    const named = [...this.sources.anchors, ...this.sources.intermediates].filter((one) =>
      sameName(one.subject, certificate.issuer),
    );
    const byKeyId = (one: Certificate): number => {
      if (certificate.authorityKeyId === undefined || one.subjectKeyId === undefined) return 1;
      return sameBytes(certificate.authorityKeyId, one.subjectKeyId) ? 0 : 2;
    };
    // Anchors first, and those whose key identifier fits; a wrong identifier only means a later try.
    return named.sort((one, other) => byKeyId(one) - byKeyId(other));
  }

  #finish(path: readonly Certificate[]): void {
    const codes = refusals(path, this.purpose, this.time);
    if (codes.length === 0) this.#trusted = { chain: 'trusted', path, codes: [] };
    else if (this.#refused === undefined || codes.length < this.#refused.codes.length) {
      this.#refused = { chain: 'untrusted', path, codes };
    }
  }

  answer(certificate: Certificate): PathAnswer {
    if (this.#trusted !== undefined) return this.#trusted;
    if (this.#refused !== undefined) return this.#refused;
    if (this.sources.anchors.length === 0) {
      return { chain: 'unknown', path: this.#stranger ?? this.#open, codes: ['chain-no-anchors'] };
    }
    if (this.#stranger !== undefined)
      return { chain: 'untrusted', path: this.#stranger, codes: ['chain-untrusted'] };
    const path = this.#open.length === 0 ? [certificate] : this.#open;
    return { chain: 'unknown', path, codes: ['chain-issuer-missing'] };
  }
}

/** Everything that speaks against a complete path at `time`; empty when nothing does. */
function refusals(path: readonly Certificate[], purpose: Purpose, time: Date): Code[] {
  const codes = new Set<Code>();
  const [leaf] = path;
  if (leaf !== undefined && !allowsPurpose(leaf, purpose)) codes.add('chain-usage');
  path.forEach((certificate, index) => {
    if (time < certificate.notBefore) codes.add('chain-not-yet-valid');
    if (time > certificate.notAfter) codes.add('chain-expired');
    const isAnchor = index === path.length - 1;
    if (!isAnchor && certificate.unknownCritical.length > 0) codes.add('chain-extension-unknown');
    const issuer = path[index + 1];
    if (issuer !== undefined && !linkIsStrong(certificate, issuer)) codes.add('chain-algorithm');
    if (index > 0) for (const code of authorityRefusals(path, index)) codes.add(code);
  });
  if (!namesAllowed(path)) codes.add('chain-name-forbidden');
  return [...codes];
}

/** SHA-1 stays acceptable under authorities issued before 2017: forging those needs a second preimage, not a collision. */
const sha1Until = Date.UTC(2017, 0, 1);

function linkIsStrong(certificate: Certificate, issuer: Certificate): boolean {
  const link = checkLink(certificate, issuer.publicKey);
  if (link.answer !== 'good') return false;
  return link.strength === 'strong' || (certificate.authority && certificate.notBefore.getTime() < sha1Until);
}

function authorityRefusals(path: readonly Certificate[], index: number): Code[] {
  const certificate = path[index];
  if (certificate === undefined) return [];
  const codes: Code[] = [];
  const isAnchor = index === path.length - 1;
  // An anchor of version 1 has no extensions: that it is an anchor says what it may do.
  const mayIssue = certificate.authority || (isAnchor && certificate.version < 3);
  if (!mayIssue || certificate.keyUsage?.keyCertSign === false) codes.push('chain-not-authority');
  const between = path.slice(1, index).filter((one) => !sameName(one.subject, one.issuer)).length;
  if (certificate.pathLength !== undefined && between > certificate.pathLength) codes.push('chain-too-long');
  return codes;
}

/** Name constraints (RFC 5280 4.2.1.10) of every authority over everything below it. */
function namesAllowed(path: readonly Certificate[]): boolean {
  return path.every((authority, index) => {
    const constraints = authority.nameConstraints;
    if (constraints === undefined) return true;
    return path.slice(0, index).every((below, place) => {
      if (place > 0 && sameName(below.subject, below.issuer)) return true;
      const names: DerNode[] = [...below.alternativeNames];
      return (
        subjectAllowed(below.subject, constraints.permitted, constraints.excluded) &&
        names.every((name) => alternativeAllowed(name, constraints.permitted, constraints.excluded))
      );
    });
  });
}

const directoryTag = 0xa4;

function subjectAllowed(subject: Name, permitted: readonly DerNode[], excluded: readonly DerNode[]): boolean {
  const bases = (list: readonly DerNode[]) =>
    list.filter((base) => base.tag === directoryTag).map((base) => readName(inner(base)));
  const allowed = bases(permitted);
  if (subject.canonical.length === 0) return true;
  return (
    (allowed.length === 0 || allowed.some((base) => startsWithName(subject, base))) &&
    !bases(excluded).some((base) => startsWithName(subject, base))
  );
}

/** Alternative names: directory names by subtree, DNS and mail by suffix; a constrained kind not known here is refused. */
function alternativeAllowed(
  name: DerNode,
  permitted: readonly DerNode[],
  excluded: readonly DerNode[],
): boolean {
  if (name.tag === directoryTag) return subjectAllowed(readName(inner(name)), permitted, excluded);
  const kind = (base: DerNode) => base.tag === name.tag;
  const allowed = permitted.filter(kind);
  const refused = excluded.filter(kind);
  if (allowed.length === 0 && refused.length === 0) return true;
  if (name.tag !== 0x81 && name.tag !== 0x82) return false;
  const text = Buffer.from(name.content).toString('latin1').toLowerCase();
  const inside = (base: DerNode) => {
    const suffix = Buffer.from(base.content).toString('latin1').toLowerCase();
    if (suffix === '' || text === suffix) return true;
    if (name.tag === 0x82) return text.endsWith(`.${suffix.replace(/^\./, '')}`);
    if (suffix.startsWith('.')) return text.endsWith(suffix);
    return text.endsWith(`@${suffix}`);
  };
  return (allowed.length === 0 || allowed.some(inside)) && !refused.some(inside);
}
