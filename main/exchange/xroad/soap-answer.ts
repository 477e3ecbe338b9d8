// An answer over HTTP as SOAP and its attachments: plain, SOAP with Attachments, or MTOM. The SOAP part comes first and is
// judged before a byte of an attachment is handed on. It knows no operation.
import type { HubFailure } from '../hub';
import { AnswerCut, type AnswerHead } from '../transport';
import type { Body } from '../vxp/attempt';
import { xroadFailure } from './failures';
import { boundaryOf, mimeEvents } from './mime-reader';
import { childOf, readSoap, textOf, type XmlNode } from './soap-read';
import { decoderOf, type PartDecoder, plainDecoder } from './transfer-encoding';

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

/**
 * The Content-ID that an element points at, as it is written there: `cid:x` (swaRef) or xop:Include (MTOM); null for
 * anything else.
 */
export function contentIdOf(node: XmlNode): string | null {
  const include = childOf(node, 'Include');
  const reference = (include?.attributes.href ?? node.text).trim();
  return /^cid:/i.test(reference) ? reference.slice(4) : null;
}

/**
 * The ids that a part may have to be the one that `reference` points at: decoded, as RFC 2392 §2 has it, and as it
 * stands, since some writers put the encoded form into both places.
 */
function idsOf(reference: string): readonly string[] {
  try {
    return [reference, decodeURIComponent(reference)].map(withoutBrackets);
  } catch {
    // A percent sign that encodes nothing: the name as it stands.
    return [withoutBrackets(reference)];
  }
}

function withoutBrackets(id: string): string {
  return id.trim().replace(/^<|>$/g, '');
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
 * Reads one answer. `want` looks at the wrapper and names the attachment it needs, as contentIdOf does, null for none;
 * that one goes to `sink`. Returns the failure in the answer, or the wrapper. Throws AnswerCut.
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

/** The SOAP part, decoded as its head says. An encoding that nobody knows is none: what is no XML then shows itself. */
class RootPart {
  private readonly chunks: Uint8Array[] = [];
  private size = 0;
  private contentType = '';
  private decoder: PartDecoder = plainDecoder;

  begin(headers: Readonly<Record<string, string>>): void {
    this.contentType = headers['content-type'] ?? '';
    this.decoder = decoderOf(headers['content-transfer-encoding']) ?? plainDecoder;
  }

  push(bytes: Uint8Array): void {
    this.size += bytes.length;
    if (this.size > longestEnvelope) throw new AnswerCut('too-large', 'the SOAP message is too large');
    this.chunks.push(Uint8Array.from(this.decoder.push(bytes)));
  }

  end(): string {
    this.chunks.push(this.decoder.end());
    return soapText(Buffer.concat(this.chunks), this.contentType);
  }
}

async function readParts(
  body: Body,
  boundary: string,
  expected: Expected,
  want: (wrapper: XmlNode) => string | null,
  sink: AttachmentSink,
): Promise<HubFailure | XmlNode> {
  const root = new RootPart();
  let verdict: HubFailure | XmlNode | null = null;
  let wanted: readonly string[] = [];
  let found = false;
  let decoder: PartDecoder | null = null;
  for await (const event of mimeEvents(body, boundary)) {
    if (verdict === null) {
      if (event.kind === 'part') root.begin(event.headers);
      else if (event.kind === 'data') root.push(event.bytes);
      else {
        verdict = judge(root.end(), expected);
        const reference = 'local' in verdict ? want(verdict) : null;
        wanted = reference === null ? [] : idsOf(reference);
      }
      continue;
    }
    if (event.kind === 'part') {
      if (!wanted.includes(withoutBrackets(event.headers['content-id'] ?? ''))) continue;
      if (found) throw new AnswerCut('garbled', 'the attachment comes twice');
      found = true;
      decoder = decoderOf(event.headers['content-transfer-encoding']);
      if (decoder === null) throw new AnswerCut('garbled', 'an unknown transfer encoding');
    } else if (decoder !== null && event.kind === 'data') {
      await sink(decoder.push(event.bytes));
    } else if (decoder !== null) {
      await sink(decoder.end());
      decoder = null;
    }
  }
  if (verdict === null) throw new AnswerCut('garbled', 'no SOAP part');
  if (wanted.length > 0 && !found) throw new AnswerCut('garbled', 'the attachment is missing');
  return verdict;
}
