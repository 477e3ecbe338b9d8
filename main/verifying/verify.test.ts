import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import type { SignatureVerdict } from '../../preload/contract/verdict';
import { addUnsignedAttribute, withCertificates } from './fixtures/cms-edit';
import { basePdf, type SignOptions, sign, streamBody, update } from './fixtures/pdf';
import { type Pki, standardPki } from './fixtures/pki';
import { type VerifyOptions, verifyPdf } from './verify';

let pki: Pki;
let options: VerifyOptions;

beforeAll(() => {
  pki = standardPki();
  options = {
    anchors: [pki.der('root')],
    intermediates: [pki.der('sub')],
    crls: [pki.crl('root'), pki.crl('sub')],
    ocspResponses: [],
    // Certificates, lists and stamps of this test are a moment old.
    now: new Date(Date.now() + 60_000),
  };
}, 60_000);

afterAll(() => pki.dispose());

const first = (cms: SignOptions['cms'], more: Partial<SignOptions> = {}) =>
  sign(basePdf(), { numbers: [10, 11], name: 'Sig1', fields: [6], cms, ...more });

const verdict = (file: Uint8Array, more: Partial<VerifyOptions> = {}) =>
  verifyPdf(bytesSource(file), { ...options, ...more }).verdict;

function only(file: Uint8Array, more: Partial<VerifyOptions> = {}): SignatureVerdict & { file: string } {
  const answer = verdict(file, more);
  const [signature] = answer.signatures;
  if (signature === undefined) throw new Error(`no signature: ${answer.verdict}`);
  return { ...signature, file: answer.verdict };
}

