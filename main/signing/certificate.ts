// Reads from a signer's certificate what a signature needs: issuer, serial, public key, names. It judges no trust.
import { createPublicKey, type KeyObject } from 'node:crypto';
import { Failure } from '../../preload/contract/failure';
import { type DerElement, dottedOf, elementsOf } from './der';

export type KeyKind = 'rsa' | 'P-256' | 'P-384' | 'P-521';

export interface SignerCertificate {
  readonly der: Uint8Array;
  /** DER of the issuer's Name and of the serial number INTEGER, as they stand in the certificate. */
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly commonName: string;
  readonly organization: string | undefined;
  readonly keyKind: KeyKind;
  readonly publicKey: KeyObject;
}

const curves: Readonly<Record<string, KeyKind>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
};

function unusable(detail: string): Failure {
  return new Failure('signing-certificate-unusable', detail);
}

function only(elements: readonly DerElement[], index: number, tag: number): DerElement {
  const element = elements[index];
  if (element === undefined || element.tag !== tag) throw unusable('certificate structure');
  return element;
}

/** The kind of a key by its algorithm alone: a key of another kind must never reach the runtime's parser. */
function keyKindOf(spki: DerElement): KeyKind {
  const algorithm = elementsOf(only(elementsOf(spki.contents), 0, 0x30).contents);
  const oid = dottedOf(only(algorithm, 0, 6).contents);
  if (oid === '1.2.840.113549.1.1.1') return 'rsa';
  const curve = oid === '1.2.840.10045.2.1' ? curves[dottedOf(only(algorithm, 1, 6).contents)] : undefined;
  if (curve === undefined) throw unusable(`public key algorithm ${oid}`);
  return curve;
}

function directoryText(element: DerElement): string {
  // BMPString is UTF-16; all other directory strings in use are UTF-8 or subsets of latin1.
  if (element.tag !== 30)
    return Buffer.from(element.contents).toString(element.tag === 20 ? 'latin1' : 'utf8');
  return Buffer.from(element.contents).swap16().toString('utf16le');
}

function nameParts(name: DerElement): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const set of elementsOf(name.contents)) {
    for (const pair of elementsOf(set.contents)) {
      const [type, value] = elementsOf(pair.contents);
      if (type !== undefined && value !== undefined) parts.set(dottedOf(type.contents), directoryText(value));
    }
  }
  return parts;
}

/** Parses a certificate. Throws Failure `signing-certificate-unusable`. */
export function parseSignerCertificate(bytes: Uint8Array): SignerCertificate {
  const certificate = only(elementsOf(bytes), 0, 0x30);
  const fields = elementsOf(only(elementsOf(certificate.contents), 0, 0x30).contents);
  const offset = fields[0]?.tag === 0xa0 ? 1 : 0;
  const serial = only(fields, offset, 2);
  const issuer = only(fields, offset + 2, 0x30);
  const subject = nameParts(only(fields, offset + 4, 0x30));
  const spki = only(fields, offset + 5, 0x30);
  const keyKind = keyKindOf(spki);
  let publicKey: KeyObject;
  try {
    publicKey = createPublicKey({ key: Buffer.from(spki.whole), format: 'der', type: 'spki' });
  } catch (error) {
    throw new Failure('signing-certificate-unusable', 'public key', { cause: error });
  }
  return {
    der: certificate.whole,
    issuer: issuer.whole,
    serial: serial.whole,
    commonName: subject.get('2.5.4.3') ?? subject.get('2.5.4.10') ?? '',
    organization: subject.get('2.5.4.10'),
    keyKind,
    publicKey,
  };
}

/** Key usages that are set, in the order of RFC 5280, 4.2.1.3; none where the certificate does not say. */
export function keyUsageOf(bytes: Uint8Array): readonly boolean[] {
  const certificate = only(elementsOf(bytes), 0, 0x30);
  const fields = elementsOf(only(elementsOf(certificate.contents), 0, 0x30).contents);
  const extensions = fields.find((one) => one.tag === 0xa3);
  if (extensions === undefined) return [];
  for (const extension of elementsOf(only(elementsOf(extensions.contents), 0, 0x30).contents)) {
    const parts = elementsOf(extension.contents);
    const value = parts.at(-1);
    if (dottedOf(only(parts, 0, 6).contents) !== '2.5.29.15' || value === undefined) continue;
    const [, ...octets] = only(elementsOf(value.contents), 0, 3).contents;
    return octets.flatMap((octet) => Array.from({ length: 8 }, (_, bit) => (octet & (0x80 >> bit)) !== 0));
  }
  return [];
}
