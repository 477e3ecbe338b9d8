// Walks the operators of a content stream (ISO 32000-2, 7.8.2) in order, with their operands. It paints nothing and follows no
// reference; what stands inside an inline image is left out.
import { limits } from './limits';
import { damaged, isWhite, SyntaxReader } from './syntax';
import type { PdfValue } from './values';

/** One operator with the operands before it. */
export interface ContentStep {
  readonly operator: string;
  readonly operands: readonly PdfValue[];
}

const mostOperands = 1000;
const delimiters = new Set([...'()<>[]{}/%'].map((char) => char.charCodeAt(0)));

/** The operators of one stream. Throws Failure `pdf-object-damaged` where the syntax is none. */
export function* contentSteps(bytes: Uint8Array): Generator<ContentStep> {
  const reader = new SyntaxReader(bytes, 0, true);
  let operands: PdfValue[] = [];
  for (let steps = 0; ; steps += 1) {
    reader.skipWhite();
    const byte = reader.peek();
    if (byte === -1) return;
    if (steps > limits.treeNodes || operands.length > mostOperands) throw damaged('content too long');
    const isLetter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 39 || byte === 34;
    const isWord = isLetter && !['true', 'false', 'null'].includes(wordAt(bytes, reader.position));
    if (!isWord) {
      operands.push(reader.readValue());
      continue;
    }
    const operator = wordAt(bytes, reader.position);
    reader.position += operator.length;
    yield { operator, operands };
    operands = [];
    if (operator === 'BI') reader.position = afterInlineImage(bytes, reader.position);
  }
}

function wordAt(bytes: Uint8Array, start: number): string {
  let end = start;
  for (let byte = bytes[end]; byte !== undefined; byte = bytes[end]) {
    if (isWhite(byte) || delimiters.has(byte)) break;
    end += 1;
  }
  return Buffer.from(bytes.subarray(start, end)).toString('latin1');
}

function afterInlineImage(bytes: Uint8Array, start: number): number {
  const end = Buffer.from(bytes).indexOf('EI', start, 'latin1');
  if (end < 0) throw damaged('inline image without end');
  return end + 2;
}
