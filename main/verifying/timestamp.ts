// Reads and checks time stamp tokens (RFC 3161) over given bytes. Whether the authority is trusted is decided elsewhere.
import type { Code } from '../../preload/contract/codes';
import { Failure } from '../../preload/contract/failure';
import { digestOfOid, readAlgorithm } from './algorithms';
import type { Certificate } from './certificate';
import { oids, readSignedData, type SignedData } from './cms';
import { octets, Parts, readWhole, sameBytes, tags, timeOf } from './der';
import { digestOf, type Feed } from './public-key';
import { checkSigner } from './signer-check';

export interface TimeStamp {
  readonly time: Date;
  /** True when the token is sound and its imprint is that of the given bytes. */
  readonly intact: boolean;
  readonly authority: Certificate | undefined;
  readonly data: SignedData;
  /** In the words of time stamps (`timestamp-*`) and of algorithms. */
  readonly codes: readonly Code[];
  /** In the words of signatures, for a document time stamp, which stands in the list of signatures itself. */
  readonly signatureCodes: readonly Code[];
}

/** Reads a token and checks it over `feed`. Throws Failure `asn1-damaged` when it is no token at all. */
export function readTimeStamp(
  token: Uint8Array,
  feed: Feed,
  certificates: readonly Certificate[],
): TimeStamp {
  const data = readSignedData(token);
  const { content } = data;
  if (data.contentType !== oids.timeStampInfo || content === undefined) {
    throw new Failure('asn1-damaged', 'not a time stamp token');
  }
  const info = new Parts(readWhole(content));
  info.take(tags.integer);
  info.take(tags.oid);
  const imprint = new Parts(info.take(tags.sequence));
  const digest = digestOfOid(readAlgorithm(imprint.take(tags.sequence)).oid);
  const expected = octets(imprint.take(tags.octetString));
  info.take(tags.integer);
  const time = timeOf(info.takeAny());
  const answer = checkSigner(data, (update) => update(content), oids.timeStampInfo, certificates);
  const codes: Code[] = answer.codes.filter((code) => code.startsWith('algorithm-'));
  const signatureCodes: Code[] = [...answer.codes];
  let intact = answer.intact;
  if (!intact) codes.push('timestamp-damaged');
  const actual = digest === undefined ? undefined : digestOf(digest, feed);
  if (actual === undefined) {
    intact = false;
    codes.push('algorithm-unsupported');
    signatureCodes.push('algorithm-unsupported');
  } else if (!sameBytes(actual, expected)) {
    intact = false;
    codes.push('timestamp-mismatch');
    signatureCodes.push('signature-content-changed');
  } else if (digest?.strength === 'weak') {
    codes.push('algorithm-weak');
    signatureCodes.push('algorithm-weak');
  }
  return {
    time,
    intact,
    authority: answer.certificate,
    data,
    codes,
    signatureCodes: [...new Set(signatureCodes)],
  };
}
