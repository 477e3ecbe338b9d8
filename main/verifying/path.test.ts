import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, readCertificate } from './certificate';
import { type Pki, standardPki } from './fixtures/pki';
import { findPath, type Purpose } from './path';

let pki: Pki;
const now = new Date(Date.now() + 60_000);

beforeAll(() => {
  pki = standardPki();
}, 60_000);

afterAll(() => pki.dispose());

const read = (name: string): Certificate => readCertificate(pki.der(name));

function path(
  name: string,
  intermediates: readonly string[],
  purpose: Purpose = 'document',
  anchors = ['root'],
  time = now,
) {
  const sources = { anchors: anchors.map(read), intermediates: intermediates.map(read) };
  const answer = findPath(read(name), purpose, sources, time);
  return { ...answer, path: answer.path.map((one) => one.subject.common) };
}

describe('the certificate path', () => {
  it('leads from the signer through the authority to the anchor', () => {
    expect(path('leader', ['sub'])).toEqual({
      chain: 'trusted',
      codes: [],
      path: ['Nguyễn Văn An', 'sub', 'root'],
    });
  });

  it('is unknown without anchors or while an issuer is missing, untrusted when it ends at a stranger', () => {
    pki.certificate('stranger', 'stranger', 'root');
    pki.certificate('strangerleaf', 'stranger', 'leaf');
    expect(path('leader', ['sub'], 'document', [])).toMatchObject({
      chain: 'unknown',
      codes: ['chain-no-anchors'],
    });
    expect(path('leader', [])).toMatchObject({ chain: 'unknown', codes: ['chain-issuer-missing'] });
    expect(path('strangerleaf', ['stranger'])).toMatchObject({
      chain: 'untrusted',
      codes: ['chain-untrusted'],
    });
  });

  it('does not take an authority of the same name with another key', () => {
    pki.certificate('impostor', 'impostor', 'root', { subject: '/O=Trial/CN=sub' });
    expect(path('leader', ['impostor']).chain).toBe('unknown');
    expect(path('leader', ['impostor', 'sub']).chain).toBe('trusted');
    expect(path('leader', ['impostor'], 'document', ['impostor']).chain).not.toBe('trusted');
  });

  it('lets nobody issue who is no authority', () => {
    pki.certificate('child', 'leader', 'leaf');
    expect(path('child', ['leader', 'sub'])).toMatchObject({ chain: 'untrusted' });
    expect(path('child', ['leader', 'sub']).codes).toContain('chain-not-authority');
  });

  it('honours the length an authority allows below itself', () => {
    pki.certificate('deeper', 'sub', 'sub');
    pki.certificate('deepleaf', 'deeper', 'leaf');
    expect(path('deepleaf', ['deeper', 'sub']).codes).toEqual(['chain-too-long']);
  });

  it('honours name constraints', () => {
    pki.certificate('restricted', 'root', 'subrestricted');
    pki.certificate('inside', 'restricted', 'leaf', { subject: '/O=Only this one/CN=x' });
    pki.certificate('outside', 'restricted', 'leaf', { subject: '/O=Another/CN=x' });
    expect(path('inside', ['restricted']).chain).toBe('trusted');
    expect(path('outside', ['restricted']).codes).toEqual(['chain-name-forbidden']);
  });

  it('refuses a critical extension it does not know', () => {
    pki.certificate('conditional', 'sub', 'unknowncritical');
    expect(path('conditional', ['sub']).codes).toEqual(['chain-extension-unknown']);
  });

  it('refuses certificates outside their time, also an authority and an anchor', () => {
    expect(path('leader', ['sub'], 'document', ['root'], new Date('2001-01-01')).codes).toEqual([
      'chain-not-yet-valid',
    ]);
    expect(path('leader', ['sub'], 'document', ['root'], new Date('2099-01-01')).codes).toEqual([
      'chain-expired',
    ]);
  });

  it('lets only a certificate made for it alone, and critically, stamp the time', () => {
    pki.certificate('loose', 'sub', 'loosetsa');
    expect(path('tsa', ['sub'], 'timestamp').chain).toBe('trusted');
    expect(path('loose', ['sub'], 'timestamp').codes).toEqual(['chain-usage']);
    expect(path('leader', ['sub'], 'timestamp').codes).toEqual(['chain-usage']);
    expect(path('tsa', ['sub'], 'document').codes).toEqual(['chain-usage']);
  });

  it('refuses a signer certificate that was issued with SHA-1', () => {
    pki.certificate('sha1', 'sub', 'leaf', { digest: 'sha1' });
    expect(path('sha1', ['sub']).codes).toEqual(['chain-algorithm']);
  });

  it('compares names by what they say, not by their string type or case', () => {
    pki.openssl([
      'req',
      '-new',
      '-key',
      'sub.key',
      '-subj',
      '/O=TRIAL/CN=Sub ',
      '-utf8',
      '-out',
      'again.csr',
    ]);
    const by = ['-CA', 'root.pem', '-CAkey', 'root.key', '-extfile', 'ext.cnf', '-extensions', 'sub'];
    pki.openssl([
      'x509',
      '-req',
      '-in',
      'again.csr',
      ...by,
      '-set_serial',
      '77',
      '-days',
      '9',
      '-out',
      'again.pem',
    ]);
    expect(path('leader', ['again']).chain).toBe('trusted');
  });

  it('ends soon in a crowd of authorities that sign each other', () => {
    // Cross-certificates of six authorities of one name with six keys, each by each.
    const names = Array.from({ length: 6 }, (_, index) => `cross${index}`);
    for (const name of names) pki.certificate(name, name, 'root', { subject: '/CN=crowd' });
    const certificates = names.flatMap((subject) =>
      names.map((issuer) => {
        pki.openssl(['req', '-new', '-key', `${subject}.key`, '-subj', '/CN=crowd', '-out', 'cross.csr']);
        const by = [
          '-CA',
          `${issuer}.pem`,
          '-CAkey',
          `${issuer}.key`,
          '-extfile',
          'ext.cnf',
          '-extensions',
          'root',
        ];
        pki.openssl([
          'x509',
          '-req',
          '-in',
          'cross.csr',
          ...by,
          '-set_serial',
          '5',
          '-days',
          '9',
          '-out',
          'cross.pem',
        ]);
        return read('cross');
      }),
    );
    pki.certificate('lost', 'cross0', 'leaf');
    const answer = findPath(
      read('lost'),
      'document',
      { anchors: [read('root')], intermediates: certificates },
      now,
    );
    expect(answer.chain).not.toBe('trusted');
  });
});
