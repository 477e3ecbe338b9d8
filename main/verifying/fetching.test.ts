import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import type { Fetcher, FetchRequest } from './fetching';
import { basePdf, sign } from './fixtures/pdf';
import { type Pki, standardPki } from './fixtures/pki';
import { type VerifyOptions, verifyWithFetcher } from './verify';

let pki: Pki;
let options: VerifyOptions;
let file: Buffer;

beforeAll(() => {
  pki = standardPki();
  options = {
    anchors: [pki.der('root')],
    intermediates: [],
    crls: [],
    ocspResponses: [],
    now: new Date(Date.now() + 60_000),
  };
  file = sign(basePdf(), { numbers: [10, 11], name: 'Sig1', fields: [6], cms: (data) => pki.cms(data) });
}, 60_000);

afterAll(() => pki.dispose());

/** The trial infrastructure as servers; `broken` ones reject. */
function servers(asked: FetchRequest[], broken: readonly string[] = []): Fetcher {
  return async (request) => {
    asked.push(request);
    const { host } = new URL(request.url);
    if (broken.includes(host)) throw new Error('no answer');
    if (host === 'aia.test') return pki.der('sub');
    if (host === 'ocsp.test') return pki.answer('sub', request.body ?? new Uint8Array(), 'responder');
    return pki.crl('sub');
  };
}

const verify = (fetcher: Fetcher, limit = 5000) =>
  verifyWithFetcher(bytesSource(file), options, fetcher, limit);

describe('fetching what a verdict lacks', () => {
  it('gets the issuer first, then its word by OCSP, and asks nothing twice', async () => {
    const asked: FetchRequest[] = [];
    const answer = await verify(servers(asked));
    expect(answer.verdict.verdict).toBe('valid');
    expect(answer.needs).toEqual([]);
    expect(asked.map((one) => one.url)).toEqual(['http://aia.test/sub.cer', 'http://ocsp.test/']);
  });

  it('turns to the revocation list when the responder fails or answers junk', async () => {
    const asked: FetchRequest[] = [];
    expect((await verify(servers(asked, ['ocsp.test']))).verdict.verdict).toBe('valid');
    expect(asked.at(-1)?.url).toBe('http://crl.test/sub.crl');
    const honest = servers([]);
    const junk: Fetcher = (request) =>
      request.body === undefined ? honest(request) : Promise.resolve(Buffer.from('<html>'));
    expect((await verify(junk)).verdict.verdict).toBe('valid');
  });

  it('is indeterminate and calm without a network', async () => {
    const answer = await verify(servers([], ['aia.test', 'ocsp.test', 'crl.test']));
    expect(answer.verdict).toMatchObject({ verdict: 'indeterminate', signatures: [{ chain: 'unknown' }] });
    expect(answer.needs).toHaveLength(1);
  });

  it('does not wait for a server that never answers, even when the fetcher ignores the signal', async () => {
    const silent: Fetcher = () => new Promise(() => undefined);
    expect((await verify(silent, 50)).verdict.verdict).toBe('indeterminate');
  });

  it('turns to the revocation list when the responder keeps silent', async () => {
    const honest = servers([]);
    const silent: Fetcher = (request) =>
      request.body === undefined ? honest(request) : new Promise(() => undefined);
    expect((await verify(silent, 1000)).verdict.verdict).toBe('valid');
  });

  it('does not believe a stranger’s answer', async () => {
    pki.certificate('liar', 'liar', 'ocsp');
    const honest = servers([]);
    const lying: Fetcher = async (request) => {
      if (request.body === undefined && request.url.includes('crl')) throw new Error('no answer');
      return request.body === undefined ? honest(request) : pki.answer('sub', request.body, 'liar');
    };
    expect((await verify(lying)).verdict).toMatchObject({ signatures: [{ revocation: 'unknown' }] });
  });
});
