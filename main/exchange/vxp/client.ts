// The client of the national document axis (trục liên thông văn bản quốc gia): each method is one attempt over the
// given transport. It keeps no state between calls, never tries twice and judges no document.
import { createHash } from 'node:crypto';
import { isFailure } from '../../../preload/contract/failure';
import { Base64Decoder } from '../base64-decoder';
import { EnvelopeScanner, parseObject } from '../envelope-scanner';
import type { CallOptions, FetchedPackage, Hub, HubAnswer, HubFailure, PackageSink } from '../hub';
import { PackageChanged, packageBody } from '../package-body';
import { type PackageInspector, refusalOfGate } from '../send-gate';
import {
  AnswerCut,
  type AnswerHead,
  defaultLimits,
  type Transport,
  type TransportBody,
  type TransportLimits,
} from '../transport';
import {
  agencyItems,
  countOf,
  defaultSignedOutCodes,
  documentIdOf,
  receivedItems,
  refusalOf,
  sentItems,
  unitItems,
} from './answers';
import {
  agenciesRequest,
  countRequest,
  deleteAgencyRequest,
  downloadRequest,
  getEdocRequest,
  receivedListRequest,
  registerAgencyRequest,
  sendEdocRequest,
  sentListRequest,
  unitsRequest,
  updateStatusRequest,
  type VxpPlace,
  type VxpRequest,
} from './requests';
import { hashFile, type VxpIdentity } from './sign';

export interface VxpSettings {
  /** Address before the operation's name, e.g. `https://host/XrdAdapter/RestService/forward/mocdoc`. */
  readonly endpoint: URL;
  readonly identity: VxpIdentity;
  readonly transport: Transport;
  readonly inspect: PackageInspector;
  readonly now: () => Date;
  readonly limits?: TransportLimits;
  /** Both ways; no source states a limit, gateways usually have one. */
  readonly maxPackageBytes?: number;
  /** `downloadEdoc` (2.0.1) sends the package without JSON around it; not every hub has it. */
  readonly fetchBy?: 'getEdoc' | 'downloadEdoc';
  readonly signedOutCodes?: readonly string[];
}

const defaultMaxPackageBytes = 2 * 1024 ** 3;
/** What may stand around the package in an answer of getEdoc. */
const envelopeBytes = 1024 * 1024;

type Json = Readonly<Record<string, unknown>>;
type Body = AsyncIterable<Uint8Array>;

const emptyBody: TransportBody = { size: 0, pieces: () => [] };

function textBody(text: string): TransportBody {
  const bytes = Buffer.from(text, 'utf8');
  return { size: bytes.length, pieces: () => [bytes] };
}

const emptyObject = textBody('{}');

