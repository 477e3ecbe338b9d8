// What the author of a signature field asks of its signature: the seed values (ISO 32000-2, 12.7.5.5, tables 236 and 237). A
// requirement is met or named in a refusal before anything is signed; a mere wish is left aside. It changes nothing.
import { X509Certificate } from 'node:crypto';
import { Failure } from '../../preload/contract/failure';
import {
  entryOf,
  isArray,
  isDict,
  isName,
  isString,
  type PdfDict,
  type PdfField,
  type PdfFile,
  type PdfValue,
  textOf,
} from '../pdf';
import { keyUsageOf } from './certificate';
import type { DigestAlgorithm } from './cms';

/** The signature that is about to be made, as far as seed values speak of it. */
export interface PlannedSignature {
  readonly digest: DigestAlgorithm;
  readonly reason: string | undefined;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
}

/** Bits of /Ff: a set one makes its entry a requirement (table 236). */
const required = {
  Filter: 1,
  SubFilter: 2,
  V: 4,
  Reasons: 8,
  AddRevInfo: 32,
  DigestMethod: 64,
  LockDocument: 128,
  AppearanceFilter: 256,
} as const;

/** The same of a certificate seed value dictionary (table 237). */
const requiredOfCertificate = { Subject: 1, Issuer: 2, OID: 4, SubjectDN: 8, KeyUsage: 32 } as const;

/** Seed values of this version are understood. */
const KNOWN_VERSION = 3;

function condition(detail: string): Failure {
  return new Failure('signing-field-condition', detail);
}

class SeedValues {
  private readonly flags: number;

  constructor(
    private readonly file: PdfFile,
    private readonly dict: PdfDict,
  ) {
    const flags = file.get(dict, 'Ff');
    this.flags = typeof flags === 'number' ? flags : 0;
  }

  get(key: string): PdfValue {
    return this.file.get(this.dict, key);
  }

  requires(bit: number): boolean {
    return (this.flags & bit) !== 0;
  }

  list(key: string): readonly PdfValue[] {
    const value = this.get(key);
    return isArray(value) ? value.items.map((item) => this.file.resolve(item)) : [];
  }

  names(key: string): string[] {
    return this.list(key).flatMap((item) =>
      isName(item) ? [item.name] : isString(item) ? [textOf(item.bytes)] : [],
    );
  }

  bytes(key: string): Uint8Array[] {
    return this.list(key).flatMap((item) => (isString(item) ? [item.bytes] : []));
  }
}

/**
 * The reason to write: the one that was given, or where the field requires the only one it allows. Throws Failure
 * `signing-field-certifies`, `signing-field-reason`, `signing-field-certificate` or `signing-field-condition` for what is
 * required and cannot be met.
 */
export function meetSeedValues(
  file: PdfFile,
  field: PdfField,
  planned: PlannedSignature,
): { readonly reason: string | undefined } {
  const dict = file.get(field.dict, 'SV');
  if (!isDict(dict)) return { reason: planned.reason };
  const seed = new SeedValues(file, dict);
  checkKind(file, seed);
  const certificate = seed.get('Cert');
  if (isDict(certificate)) checkCertificate(file, new SeedValues(file, certificate), planned);
  const digests = seed.names('DigestMethod').map((name) => name.toLowerCase().replace('-', ''));
  if (seed.requires(required.DigestMethod) && !digests.includes(planned.digest))
    throw condition(`DigestMethod ${digests.join(' ')}`);
  return { reason: seed.requires(required.Reasons) ? reasonFor(seed, planned.reason) : planned.reason };
}