describe('the verdict on one signature', () => {
  it('is valid for an intact PAdES signature with a trusted, unrevoked certificate', () => {
    expect(verdict(first((data) => pki.cms(data)))).toEqual({
      verdict: 'valid',
      codes: [],
      signatures: [
        {
          field: 'Sig1',
          kind: 'signature',
          signer: 'Nguyễn Văn An',
          issuer: 'sub',
          certificate: {
            organization: 'Trial',
            manager: 'Trial',
            validFrom: expect.stringMatching(/Z$/),
            validTo: expect.stringMatching(/Z$/),
          },
          level: 'B-B',
          integrity: 'intact',
          coverage: 'whole-file',
          chain: 'trusted',
          revocation: 'good',
          time: { source: 'signingTime', value: expect.any(String) },
          changes: 'none',
          permitted: true,
          codes: [],
        },
      ],
    });
  });

  it.each([
    ['RSA-PSS', ['-keyopt', 'rsa_padding_mode:pss']],
    ['SHA-512', ['-md', 'sha512']],
    ['a key identifier instead of issuer and number', ['-keyid']],
    ['the chain inside', ['-certfile', 'sub.pem']],
  ])('is valid with %s', (_name, more) => {
    expect(only(first((data) => pki.cms(data, { arguments: more }))).file).toBe('valid');
  });

  it('is valid with an EC key, and with the older adbe.pkcs7.detached, whose level is CMS', () => {
    expect(only(first((data) => pki.cms(data, { signer: 'agency' }))).file).toBe('valid');
    const old = first((data) => pki.cms(data, { bound: false }), { subFilter: 'adbe.pkcs7.detached' });
    expect(only(old)).toMatchObject({ file: 'valid', level: 'CMS', codes: [] });
  });

  it('says when a PAdES signature does not bind its certificate, and gives it no level', () => {
    expect(only(first((data) => pki.cms(data, { bound: false })))).toMatchObject({
      level: 'none',
      integrity: 'intact',
      codes: ['signature-certificate-unbound'],
    });
  });

  it('is never valid with SHA-1, though intact', () => {
    expect(only(first((data) => pki.cms(data, { digest: 'sha1' })))).toMatchObject({
      file: 'indeterminate',
      integrity: 'intact',
      codes: ['algorithm-weak'],
    });
  });

  it('reads adbe.pkcs7.sha1 and calls it weak; a changed byte breaks it', () => {
    const make = () =>
      first(
        (data) => {
          const digest = pki.openssl(['dgst', '-sha1', '-binary'], data);
          return pki.cms(digest, { bound: false, arguments: ['-nodetach'] });
        },
        { subFilter: 'adbe.pkcs7.sha1' },
      );
    expect(only(make())).toMatchObject({ file: 'indeterminate', integrity: 'intact' });
    const file = make();
    file[60] = (file[60] ?? 0) ^ 1;
    expect(only(file)).toMatchObject({ file: 'invalid', integrity: 'broken' });
  });

  it('is invalid when signed content changed', () => {
    const file = first((data) => pki.cms(data));
    const place = file.indexOf('Cong van so 1');
    file.write('Cong van so 2', place);
    expect(only(file)).toMatchObject({
      file: 'invalid',
      integrity: 'broken',
      codes: ['signature-content-changed'],
    });
  });

  it('is invalid when the certificate inside is another than the bound one', () => {
    pki.openssl([
      'req',
      '-new',
      '-key',
      'leader.key',
      '-subj',
      '/O=Trial/CN=Người khác',
      '-utf8',
      '-out',
      'twin.csr',
    ]);
    const same = ['-CA', 'sub.pem', '-CAkey', 'sub.key', '-extfile', 'ext.cnf', '-extensions', 'leaf'];
    // The same key, the same issuer and number, another name: only the signed hash of the certificate tells them apart.
    const serial = pki.openssl(['x509', '-in', 'leader.pem', '-noout', '-serial']).toString().trim().slice(7);
    const about = ['-set_serial', `0x${serial}`, '-days', '9', '-out', 'twin.pem'];
    pki.openssl(['x509', '-req', '-in', 'twin.csr', ...same, ...about]);
    const file = first((data) => withCertificates(pki.cms(data), [pki.der('twin')]));
    expect(only(file)).toMatchObject({
      file: 'invalid',
      integrity: 'broken',
      signer: 'Người khác',
      codes: ['signature-certificate-mismatch'],
    });
  });

  it('is indeterminate without anchors, and when an issuer is missing', () => {
    const file = first((data) => pki.cms(data));
    expect(only(file, { anchors: [] })).toMatchObject({ file: 'indeterminate', chain: 'unknown' });
    expect(only(file, { intermediates: [] })).toMatchObject({ file: 'indeterminate', chain: 'unknown' });
    expect(only(file, { intermediates: [] }).codes).toContain('chain-issuer-missing');
  });

  it('is indeterminate when the status cannot be checked, and names where to ask', () => {
    const answer = verifyPdf(bytesSource(first((data) => pki.cms(data))), { ...options, crls: [] });
    expect(answer.verdict).toMatchObject({
      verdict: 'indeterminate',
      signatures: [{ revocation: 'unknown' }],
    });
    expect(answer.needs).toHaveLength(1);
    expect(answer.needs[0]).toMatchObject({
      ocspUrls: ['http://ocsp.test/'],
      crlUrls: ['http://crl.test/sub.crl'],
      issuerUrls: [],
    });
    const response = pki.answer('sub', answer.needs[0]?.ocspRequest ?? new Uint8Array(), 'responder');
    expect(
      only(
        first((data) => pki.cms(data)),
        { crls: [], ocspResponses: [response] },
      ).file,
    ).toBe('valid');
  });

  it('never asks the addresses in a stranger’s certificate', () => {
    const answer = verifyPdf(bytesSource(first((data) => pki.cms(data))), {
      ...options,
      anchors: [pki.der('tsa')],
    });
    expect(answer.needs).toEqual([]);
  });

  it('is invalid when the signer or the authority was revoked', () => {
    const file = first((data) => pki.cms(data));
    expect(only(file, { crls: [pki.crl('root'), pki.crl('sub', ['leader'])] })).toMatchObject({
      file: 'invalid',
      revocation: 'revoked',
      codes: ['revocation-revoked'],
    });
    const authority = only(file, { crls: [pki.crl('root', ['sub']), pki.crl('sub')] });
    expect(authority).toMatchObject({ file: 'invalid', codes: ['revocation-issuer-revoked'] });
  });

  it('judges at the given time: before and after the certificate', () => {
    const file = first((data) => pki.cms(data));
    expect(only(file, { time: new Date('2010-01-01') }).codes).toContain('chain-not-yet-valid');
    expect(only(file, { time: new Date('2040-01-01') })).toMatchObject({
      file: 'indeterminate',
      chain: 'untrusted',
    });
    expect(only(file, { time: new Date('2040-01-01') }).codes).toContain('chain-expired');
  });

  it('refuses to be signed by a certificate made for something else', () => {
    pki.certificate('server', 'sub', 'server');
    expect(only(first((data) => pki.cms(data, { signer: 'server' }))).codes).toContain('chain-usage');
  });

  it('does not check what it cannot: brainpool ends in a code, not in a crash', () => {
    pki.certificate('brainpool', 'sub', 'leaf', {
      key: ['EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'],
    });
    expect(only(first((data) => pki.cms(data, { signer: 'brainpool' })))).toMatchObject({
      file: 'invalid',
      integrity: 'broken',
      codes: expect.arrayContaining(['algorithm-unsupported']),
    });
  });

  it('accepts a certificate whose key is named RSA-PSS', () => {
    pki.certificate('pss', 'sub', 'leaf', { key: ['RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'] });
    const crls = [pki.crl('root'), pki.crl('sub')];
    expect(
      only(
        first((data) => pki.cms(data, { signer: 'pss', arguments: ['-keyopt', 'rsa_padding_mode:pss'] })),
        { crls },
      ).file,
    ).toBe('valid');
  });
});

