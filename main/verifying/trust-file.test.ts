import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Pki, standardPki } from './fixtures/pki';
import { readTrustFile } from './trust-file';

let pki: Pki;

beforeAll(() => {
  pki = standardPki();
}, 60_000);

afterAll(() => pki.dispose());

const counts = (bytes: Uint8Array) => {
  const { anchors, intermediates, crls } = readTrustFile(bytes);
  return [anchors.length, intermediates.length, crls.length];
};

describe('a trust file', () => {
  it('may hold many certificates and lists in PEM, with text between', () => {
    const pem = ['root', 'sub', 'leader'].map((name) => readFileSync(pki.path(`${name}.pem`), 'utf8'));
    pki.crl('sub');
    pem.push(readFileSync(pki.path('list.pem'), 'utf8'));
    expect(counts(Buffer.from(`ghi chú\n${pem.join('\nsubject=x\n')}`))).toEqual([1, 2, 1]);
  });

  it('may be DER, one or several after each other', () => {
    expect(counts(pki.der('root'))).toEqual([1, 0, 0]);
    expect(counts(Buffer.concat([pki.der('root'), pki.der('sub'), pki.crl('sub')]))).toEqual([1, 1, 1]);
  });

  it('may be a certs-only CMS', () => {
    const from = ['-nocrl', '-certfile', 'root.pem', '-certfile', 'sub.pem'];
    expect(counts(pki.openssl(['crl2pkcs7', ...from, '-outform', 'DER']))).toEqual([1, 1, 0]);
    expect(counts(pki.openssl(['crl2pkcs7', ...from]))).toEqual([1, 1, 0]);
  });

  it('calls only a certificate an anchor that its own key signed', () => {
    pki.certificate('twin', 'sub', 'leaf', { subject: '/O=Trial/CN=sub' });
    expect(counts(pki.der('twin'))).toEqual([0, 1, 0]);
  });

  it('may hold nothing usable', () => {
    expect(counts(Buffer.from('not a certificate'))).toEqual([0, 0, 0]);
    expect(counts(readFileSync(pki.path('root.key')))).toEqual([0, 0, 0]);
  });
});
