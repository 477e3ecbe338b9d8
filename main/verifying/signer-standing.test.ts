// How a certificate stands before it signs, over a trial infrastructure made by openssl and servers that do as they are told.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fetcher, FetchRequest } from './fetching';
import { type Pki, standardPki } from './fixtures/pki';
import { checkSignerStanding, type StandingOptions } from './signer-standing';

let pki: Pki;
let options: StandingOptions;

beforeAll(() => {
  pki = standardPki();
  pki.certificate('stranger', 'stranger', 'root');
  pki.certificate('foreign', 'stranger', 'leaf');
  options = {
    trust: { anchors: [pki.der('root')], intermediates: [], crls: [] },
    now: new Date(Date.now() + 60_000),
    limitMs: 5000,
  };
}, 60_000);

afterAll(() => pki.dispose());

function servers(broken: readonly string[] = [], revoked: readonly string[] = []): Fetcher {
  return async (request) => {
    const { host } = new URL(request.url);
    if (broken.includes(host)) throw new Error('no answer');
    if (host === 'aia.test') return pki.der('sub');
    if (host === 'ocsp.test')
      return pki.answer('sub', request.body ?? new Uint8Array(), 'responder', revoked);
    return pki.crl('sub', revoked);
  };
}

const standing = (
  name: string,
  fetcher: Fetcher,
  more: Partial<StandingOptions> = {},
  carried: readonly Uint8Array[] = [],
) => checkSignerStanding(pki.der(name), carried, { ...options, ...more }, fetcher);

describe('a certificate before it signs', () => {
  it('is good by the word of its responder, with the path and the answer to keep', async () => {
    const found = await standing('leader', servers());
    expect(found).toMatchObject({ standing: 'good', source: 'ocsp', codes: [] });
    expect(found.path).toHaveLength(3);
    expect([found.ocspResponses.length, found.crls.length]).toEqual([1, 0]);
  });

  it('is good by the list when the responder fails, and its issuer is taken from the device', async () => {
    const asked: FetchRequest[] = [];
    const honest = servers(['ocsp.test', 'aia.test']);
    const found = await standing(
      'leader',
      (request) => {
        asked.push(request);
        return honest(request);
      },
      {},
      [pki.der('sub')],
    );
    expect(found).toMatchObject({ standing: 'good', source: 'crl' });
    expect([found.crls.length, asked.some((one) => one.url.includes('aia'))]).toEqual([1, false]);
  });

  it('is revoked with the time of it, by responder or list', async () => {
    for (const broken of [[], ['ocsp.test']]) {
      const found = await standing('leader', servers(broken, ['leader']));
      expect(found).toMatchObject({ standing: 'revoked', codes: ['revocation-revoked'] });
      expect(found.revokedAt?.getUTCFullYear()).toBe(2020);
    }
  });

  it('is unknown without a network, also where servers keep silent for ever', async () => {
    expect(await standing('leader', servers(['aia.test', 'ocsp.test', 'crl.test']))).toMatchObject({
      ...{ standing: 'unknown', codes: ['chain-issuer-missing'], source: 'none' },
    });
    const silent: Fetcher = () => new Promise(() => undefined);
    expect(await standing('leader', silent, { limitMs: 50 }, [pki.der('sub')])).toMatchObject({
      ...{ standing: 'unknown', codes: ['revocation-unknown'], source: 'none' },
    });
  });

  it('is expired, or not yet valid, by the clock of this machine', async () => {
    const later = { now: new Date(Date.now() + 40 * 86_400_000) };
    expect(await standing('leader', servers(), later)).toMatchObject({ standing: 'expired' });
    const before = { now: new Date('2001-01-01T00:00:00Z') };
    expect(await standing('leader', servers(), before)).toMatchObject({ standing: 'not-yet-valid' });
  });

  it('is untrusted where it leads to a root that is not trusted here, and nobody it names is asked', async () => {
    const asked: string[] = [];
    const found = await standing(
      'foreign',
      async (request) => {
        asked.push(request.url);
        throw new Error('no answer');
      },
      {},
      [pki.der('stranger')],
    );
    expect([found.standing, asked]).toEqual(['untrusted', []]);
  });

  it('is unknown where this machine trusts no root at all', async () => {
    const none = { trust: { anchors: [], intermediates: [], crls: [] } };
    expect(await standing('leader', servers(), none)).toMatchObject({
      ...{ standing: 'unknown', codes: ['chain-no-anchors'] },
    });
  });
});
