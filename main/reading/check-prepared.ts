// Looks over what the reading host prepared for signing, by hashing alone: the digest must be that of the very bytes in the
// store plus the increment, and the attributes those of this digest and this certificate. A host that a crafted file took
// over can then make a signature fail, but not make the token sign other bytes. It parses no PDF.
import { createHash } from 'node:crypto';
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import { parseSignerCertificate } from '../signing';
import { signedAttributes } from '../signing/cms';
import type { JobAnswer } from './protocol';

const step = 1 << 20;

function refuse(what: string): never {
  throw new Failure('reader-crashed', `prepared signature: ${what}`);
}

/** Throws Failure `reader-crashed` when the digest is not that of `source` and the increment around an empty gap. */
export async function checkDigest(
  prepared: JobAnswer<'prepare-signature'>['prepared'],
  source: ByteSource,
): Promise<Buffer> {
  const { increment, contentsGap, byteRange, sourceSize } = prepared;
  const total = source.size + increment.length;
  const gapEnd = contentsGap.offset + contentsGap.length;
  const expected = [0, contentsGap.offset, gapEnd, total - gapEnd];
  if (sourceSize !== source.size || contentsGap.offset < source.size || gapEnd > total) refuse('gap');
  if (!expected.every((value, at) => byteRange[at] === value)) refuse('byte range');
  const gap = increment.subarray(contentsGap.offset - source.size, gapEnd - source.size);
  if (!/^<0+>$/.test(Buffer.from(gap).toString('latin1'))) refuse('contents');

  const hash = createHash(prepared.digestAlgorithm);
  for (let offset = 0; offset < source.size; offset += step) {
    hash.update(source.read(offset, Math.min(step, source.size - offset)));
    // Half a gigabyte takes a second: windows and timers go on in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  hash.update(increment.subarray(0, contentsGap.offset - source.size));
  const digest = hash.update(increment.subarray(gapEnd - source.size)).digest();
  if (!digest.equals(prepared.digest)) refuse('digest');
  return digest;
}

/** Throws Failure `reader-crashed` when the answer is not about `source` and `certificate`. */
export async function checkPrepared(
  { prepared, attributes }: JobAnswer<'prepare-signature'>,
  source: ByteSource,
  certificate: Uint8Array,
): Promise<void> {
  const digest = await checkDigest(prepared, source);
  const own = signedAttributes(digest, parseSignerCertificate(certificate));
  if (!Buffer.from(own).equals(attributes)) refuse('attributes');
}
