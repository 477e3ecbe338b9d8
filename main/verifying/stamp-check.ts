// Checks a time stamp token by itself (RFC 3161 2.4.2): its signature, its signer's purpose, and that its authority is not a
// stranger's. What it stamps, and for whom, is checked by whoever asked for it.
import { Failure } from '../../preload/contract/failure';
import { oids, readCertificates, readSignedData } from './cms';
import { allowsPurpose, findPath } from './path';
import { checkSigner } from './signer-check';
import type { TrustMaterial } from './trust-file';

/**
 * A check that answers with the TSTInfo inside a token, as DER. It throws Failure `signing-timestamp-wrong` for a token that
 * does not hold and, where anchors are given, `timestamp-untrusted` for an authority that they refuse.
 */
export function stampCheck(
  trust: Pick<TrustMaterial, 'anchors' | 'intermediates'>,
): (token: Uint8Array) => Uint8Array {
  const anchors = readCertificates(trust.anchors);
  const intermediates = readCertificates(trust.intermediates);
  return (token) => {
    const data = readSignedData(token);
    const { content } = data;
    if (data.contentType !== oids.timeStampInfo || content === undefined) {
      throw new Failure('signing-timestamp-wrong', 'no time stamp token');
    }
    const { intact, certificate, codes } = checkSigner(
      data,
      (update) => update(content),
      oids.timeStampInfo,
      intermediates,
    );
    if (!intact || certificate === undefined) throw new Failure('signing-timestamp-wrong', codes.join(' '));
    if (!allowsPurpose(certificate, 'timestamp')) {
      throw new Failure('signing-timestamp-wrong', 'its certificate is not for time stamps');
    }
    if (anchors.length > 0) {
      const sources = { anchors, intermediates: [...intermediates, ...data.certificates] };
      const path = findPath(certificate, 'timestamp', sources, new Date());
      // An issuer that is missing can still be fetched; one that is somebody else's root cannot be helped.
      if (path.chain === 'untrusted') throw new Failure('timestamp-untrusted', path.codes.join(' '));
    }
    return content;
  };
}
