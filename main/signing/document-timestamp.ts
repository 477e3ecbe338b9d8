// Prepares a document time stamp (EN 319 142-1, 5.4.3; ISO 32000-2, 12.8.5): an invisible field over the whole file, whose
// token comes later. It shows nothing on the page and calls nobody.
import { createHash } from 'node:crypto';
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import { addAnnotation, addField, Increment, openPdf, refSyntax, textSyntax } from '../pdf';
import { readSigningFacts, type SigningFacts } from './fields';
import { digestAround, type PreparedSignature } from './prepare';

const OFFSET_DIGITS = 12;
const FIELD_NAME = 'DauThoiGian';

export interface DocumentTimestampOrder {
  /** Bytes to reserve for the token. */
  readonly room: number;
  readonly password?: string;
}

function freeName(facts: SigningFacts): string {
  const taken = new Set([...facts.names].map((name) => name.split('.')[0]));
  let number = 1;
  while (taken.has(`${FIELD_NAME}${number}`)) number += 1;
  return `${FIELD_NAME}${number}`;
}

/**
 * Prepares one document time stamp over all of `source`; embedContents puts the token for its digest in. Throws Failures
 * of the rooms pdf and signing.
 */
export function prepareDocumentTimestamp(
  source: ByteSource,
  order: DocumentTimestampOrder,
): PreparedSignature {
  const file = openPdf(source, order.password === undefined ? {} : { password: order.password });
  const facts = readSigningFacts(file);
  const [page] = file.pages(() => undefined);
  if (page === undefined) throw new Failure('pdf-no-pages');
  const increment = new Increment(file);
  const [stamp, field] = [increment.allocate(), increment.allocate()];
  const fieldName = freeName(facts);
  const head = '<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161\n/ByteRange ';
  const blank = ' '.repeat(OFFSET_DIGITS * 3 + 6);
  const middle = '\n/Contents ';
  // As bytes: /Contents is never encrypted.
  const contents = Buffer.from(`<${'0'.repeat(order.room * 2)}>`, 'latin1');
  increment.put(stamp, head + blank + middle, contents, ' >>');
  increment.put(
    field,
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T ${textSyntax(fieldName)} /V ${refSyntax(stamp)} ` +
      `/P ${refSyntax(page.ref)} /Rect [0 0 0 0] /F 132 >>`,
  );
  addAnnotation(file, increment, page, field);
  addField(file, increment, field);
  const changeId = createHash('sha256').update(`${source.size} ${fieldName}`).digest().subarray(0, 16);
  const finished = increment.finish(changeId);
  const bodyAt = finished.bodyOffset(stamp);
  const gapStart = bodyAt + head.length + blank.length + middle.length;
  const gapEnd = gapStart + contents.length;
  const total = source.size + finished.bytes.length;
  const byteRange: [number, number, number, number] = [0, gapStart, gapEnd, total - gapEnd];
  const place = bodyAt + head.length - source.size;
  const { buffer, byteOffset, length } = finished.bytes;
  Buffer.from(buffer, byteOffset, length).write(`[${byteRange.join(' ')}]`, place, 'latin1');
  return {
    increment: finished.bytes,
    contentsGap: { offset: gapStart, length: gapEnd - gapStart },
    byteRange,
    digest: digestAround(source, finished.bytes, gapStart, gapEnd, 'sha256'),
    digestAlgorithm: 'sha256',
    sourceSize: source.size,
    fieldName,
    shown: undefined,
    signedBefore: facts.signed.map((one) => one.name),
    warnings: [],
  };
}
