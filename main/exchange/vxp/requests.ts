// Every operation of the axis as method, address and header lines, byte for byte as the SDK writes them. A fresh list
// is built for each call: the SDK keeps its map between calls and leaks parameters. Pure; it sends nothing.
import type { MessageKind } from '../hub';
import { type HeaderLine, type LogicalHeader, signedHeaders, type VxpIdentity, vxpTimestamp } from './sign';

export interface VxpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: readonly HeaderLine[];
}

export interface VxpPlace {
  readonly endpoint: URL;
  readonly identity: VxpIdentity;
  readonly now: Date;
}

/** The SDK stores into this folder and tells the hub its name; a constant tells it nothing. */
export const filePath = 'edoc';

const json = 'application/json';

/** Body lengths that the SDK's JSON client announces: none for lists, else the JSON text. */
type JsonBody = { readonly kind: 'empty' } | { readonly kind: 'json'; readonly bytes: number };

/** Header lines that Apache HttpClient 4 adds, in its order. */
function httpClientLines(url: URL, body: JsonBody | null): HeaderLine[] {
  const expect: HeaderLine[] = body?.kind === 'json' ? [['Expect', '100-continue']] : [];
  const length: HeaderLine[] =
    body === null ? [] : [['Content-Length', String(body.kind === 'json' ? body.bytes : 0)]];
  return [
    ...length,
    ['Host', url.host],
    ['Connection', 'Keep-Alive'],
    ...expect,
    ['Accept-Encoding', 'gzip,deflate'],
  ];
}

/** Header lines that java.net.HttpURLConnection adds to an upload, in its order. */
function urlConnectionLines(url: URL, contentLength: number): HeaderLine[] {
  return [
    ['Cache-Control', 'no-cache'],
    ['Pragma', 'no-cache'],
    ['Host', url.host],
    ['Accept', 'text/html, image/gif, image/jpeg, */*; q=0.2'],
    ['Connection', 'keep-alive'],
    ['Content-Length', String(contentLength)],
  ];
}

function addressOf(endpoint: URL, operation: string): URL {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${operation}`;
  return url;
}

/** `before` and `after` are the parameters on either side of `timestamp;Content-Type` in the SDK's map order. */
function jsonCall(
  place: VxpPlace,
  operation: string,
  parts: { before?: readonly LogicalHeader[]; after?: readonly LogicalHeader[] },
  body: JsonBody | null,
): VxpRequest {
  const url = addressOf(place.endpoint, operation);
  const logical: LogicalHeader[] = [
    ['systemid', place.identity.systemId],
    ...(parts.before ?? []),
    ['timestamp', vxpTimestamp(place.now)],
    ['Content-Type', json],
    ...(parts.after ?? []),
  ];
  return {
    method: body === null ? 'GET' : 'POST',
    url,
    headers: [...signedHeaders(place.identity, logical, 'in-place'), ...httpClientLines(url, body)],
  };
}

const empty: JsonBody = { kind: 'empty' };
const emptyObject: JsonBody = { kind: 'json', bytes: 2 };

function kindHeaders(kind: MessageKind): LogicalHeader[] {
  return [
    ['servicetype', 'eDoc'],
    ['messagetype', kind],
  ];
}

export function receivedListRequest(place: VxpPlace, kind: MessageKind): VxpRequest {
  return jsonCall(place, 'getReceivedEdocList', { before: kindHeaders(kind) }, empty);
}

export function sentListRequest(place: VxpPlace, kind: MessageKind): VxpRequest {
  return jsonCall(place, 'getSentEdocList', { before: kindHeaders(kind) }, empty);
}

/** Body: `{}`. */
export function getEdocRequest(place: VxpPlace, docId: string): VxpRequest {
  const before: LogicalHeader[] = [
    ['docId', docId],
    ['filePath', filePath],
  ];
  return jsonCall(place, 'getEdoc', { before }, emptyObject);
}

/** 2.0.1: the package itself, without JSON around it. */
export function downloadRequest(place: VxpPlace, docId: string): VxpRequest {
  const before: LogicalHeader[] = [
    ['docId', docId],
    ['filePath', filePath],
  ];
  return jsonCall(place, 'downloadEdoc', { before }, null);
}

/** Body: `{}`. */
export function updateStatusRequest(place: VxpPlace, docId: string, status: string): VxpRequest {
  return jsonCall(
    place,
    'updateStatus',
    { before: [['docId', docId]], after: [['status', status]] },
    emptyObject,
  );
}

export function agenciesRequest(place: VxpPlace): VxpRequest {
  return jsonCall(place, 'getAgenciesList', {}, empty);
}

export function unitsRequest(place: VxpPlace): VxpRequest {
  return jsonCall(place, 'getSynchronizeUnit', {}, empty);
}

/** 2.0.1; one operation a kind. */
export function countRequest(place: VxpPlace, kind: MessageKind): VxpRequest {
  const operation = kind === 'edoc' ? 'countReceiveEdoc' : 'countReceiveStatus';
  return jsonCall(place, operation, { before: kindHeaders(kind) }, null);
}

/** Body: the entry as JSON, `bodyBytes` long. */
export function registerAgencyRequest(place: VxpPlace, bodyBytes: number): VxpRequest {
  return jsonCall(place, 'registerAgency', {}, { kind: 'json', bytes: bodyBytes });
}

/** Body: `{}`. */
export function deleteAgencyRequest(place: VxpPlace, code: string): VxpRequest {
  return jsonCall(place, 'deleteAgency', { before: [['agencycode', code]] }, emptyObject);
}

/** Body: the package followed by CRLF, `contentLength` bytes together. `hash` covers the package alone. */
export function sendEdocRequest(
  place: VxpPlace,
  facts: {
    readonly kind: MessageKind;
    readonly hash: string;
    readonly from: string;
    readonly to: readonly string[];
    readonly contentLength: number;
  },
): VxpRequest {
  const url = addressOf(place.endpoint, 'sendEdoc');
  const logical: LogicalHeader[] = [
    ['systemid', place.identity.systemId],
    ...kindHeaders(facts.kind),
    ['hash-file', facts.hash],
    ['from', facts.from],
    ['to', JSON.stringify(facts.to)],
    ['timestamp', vxpTimestamp(place.now)],
    ['Content-Type', 'application/octet-stream'],
  ];
  return {
    method: 'POST',
    url,
    headers: [
      ...signedHeaders(place.identity, logical, 'first'),
      ...urlConnectionLines(url, facts.contentLength),
    ],
  };
}