describe('time stamps and levels', () => {
  const stamped = (authority: string, wrong = false) =>
    first((data) => {
      const cms = pki.cms(data);
      return withTimeStamp(cms, (signature) =>
        pki.stamp(wrong ? Buffer.from('other') : signature, authority),
      );
    });

  it('reaches B-T with a trusted signature time stamp', () => {
    expect(only(stamped('tsa'))).toMatchObject({
      file: 'valid',
      level: 'B-T',
      time: { source: 'timestamp' },
    });
  });

  it('stays B-B with a time stamp that belongs elsewhere or whose authority may not stamp', () => {
    expect(only(stamped('tsa', true))).toMatchObject({ level: 'B-B', codes: ['timestamp-mismatch'] });
    pki.certificate('loosetsa', 'sub', 'loosetsa');
    // openssl refuses to stamp with such a certificate; the token is then made by another authority nobody trusts.
    pki.certificate('alien', 'alien', 'root');
    pki.certificate('alientsa', 'alien', 'tsa');
    const answer = only(stamped('alientsa'));
    expect(answer).toMatchObject({ level: 'B-B', time: { source: 'signingTime' } });
    expect(answer.codes).toContain('timestamp-untrusted');
  });

  it('keeps a signature valid after its certificate was revoked, when the time stamp is older', () => {
    const file = stamped('tsa');
    const list = pki.crl('sub', [], ['-crldays', '7']);
    expect(only(file, { crls: [pki.crl('root'), list] }).file).toBe('valid');
    const revoked = revokedNow(pki);
    const later = new Date(Date.now() + 3_600_000);
    const answer = only(file, { crls: [pki.crl('root'), revoked], now: later });
    expect(answer).toMatchObject({ revocation: 'good', file: 'valid' });
    expect(answer.codes).toContain('revocation-later');
    const bare = first((data) => pki.cms(data));
    expect(only(bare, { crls: [pki.crl('root'), revoked], now: later }).file).toBe('invalid');
  });

  it('keeps a signature valid after its certificate expired, once the stamping authority is known to be good', () => {
    const file = stamped('tsa');
    const now = new Date(Date.now() + 60 * 24 * 3_600_000);
    expect(only(file, { now })).toMatchObject({
      file: 'indeterminate',
      chain: 'trusted',
      revocation: 'unknown',
    });
    const lists = ['root', 'sub'].map((name) => pki.crl(name, [], ['-crldays', '100']));
    expect(only(file, { now, crls: lists })).toMatchObject({ file: 'valid', level: 'B-T' });
    const bare = first((data) => pki.cms(data));
    expect(only(bare, { now, crls: lists })).toMatchObject({ file: 'indeterminate', chain: 'untrusted' });
  });

  it('reaches B-LT with a security store and B-LTA with a document time stamp over it', () => {
    const signed = stamped('tsa');
    const hex = (der: Uint8Array) =>
      streamBody('/Filter /ASCIIHexDecode', `${Buffer.from(der).toString('hex')}>`);
    const kept = update(signed, {
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R /DSS 20 0 R >>',
      20: '<< /Type /DSS /Certs [21 0 R] /CRLs [22 0 R 23 0 R] >>',
      21: hex(pki.der('sub')),
      22: hex(pki.crl('root')),
      23: hex(pki.crl('sub')),
    });
    const offline = { intermediates: [], crls: [] };
    expect(only(kept, offline)).toMatchObject({
      file: 'valid',
      level: 'B-LT',
      changes: 'lta',
      permitted: true,
    });
    const sealed = sign(kept, {
      numbers: [12, 13],
      name: 'Stamp',
      type: 'DocTimeStamp',
      subFilter: 'ETSI.RFC3161',
      fields: [6, 10],
      catalog: '/DSS 20 0 R',
      cms: (data) => pki.stamp(data),
    });
    const answer = verdict(sealed, offline);
    expect(answer.verdict).toBe('valid');
    expect(answer.signatures).toMatchObject([
      { level: 'B-LTA', changes: 'lta' },
      { kind: 'timestamp', level: 'none', signer: 'tsa', coverage: 'whole-file', changes: 'none' },
    ]);
  });

  it('breaks a document time stamp over other bytes', () => {
    const file = sign(basePdf(), {
      numbers: [12, 13],
      name: 'Stamp',
      type: 'DocTimeStamp',
      subFilter: 'ETSI.RFC3161',
      fields: [6],
      cms: () => pki.stamp(Buffer.from('other')),
    });
    expect(only(file)).toMatchObject({ kind: 'timestamp', integrity: 'broken', file: 'invalid' });
  });
});

/** A revocation list that revokes the leader as of now. */
function revokedNow(from: Pki): Uint8Array {
  const pad = (value: number) => String(value).padStart(2, '0');
  const now = new Date(Date.now() + 120_000);
  const stamp = `${now.toISOString().slice(2, 10).replaceAll('-', '')}${pad(now.getUTCHours())}${pad(now.getUTCMinutes())}${pad(now.getUTCSeconds())}Z`;
  return from.crlRevokedAt('sub', 'leader', stamp);
}

/** Adds a signature time stamp as unsigned attribute to a CMS with one signer. */
function withTimeStamp(cms: Uint8Array, stamp: (signature: Uint8Array) => Uint8Array): Uint8Array {
  return addUnsignedAttribute(cms, '1.2.840.113549.1.9.16.2.14', stamp);
}
