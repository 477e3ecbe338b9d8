// Takes apart trust material as administrators have it: certificates and revocation lists in PEM or DER, many in one
// file, certs-only CMS (.p7b). Self-signed certificates become anchors, all others intermediates. It trusts nothing itself.
import { isFailure } from '../../preload/contract/failure';
import { type Certificate, isSelfSigned, readCertificate } from './certificate';
import { readSignedData } from './cms';
import { readRevocationList } from './crl';
import { readNode } from './der';

export interface TrustMaterial {
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
}

const pemPattern = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;

/** The PEM blocks in a file, none when it is not PEM. */
export function pemBlocks(bytes: Uint8Array): PemBlock[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return [...text.matchAll(pemPattern)].map(([, label = '', body = '']) => ({
    label,
    der: Uint8Array.from(Buffer.from(body.replace(/^[A-Za-z-]+:.*$/gm, ''), 'base64')),
  }));
}

/** Reads one file. Nothing usable in it gives empty lists. */
export function readTrustFile(bytes: Uint8Array): TrustMaterial {
  const blocks = pemBlocks(bytes);
  const ders = blocks.length > 0 ? blocks.map((block) => block.der) : splitDer(bytes);
  const certificates: Certificate[] = [];
  const crls: Uint8Array[] = [];
  for (const der of ders) {
    const certificate = tolerate(() => readCertificate(der));
    if (certificate !== undefined) certificates.push(certificate);
    else if (tolerate(() => readRevocationList(der)) !== undefined) crls.push(der);
    else {
      const bundle = tolerate(() => readSignedData(der));
      certificates.push(...(bundle?.certificates ?? []));
      crls.push(...(bundle?.crls ?? []));
    }
  }
  const anchors = certificates.filter(isSelfSigned);
  return {
    anchors: anchors.map((one) => one.der),
    intermediates: certificates.filter((one) => !anchors.includes(one)).map((one) => one.der),
    crls,
  };
}

/** Several DER structures one after the other. */
function splitDer(bytes: Uint8Array): Uint8Array[] {
  const list: Uint8Array[] = [];
  let rest = bytes;
  while (rest.length > 0 && list.length < 10_000) {
    const node = tolerate(() => readNode(rest));
    if (node === undefined) break;
    list.push(Uint8Array.from(node.bytes));
    rest = rest.subarray(node.bytes.length);
  }
  return list;
}

function tolerate<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}

/** Several files as one. */
export function joinTrust(all: readonly TrustMaterial[]): TrustMaterial {
  return {
    anchors: all.flatMap((one) => one.anchors),
    intermediates: all.flatMap((one) => one.intermediates),
    crls: all.flatMap((one) => one.crls),
  };
}
