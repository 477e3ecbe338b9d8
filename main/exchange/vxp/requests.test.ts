// Requests must equal the captured ones of the reference SDK, header by header.
import { expect, test } from 'vitest';
import { capturedRequests, headerOf, momentOf } from './captured-requests.fixture';
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

const captured = capturedRequests();
const place = (moment: Date): VxpPlace => ({
  endpoint: new URL('http://127.0.0.1:18280/XrdAdapter/RestService/forward/mocdoc'),
  identity: { systemId: '000.00.00.G12', secret: 's3cr3t' },
  now: moment,
});

/** The folder name that the capture sent is replaced by our constant, so the signed text of getEdoc differs there alone. */
function ours(one: (typeof captured)[number]): VxpRequest {
  const at = place(momentOf(headerOf(one, 'XroadVnpt-timestamp')));
  switch (one.operation) {
    case 'getReceivedEdocList':
      return receivedListRequest(at, 'edoc');
    case 'getSentEdocList':
      return sentListRequest(at, 'edoc');
    case 'getAgenciesList':
      return agenciesRequest(at);
    case 'registerAgency':
      return registerAgencyRequest(at, one.bodyBytes);
    case 'deleteAgency':
      return deleteAgencyRequest(at, '000.00.01.G12');
    case 'updateStatus':
      return updateStatusRequest(at, 'D1', 'done');
    case 'getEdoc':
      return getEdocRequest(at, 'D1');
    default:
      return sendEdocRequest(at, {
        kind: 'edoc',
        hash: headerOf(one, 'XroadVnpt-hash-file'),
        from: '000.00.00.G12',
        to: ['000.00.00.H26', '000.00.00.G22'],
        contentLength: one.bodyBytes,
      });
  }
}

test('the capture holds eight operations', () => {
  expect(captured.map((one) => one.operation)).toEqual([
    'getReceivedEdocList',
    'sendEdoc',
    'getEdoc',
    'updateStatus',
    'getSentEdocList',
    'getAgenciesList',
    'registerAgency',
    'deleteAgency',
  ]);
});

test.each(captured.filter((one) => one.operation !== 'getEdoc'))(
  '$operation equals the captured request header by header, signature included',
  (one) => {
    const request = ours(one);
    expect(request.method).toBe(one.method);
    expect(request.url.pathname).toBe(one.path);
    expect(request.headers).toEqual(one.headers);
  },
);

test('getEdoc equals the captured request but for the constant folder name', () => {
  const one = captured.find((each) => each.operation === 'getEdoc');
  if (one === undefined) throw new Error('the capture has no getEdoc');
  const request = ours(one);
  const names = request.headers.map(([name]) => name);
  expect(names).toEqual(one.headers.map(([name]) => name));
  const changed = new Set(['XroadVnpt-filePath', 'XroadVnpt-sign-header', 'XroadVnpt-hash-header']);
  const rest = (headers: VxpRequest['headers']) => headers.filter(([name]) => !changed.has(name));
  expect(rest(request.headers)).toEqual(rest(one.headers));
});

test('the operations of 2.0.1 are signed GETs in the order of the SDK’s map', () => {
  const at = place(new Date(0));
  const key = (request: VxpRequest) =>
    request.headers.find(([name]) => name === 'XroadVnpt-sign-header-key')?.[1];
  for (const [kind, operation] of [
    ['edoc', 'countReceiveEdoc'],
    ['status', 'countReceiveStatus'],
  ] as const) {
    const request = countRequest(at, kind);
    expect(request.method).toBe('GET');
    expect(request.url.pathname.endsWith(`/${operation}`)).toBe(true);
    expect(key(request)).toBe('systemid;servicetype;messagetype;timestamp;Content-Type');
  }
  const download = downloadRequest(at, 'D1');
  expect(download.method).toBe('GET');
  expect(key(download)).toBe('systemid;docId;filePath;timestamp;Content-Type');
  expect(key(unitsRequest(at))).toBe('systemid;timestamp;Content-Type');
});

test('no parameter of one call reaches the next', () => {
  const at = place(new Date(0));
  sendEdocRequest(at, { kind: 'edoc', hash: 'a', from: 'G12', to: ['H26'], contentLength: 3 });
  const names = agenciesRequest(at).headers.map(([name]) => name);
  expect(names).not.toContain('XroadVnpt-to');
  expect(names).not.toContain('XroadVnpt-hash-file');
});

test('a slash at the end of the endpoint makes no second slash', () => {
  const at = { ...place(new Date(0)), endpoint: new URL('http://127.0.0.1:1/a/b/') };
  expect(agenciesRequest(at).url.pathname).toBe('/a/b/getAgenciesList');
});
