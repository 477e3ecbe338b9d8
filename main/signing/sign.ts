// One signature from request to bytes: prepare, let the signer sign, check, embed. It touches no file and shows no PIN.
import type { ByteSource } from '../../preload/contract/byte-source';
import { parseSignerCertificate, type SignerCertificate } from './certificate';
import {
  checkAlgorithm,
  checkedSignature,
  cmsRoom,
  digestOf,
  type Signer,
  signedAttributes,
  signedData,
} from './cms';
import { embedContents, type PreparedSignature, prepareSignature, type SigningResources } from './prepare';
import type { SignatureRequest } from './request';

/** A request as the caller states it: what the signer determines is filled in here. */
export type SigningOrder = Pick<
  SignatureRequest,
  'what' | 'time' | 'fieldName' | 'reason' | 'password' | 'blanks'
> & {
  /** Bytes kept free in /Contents for a timestamp that comes later. */
  readonly reserve?: number;
};

/** A document made ready, with what its signer must sign. */
export interface ReadyToSign {
  readonly prepared: PreparedSignature;
  /** DER that goes to the signer; its SHA-256 (or SHA-384) is what a token sees. */
  readonly attributes: Uint8Array;
}

/** A signer with its certificate parsed once, for all documents of a batch. */
export interface KnownSigner {
  readonly signer: Signer;
  readonly certificate: SignerCertificate;
}

/** Parses a signer's certificate. Throws Failure `signing-certificate-unusable`. */
export function knownSigner(signer: Signer): KnownSigner {
  const certificate = parseSignerCertificate(signer.certificate);
  checkAlgorithm(signer.algorithm, certificate);
  return { signer, certificate };
}

/** Prepares one document for a signer; nothing is signed yet. Throws as prepareSignature. */
export function readyToSign(
  source: ByteSource,
  order: SigningOrder,
  { signer, certificate }: KnownSigner,
  resources: SigningResources,
): ReadyToSign {
  const prepared = prepareSignature(
    source,
    {
      what: order.what,
      time: order.time,
      signerName: certificate.commonName,
      digest: digestOf(signer.algorithm),
      certificate: certificate.der,
      chain: signer.chain,
      room: cmsRoom([signer.certificate, ...signer.chain], order.reserve),
      ...(order.fieldName === undefined ? {} : { fieldName: order.fieldName }),
      ...(order.password === undefined ? {} : { password: order.password }),
      ...(order.reason === undefined ? {} : { reason: order.reason }),
      ...(order.blanks === undefined ? {} : { blanks: order.blanks }),
    },
    resources,
  );
  return { prepared, attributes: signedAttributes(prepared.digest, certificate) };
}

/** Signs and returns the bytes to append. Throws what the signer throws, and Failure `signing-signature-wrong`. */
export async function completeSignature(ready: ReadyToSign, known: KnownSigner): Promise<Uint8Array> {
  const { signer, certificate } = known;
  const answer = await signer.sign(ready.attributes);
  const signature = checkedSignature(signer.algorithm, ready.attributes, answer, certificate);
  const cms = signedData(signer.algorithm, ready.attributes, signature, certificate, signer.chain);
  return embedContents(ready.prepared, cms);
}
