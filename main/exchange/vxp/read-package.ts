// Reads a package out of the answer of getEdoc (Base64 inside JSON) or downloadEdoc (the bytes themselves) into a sink,
// piece by piece. It sends nothing.
import { createHash } from 'node:crypto';
import { Base64Decoder } from '../base64-decoder';
import { EnvelopeScanner, parseObject } from '../envelope-scanner';
import type { FetchedPackage, HubAnswer, HubFailure, PackageSink } from '../hub';
import { AnswerCut, type AnswerHead } from '../transport';
import { type Body, type Json, refusedBy } from './attempt';

/** What may stand around the package in an answer. */
export const envelopeBytes = 1024 * 1024;

export interface PackageReading {
  readonly sink: PackageSink;
  readonly maxPackageBytes: number;
  readonly signedOutCodes: readonly string[];
}

/** getEdoc. */
export async function readPackage(
  head: AnswerHead,
  answer: Body,
  reading: PackageReading,
): Promise<HubAnswer<FetchedPackage>> {
  const store = new CountingSink(reading.sink, reading.maxPackageBytes);
  const decoder = new Base64Decoder();
  const scanner = new EnvelopeScanner('data', (piece) => store.write(decoder.push(piece)), envelopeBytes);
  for await (const chunk of answer) await scanner.push(chunk);
  const refusal = refusedBy(head, scanner.end(), reading.signedOutCodes);
  if (refusal !== null) return refusal;
  if (!scanner.found) throw new AnswerCut('garbled', 'the hub said OK without data');
  await store.write(decoder.end());
  return { kind: 'ok', value: store.finish() };
}

/** By so many bytes an answer shows what it is. */
const beginning = 2048;

/** The same bytes, the beginning in one piece however small the pieces came: gateways flush a blank or a brace alone. */
async function* withWholeBeginning(answer: Body): AsyncGenerator<Uint8Array> {
  const first: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    if (bytes >= beginning) {
      yield chunk;
      continue;
    }
    first.push(chunk);
    bytes += chunk.length;
    if (bytes >= beginning) yield first.length === 1 ? chunk : Buffer.concat(first);
  }
  if (bytes > 0 && bytes < beginning) yield Buffer.concat(first);
}

function beginsAsJson(start: Uint8Array): boolean {
  return /^[\uFEFF\s]*\{/.test(Buffer.from(start.subarray(0, beginning)).toString('utf8'));
}

/** A page for people in place of a package, as proxies and closed gateways give it with HTTP 200. */
function isWebPage(start: Uint8Array): boolean {
  return /^[^<]*<(?:!doctype\s+html|html)/i.test(
    Buffer.from(start.subarray(0, beginning)).toString('latin1'),
  );
}

/** downloadEdoc. An error comes as JSON in place of the package, and no package begins with a brace. */
export async function readDownload(
  head: AnswerHead,
  answer: Body,
  reading: PackageReading,
): Promise<HubAnswer<FetchedPackage>> {
  const store = new CountingSink(reading.sink, reading.maxPackageBytes);
  const words: Uint8Array[] = [];
  let wordBytes = 0;
  let begun = false;
  let isJson = head.status >= 400;
  for await (const chunk of withWholeBeginning(answer)) {
    if (!begun) {
      begun = true;
      isJson ||= beginsAsJson(chunk);
      if (!isJson && isWebPage(chunk)) throw new AnswerCut('garbled', 'a web page in place of the package');
    }
    if (!isJson) await store.write(chunk);
    else {
      words.push(chunk);
      wordBytes += chunk.length;
      if (wordBytes > envelopeBytes) throw new AnswerCut('too-large', 'the refusal is too large');
    }
  }
  if (!isJson) return { kind: 'ok', value: store.finish() };
  const refusal = refusedBy(head, parseObject(Buffer.concat(words).toString('utf8')), reading.signedOutCodes);
  if (refusal === null) throw new AnswerCut('garbled', 'JSON in place of the package');
  return refusal;
}

export interface AnyPackageReading {
  readonly sink: PackageSink;
  readonly maxPackageBytes: number;
  /** The refusal in a JSON answer, null when it says OK. Throws AnswerCut. */
  readonly refusalIn: (answer: Json) => HubFailure | null;
}

/** A gateway's answer: JSON with Base64 in `data`, or the package itself. */
export async function readAnyPackage(
  head: AnswerHead,
  answer: Body,
  reading: AnyPackageReading,
): Promise<HubAnswer<FetchedPackage>> {
  const store = new CountingSink(reading.sink, reading.maxPackageBytes);
  const decoder = new Base64Decoder();
  const scanner = new EnvelopeScanner('data', (piece) => store.write(decoder.push(piece)), envelopeBytes);
  let isJson: boolean | null = head.status >= 400 ? true : null;
  for await (const chunk of withWholeBeginning(answer)) {
    if (isJson === null) {
      isJson = beginsAsJson(chunk);
      if (!isJson && isWebPage(chunk)) throw new AnswerCut('garbled', 'a web page in place of the package');
    }
    if (isJson === true) await scanner.push(chunk);
    else await store.write(chunk);
  }
  if (isJson !== true) return { kind: 'ok', value: store.finish() };
  const refusal = reading.refusalIn(scanner.end());
  if (refusal !== null) return refusal;
  if (!scanner.found) throw new AnswerCut('garbled', 'the gateway said OK without data');
  await store.write(decoder.end());
  return { kind: 'ok', value: store.finish() };
}

/** Counts and hashes what passes to the sink. */
export class CountingSink {
  private readonly hash = createHash('sha256');
  private size = 0;

  constructor(
    private readonly sink: PackageSink,
    private readonly limit: number,
  ) {}

  async write(chunk: Uint8Array): Promise<void> {
    if (chunk.length === 0) return;
    this.size += chunk.length;
    if (this.size > this.limit)
      throw new AnswerCut('too-large', `the package is larger than ${this.limit} bytes`);
    this.hash.update(chunk);
    await this.sink.write(chunk);
  }

  /** Throws AnswerCut `garbled` for an empty package. */
  finish(): FetchedPackage {
    if (this.size === 0) throw new AnswerCut('garbled', 'the package is empty');
    return { sha256: this.hash.digest('hex'), size: this.size };
  }
}