/** A hub over the axis' wire format. */
export function createVxpHub(settings: VxpSettings): Hub {
  const limits = settings.limits ?? defaultLimits;
  const maxPackageBytes = settings.maxPackageBytes ?? defaultMaxPackageBytes;
  const signedOutCodes = settings.signedOutCodes ?? defaultSignedOutCodes;
  const place = (): VxpPlace => ({
    endpoint: settings.endpoint,
    identity: settings.identity,
    now: settings.now(),
  });

  /** One request; `read` gets the answer's body and throws AnswerCut for what it cannot understand. */
  async function attempt<T>(
    build: () => VxpRequest,
    body: TransportBody | null,
    read: (head: AnswerHead, body: Body) => Promise<HubAnswer<T>>,
    options: CallOptions | undefined,
    attemptLimits: TransportLimits = limits,
  ): Promise<HubAnswer<T>> {
    let request: VxpRequest;
    try {
      request = build();
    } catch (error) {
      if (isFailure(error)) return { kind: 'blocked', code: error.code, detail: error.detail };
      throw error;
    }
    try {
      const outcome = await settings.transport.request<HubAnswer<T>>(
        {
          ...request,
          body,
          limits: attemptLimits,
          ...(options?.signal === undefined ? {} : { signal: options.signal }),
        },
        (head, answer) => judged(head, () => read(head, answer)),
      );
      if (outcome.kind === 'answered') return outcome.value;
      const { reason, detail } = outcome;
      return outcome.kind === 'not-sent'
        ? { kind: 'not-sent', reason: outcome.reason, detail, retryAfterSeconds: null }
        : { kind: 'unknown', reason: reason as AnswerCut['reason'], detail, retryAfterSeconds: null };
    } catch (error) {
      if (error instanceof PackageChanged) {
        return { kind: 'blocked', code: 'package-changed', detail: error.message };
      }
      if (isFailure(error) && error.code === 'hub-endpoint-unsafe') {
        return { kind: 'blocked', code: error.code, detail: error.detail };
      }
      throw error;
    }
  }

  /** A call whose answer is small JSON. */
  function jsonCall<T>(
    build: () => VxpRequest,
    body: TransportBody | null,
    take: (answer: Json) => T,
    options: CallOptions | undefined,
  ): Promise<HubAnswer<T>> {
    return attempt<T>(
      build,
      body,
      async (head, answer) => {
        const envelope = parseObject(await wholeText(answer));
        return refusedBy(head, envelope) ?? { kind: 'ok', value: take(envelope) };
      },
      options,
    );
  }

  function refusedBy(head: AnswerHead, envelope: Json): HubFailure | null {
    const refusal = refusalOf(envelope, signedOutCodes);
    if (refusal === null && head.status >= 400) {
      throw new AnswerCut('garbled', `the hub said OK with HTTP ${head.status}`);
    }
    return refusal;
  }

  async function readPackage(head: AnswerHead, answer: Body, sink: PackageSink) {
    const store = new CountingSink(sink, maxPackageBytes);
    const decoder = new Base64Decoder();
    const scanner = new EnvelopeScanner('data', (piece) => store.write(decoder.push(piece)), envelopeBytes);
    for await (const chunk of answer) await scanner.push(chunk);
    const refusal = refusedBy(head, scanner.end());
    if (refusal !== null) return refusal;
    if (!scanner.found) throw new AnswerCut('garbled', 'the hub said OK without data');
    await store.write(decoder.end());
    return { kind: 'ok', value: store.finish() } as const;
  }

  /** An error comes as JSON in place of the package, and no package begins with a brace. */
  async function readDownload(head: AnswerHead, answer: Body, sink: PackageSink) {
    const store = new CountingSink(sink, maxPackageBytes);
    const words: Uint8Array[] = [];
    let wordBytes = 0;
    let begun = false;
    let isJson = head.status >= 400;
    for await (const chunk of answer) {
      if (!begun && chunk.length > 0) {
        begun = true;
        isJson ||= /^[\uFEFF\s]*\{/.test(Buffer.from(chunk).toString('utf8', 0, 16));
      }
      if (!isJson) await store.write(chunk);
      else {
        words.push(chunk);
        wordBytes += chunk.length;
        if (wordBytes > envelopeBytes) throw new AnswerCut('too-large', 'the refusal is too large');
      }
    }
    if (!isJson) return { kind: 'ok', value: store.finish() } as const;
    const refusal = refusedBy(head, parseObject(Buffer.concat(words).toString('utf8')));
    if (refusal === null) throw new AnswerCut('garbled', 'JSON in place of the package');
    return refusal;
  }

  /** 4/3 for Base64, and room for line ends and escapes. */
  const fetchLimits: TransportLimits = {
    ...limits,
    answerBytes: Math.ceil(maxPackageBytes * 1.5) + envelopeBytes,
  };

  return {
    list: (kind, options) =>
      jsonCall(() => receivedListRequest(place(), kind), emptyBody, receivedItems, options),
    sent: (kind, options) => jsonCall(() => sentListRequest(place(), kind), emptyBody, sentItems, options),
    agencies: (options) => jsonCall(() => agenciesRequest(place()), emptyBody, agencyItems, options),
    units: (options) => jsonCall(() => unitsRequest(place()), emptyBody, unitItems, options),
    count: (kind, options) => jsonCall(() => countRequest(place(), kind), null, countOf, options),
    acknowledge: (docId, status, options) =>
      jsonCall(
        () => updateStatusRequest(place(), docId, status),
        emptyObject,
        () => null,
        options,
      ),
    registerAgency: (entry, options) => {
      const { id, pid, code, name, mail } = entry;
      const body = textBody(JSON.stringify({ id, pid, code, name, mail }));
      return jsonCall(
        () => registerAgencyRequest(place(), body.size),
        body,
        () => null,
        options,
      );
    },
    removeAgency: (code, options) =>
      jsonCall(
        () => deleteAgencyRequest(place(), code),
        emptyObject,
        () => null,
        options,
      ),
    fetch: (docId, sink, options) =>
      settings.fetchBy === 'downloadEdoc'
        ? attempt<FetchedPackage>(
            () => downloadRequest(place(), docId),
            null,
            (head, answer) => readDownload(head, answer, sink),
            options,
            fetchLimits,
          )
        : attempt<FetchedPackage>(
            () => getEdocRequest(place(), docId),
            emptyObject,
            (head, answer) => readPackage(head, answer, sink),
            options,
            fetchLimits,
          ),
    async send(request, options) {
      const refusal = await refusalOfGate(request, settings.inspect, maxPackageBytes);
      if (refusal !== null) return refusal;
      const body = packageBody(request.source, request.sha256);
      return attempt(
        () =>
          sendEdocRequest(place(), {
            kind: request.kind,
            hash: hashFile(request.sha256),
            from: request.from,
            to: request.to,
            contentLength: body.size,
          }),
        body,
        async (head, answer) => {
          const envelope = parseObject(await wholeText(answer));
          return refusedBy(head, envelope) ?? { kind: 'ok', value: { docId: documentIdOf(envelope) } };
        },
        options,
      );
    },
  };
}

/** Counts and hashes what passes to the sink. */
class CountingSink {
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

async function wholeText(body: Body): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function retryAfter(head: AnswerHead): number | null {
  const seconds = Number(head.headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null;
}

/**
 * The hub's own JSON counts whatever the HTTP status is; the status speaks only where no such JSON came. 401, 403, 407,
 * 413 and 429 are given before a request is acted on, a 5xx may come after it.
 */
async function judged<T>(head: AnswerHead, read: () => Promise<HubAnswer<T>>): Promise<HubAnswer<T>> {
  const { status } = head;
  const words = { errorCode: `HTTP ${status}`, errorDesc: '' };
  if (status >= 300 && status < 400) {
    return { kind: 'unknown', reason: 'redirected', detail: `HTTP ${status}`, retryAfterSeconds: null };
  }
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AnswerCut) || status < 400) throw error;
    if (status === 401 || status === 403 || status === 407) return { kind: 'signed-out', ...words };
    if (status === 413) return { kind: 'refused', ...words };
    const retryAfterSeconds = retryAfter(head);
    if (status === 429)
      return { kind: 'not-sent', reason: 'busy', detail: `HTTP ${status}`, retryAfterSeconds };
    if (status >= 500) {
      return { kind: 'unknown', reason: 'server-error', detail: `HTTP ${status}`, retryAfterSeconds };
    }
    throw error;
  }
}