function checkKind(file: PdfFile, seed: SeedValues): void {
  const filter = seed.get('Filter');
  if (seed.requires(required.Filter) && isName(filter) && filter.name !== 'Adobe.PPKLite')
    throw condition(`Filter ${filter.name}`);
  const kinds = seed.names('SubFilter');
  if (seed.requires(required.SubFilter) && !kinds.includes('ETSI.CAdES.detached'))
    throw condition(`SubFilter ${kinds.join(' ')}`);
  const version = seed.get('V');
  if (seed.requires(required.V) && typeof version === 'number' && version > KNOWN_VERSION)
    throw condition(`V ${version}`);
  // 0 asks for a signature that does not certify: the kind that is made here.
  const mdp = seed.get('MDP');
  const level = isDict(mdp) ? file.get(mdp, 'P') : null;
  if (typeof level === 'number' && level !== 0)
    throw new Failure('signing-field-certifies', `MDP P=${level}`);
  const stamp = seed.get('TimeStamp');
  if (isDict(stamp) && file.get(stamp, 'Ff') === 1) throw condition('TimeStamp');
  // EN 319 142-1, 6.3: evidence is never a signed attribute of a PAdES signature.
  if (seed.requires(required.AddRevInfo) && seed.get('AddRevInfo') === true) throw condition('AddRevInfo');
  const lock = seed.get('LockDocument');
  if (seed.requires(required.LockDocument) && (lock === true || isName(lock, 'true')))
    throw condition('LockDocument');
  if (seed.requires(required.AppearanceFilter) && isString(seed.get('AppearanceFilter')))
    throw condition('AppearanceFilter');
}

function reasonFor(seed: SeedValues, given: string | undefined): string | undefined {
  const reasons = seed.names('Reasons').map((one) => one.normalize('NFC'));
  const [only, second] = reasons;
  // None, or a period alone: no reason may be written.
  if (only === undefined || (only === '.' && second === undefined)) {
    if (given !== undefined) throw new Failure('signing-field-reason', 'no reason');
    return undefined;
  }
  if (given === undefined && second === undefined) return only;
  if (given === undefined || !reasons.includes(given.normalize('NFC')))
    throw new Failure('signing-field-reason', reasons.join(' | '));
  return given;
}

function sameDer(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function checkCertificate(file: PdfFile, seed: SeedValues, planned: PlannedSignature): void {
  const unmet = (detail: string): Failure => new Failure('signing-field-certificate', detail);
  const { Subject, Issuer, OID, SubjectDN, KeyUsage } = requiredOfCertificate;
  const own = planned.certificate;
  if (seed.requires(Subject) && !seed.bytes('Subject').some((one) => sameDer(one, own)))
    throw unmet('Subject');
  if (seed.requires(Issuer) && !seed.bytes('Issuer').some((one) => issued(one, planned)))
    throw unmet('Issuer');
  if (seed.requires(SubjectDN)) {
    const names = seed.list('SubjectDN').filter(isDict);
    if (!names.some((one) => matchesSubject(file, one, own))) throw unmet('SubjectDN');
  }
  if (seed.requires(KeyUsage)) {
    const usage = keyUsageOf(own);
    if (!seed.names('KeyUsage').some((pattern) => matchesUsage(pattern, usage))) throw unmet('KeyUsage');
  }
  // Policies are not compared: what cannot be known to hold is not taken for granted.
  if (seed.requires(OID)) throw unmet('OID');
}

/** True when `authority` (DER) stands in the signer's path or issued a certificate of it. */
function issued(authority: Uint8Array, { certificate, chain }: PlannedSignature): boolean {
  if ([certificate, ...chain].some((one) => sameDer(one, authority))) return true;
  try {
    const issuer = new X509Certificate(authority);
    return [certificate, ...chain].some((one) => {
      const held = new X509Certificate(one);
      return held.checkIssued(issuer) && held.verify(issuer.publicKey);
    });
  } catch (error) {
    // What is no certificate issued nothing.
    void error;
    return false;
  }
}

/** Every attribute of the dictionary (CN, O, ...) stands in the subject with that value. */
function matchesSubject(file: PdfFile, wanted: PdfDict, certificate: Uint8Array): boolean {
  const subject: Readonly<Record<string, unknown>> = {
    ...new X509Certificate(certificate).toLegacyObject().subject,
  };
  return [...wanted.entries.keys()].every((key) => {
    const value = file.resolve(entryOf(wanted, key));
    const found = subject[key.toUpperCase()] ?? subject[key];
    const values = Array.isArray(found) ? found : [found];
    return isString(value) && values.includes(textOf(value.bytes));
  });
}

/** Table 237: one character a usage in the order of RFC 5280, 1 for set, 0 for not set, X for either. */
function matchesUsage(pattern: string, usage: readonly boolean[]): boolean {
  return [...pattern].every((char, index) => {
    const set = usage[index] === true;
    return char === '1' ? set : char === '0' ? !set : true;
  });
}
