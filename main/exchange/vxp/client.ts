// The client of the national document axis (trục liên thông văn bản quốc gia): each method is one attempt over the
// given transport. It keeps no state between calls, never tries twice and judges no document.
import type { CallOptions, Hub, HubAnswer, Listing } from '../hub';
import { packageBody } from '../package-body';
import { type PackageInspector, refusalOfGate } from '../send-gate';
import { defaultLimits, type Transport, type TransportBody, type TransportLimits } from '../transport';
import {
  agencyItems,
  countOf,
  defaultSignedOutCodes,
  documentIdOf,
  receivedItems,
  sentItems,
  unitItems,
} from './answers';
import { attemptCall, type Json, readListing, refusedBy, wholeObject } from './attempt';
import { envelopeBytes, readDownload, readPackage } from './read-package';
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
  /** Only the reference client is known to drop the zero of a byte below 16; a hub that checks may want it. */
  readonly hashFile?: 'unpadded' | 'padded';
}

const defaultMaxPackageBytes = 2 * 1024 ** 3;
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

  /** 4/3 for Base64, and room for line ends and escapes. */
  const fetchLimits: TransportLimits = {
    ...limits,
    answerBytes: Math.ceil(maxPackageBytes * 1.5) + envelopeBytes,
  };

  /** A call whose answer is small JSON. */
  function jsonCall<T>(
    build: () => VxpRequest,
    body: TransportBody | null,
    take: (answer: Json) => T,
    options: CallOptions | undefined,
  ): Promise<HubAnswer<T>> {
    return attemptCall<T>(settings.transport, {
      build,
      body,
      limits,
      options,
      read: async (head, answer) => {
        const envelope = await wholeObject(answer);
        return refusedBy(head, envelope, signedOutCodes) ?? { kind: 'ok', value: take(envelope) };
      },
    });
  }

  function listCall<T>(
    build: () => VxpRequest,
    take: (answer: Json) => Listing<T>,
    options: CallOptions | undefined,
  ): Promise<HubAnswer<Listing<T>>> {
    return attemptCall<Listing<T>>(settings.transport, {
      build,
      body: emptyBody,
      limits,
      options,
      read: (head, answer) => readListing(head, answer, signedOutCodes, take),
    });
  }

  return {
    list: (kind, options) => listCall(() => receivedListRequest(place(), kind), receivedItems, options),
    sent: (kind, options) => listCall(() => sentListRequest(place(), kind), sentItems, options),
    agencies: (options) => listCall(() => agenciesRequest(place()), agencyItems, options),
    units: (options) => listCall(() => unitsRequest(place()), unitItems, options),
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
    fetch: (docId, sink, options) => {
      const raw = settings.fetchBy === 'downloadEdoc';
      const reading = { sink, maxPackageBytes, signedOutCodes };
      return attemptCall(settings.transport, {
        build: () => (raw ? downloadRequest(place(), docId) : getEdocRequest(place(), docId)),
        body: raw ? null : emptyObject,
        limits: fetchLimits,
        options,
        read: (head, answer) => (raw ? readDownload : readPackage)(head, answer, reading),
      });
    },
    async send(request, options) {
      const refusal = await refusalOfGate(request, settings.inspect, maxPackageBytes);
      if (refusal !== null) return refusal;
      const body = packageBody(request.source, request.sha256);
      return jsonCall(
        () =>
          sendEdocRequest(place(), {
            kind: request.kind,
            hash: settings.hashFile === 'padded' ? request.sha256 : hashFile(request.sha256),
            from: request.from,
            to: request.to,
            contentLength: body.size,
          }),
        body,
        (answer) => ({ docId: documentIdOf(answer) }),
        options,
      );
    },
  };
}
