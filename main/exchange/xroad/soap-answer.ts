// An answer over HTTP as SOAP and its attachments: plain, SOAP with Attachments, or MTOM. The SOAP part comes first and is
// judged before a byte of an attachment is handed on. It knows no operation.
import { Base64Decoder } from '../base64-decoder';
import type { HubFailure } from '../hub';
import { AnswerCut, type AnswerHead } from '../transport';
import type { Body } from '../vxp/attempt';
import { xroadFailure } from './failures';
import { boundaryOf, mimeEvents } from './mime-reader';
import { childOf, readSoap, textOf, type XmlNode } from './soap-read';

const longestEnvelope = 64 * 1024 * 1024;

export interface Expected {
  readonly id: string;
  readonly serviceCode: string;
}

/** Where the bytes of an attachment go. */
export type AttachmentSink = (bytes: Uint8Array) => Promise<void>;

/** The fault, the provider's own "fault" element (PR-MESS 2.5.2), or the wrapper. Throws AnswerCut `garbled`. */
export function judge(text: string, expected: Expected): HubFailure | XmlNode {
  const answer = readSoap(text);
  if (answer.kind === 'fault') return xroadFailure(answer.code, answer.words, answer.detail);
  if (answer.id !== expected.id) throw new AnswerCut('garbled', 'the answer to another message');
  if (answer.wrapper.local !== `${expected.serviceCode}Response`) {
    throw new AnswerCut('garbled', 'the answer of another service');
  }
  const fault = childOf(answer.wrapper, 'fault');
  if (fault === undefined) return answer.wrapper;
  return {
    kind: 'refused',
    errorCode: textOf(fault, 'faultCode'),
    errorDesc: textOf(fault, 'faultString'),
  };
}

/** The Content-ID that an element points at: `cid:x` (swaRef) or xop:Include (MTOM); null for anything else. */
export function contentIdOf(node: XmlNode): string | null {
  const include = childOf(node, 'Include');
  const reference = include?.attributes.href ?? node.text;
  if (!reference.startsWith('cid:')) return null;
  try {
    return decodeURIComponent(reference.slice(4));
  } catch {
    // A percent sign that encodes nothing: the name as it stands.
    return reference.slice(4);
  }
}

function decoderOf(encoding: string | undefined) {
  switch ((encoding ?? '8bit').trim().toLowerCase()) {
    case 'binary':
    case '8bit':
    case '7bit':
      return { push: (bytes: Uint8Array) => bytes, end: () => new Uint8Array(0) };
    case 'base64': {
      const decoder = new Base64Decoder();
      return {
        push: (bytes: Uint8Array) => decoder.push(Buffer.from(bytes).toString('latin1')),
        end: () => decoder.end(),
      };
    }
    default:
      throw new AnswerCut('garbled', 'an unknown transfer encoding');
  }
}

/** The text of a SOAP message: UTF-8 unless its content type says otherwise; a byte order mark is no part of it. */
function soapText(bytes: Uint8Array, contentType: string): string {
  const charset = /;\s*charset=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  try {
    return new TextDecoder(charset?.[1] ?? charset?.[2] ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    // A label that nobody knows, or bytes that are not of it.
    throw new AnswerCut('garbled', 'the characters of the SOAP message cannot be read');
  }
}

async function wholeBytes(body: Body): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > longestEnvelope) throw new AnswerCut('too-large', 'the SOAP message is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads one answer. `want` looks at the wrapper and names the attachment it needs, null for none; that one goes to `sink`.
 * Returns the failure in the answer, or the wrapper. Throws AnswerCut.
 */
export async function readSoapAnswer(
  head: AnswerHead,
  body: Body,
  expected: Expected,
  want: (wrapper: XmlNode) => string | null,
  sink: AttachmentSink,
): Promise<HubFailure | XmlNode> {
  const contentType = head.headers['content-type'] ?? '';
  const boundary = boundaryOf(contentType);
  if (boundary === null) {
    const verdict = judge(soapText(await wholeBytes(body), contentType), expected);
    if ('local' in verdict && want(verdict) !== null)
      throw new AnswerCut('garbled', 'the attachment is missing');
    return verdict;
  }
  return readParts(body, boundary, expected, want, sink);
}

async function readParts(
  body: Body,
  boundary: string,
  expected: Expected,
  want: (wrapper: XmlNode) => string | null,
  sink: AttachmentSink,
): Promise<HubFailure | XmlNode> {
  const root: Uint8Array[] = [];
  let rootSize = 0;
  let verdict: HubFailure | XmlNode | null = null;
  let wanted: string | null = null;
  let found = false;
  let decoder: ReturnType<typeof decoderOf> | null = null;
  let rootType = '';
  for await (const event of mimeEvents(body, boundary)) {
    if (verdict === null) {
      if (event.kind === 'part') rootType = event.headers['content-type'] ?? '';
      if (event.kind === 'data') {
        rootSize += event.bytes.length;
        if (rootSize > longestEnvelope) throw new AnswerCut('too-large', 'the SOAP message is too large');
        root.push(Uint8Array.from(event.bytes));
      } else if (event.kind === 'end') {
        verdict = judge(soapText(Buffer.concat(root), rootType), expected);
        wanted = 'local' in verdict ? want(verdict) : null;
      }
      continue;
    }
    if (event.kind === 'part') {
      const id = (event.headers['content-id'] ?? '').replace(/^<|>$/g, '');
      if (wanted === null || id !== wanted) continue;
      if (found) throw new AnswerCut('garbled', 'the attachment comes twice');
      found = true;
      decoder = decoderOf(event.headers['content-transfer-encoding']);
    } else if (decoder !== null && event.kind === 'data') {
      await sink(decoder.push(event.bytes));
    } else if (decoder !== null) {
      await sink(decoder.end());
      decoder = null;
    }
  }
  if (verdict === null) throw new AnswerCut('garbled', 'no SOAP part');
  if (wanted !== null && !found) throw new AnswerCut('garbled', 'the attachment is missing');
  return verdict;
}
