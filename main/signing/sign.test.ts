import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { codeOf } from '../../preload/contract/failure';
import { entryOf, fileSpanOf, isArray, isDict, isString, openPdf, type PdfFile, textOf } from '../pdf';
import { pageObjects, type SampleKind, samplePdf } from '../pdf/sample-pdf';
import type { SignatureAlgorithm } from './cms';
import type { Rect } from './geometry';
import type { RoleRequest } from './request';
import { completeSignature, type KnownSigner, readyToSign, type SigningOrder } from './sign';
import { type TestKey, testFont, testKey, testSigner } from './test-signers';

const font = testFont();
const time = new Date('2026-11-22T20:04:05Z');
const rsa = testKey('rsa:2048', '/CN=Trần Thị Bình/O=UBND tỉnh Lạng Sơn');
const p256 = testKey('ec', '/CN=Văn phòng', '-pkeyopt', 'ec_paramgen_curve:P-256');
const p384 = testKey('ec', '/CN=Cục Văn thư', '-pkeyopt', 'ec_paramgen_curve:P-384');
const leader = testSigner(rsa, 'rsa-pkcs1-sha256');

async function sign(
  bytes: Uint8Array,
  what: RoleRequest,
  known: KnownSigner = leader,
  more: Partial<SigningOrder> = {},
): Promise<Uint8Array> {
  const ready = readyToSign(bytesSource(bytes), { what, time, ...more }, known, { font });
  return new Uint8Array(Buffer.concat([bytes, await completeSignature(ready, known)]));
}

async function refusal(work: Promise<unknown> | (() => Promise<unknown>)): Promise<string> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    return codeOf(error);
  }
  return 'none';
}

interface Found {
  readonly byteRange: readonly number[];
  readonly gap: { readonly start: number; readonly end: number };
  readonly signed: Uint8Array;
  readonly cms: Uint8Array;
}

function signatureOf(bytes: Uint8Array, name: string): Found {
  const file: PdfFile = openPdf(bytesSource(bytes));
  const field = [...file.fields()].find((one) => one.name === name);
  const value = field?.value;
  if (typeof value !== 'object' || value === null || value.kind !== 'ref') throw new Error('not signed');
  const object = file.object(value.number);
  if (object === undefined || !isDict(object.value)) throw new Error('no signature dictionary');
  const range = entryOf(object.value, 'ByteRange');
  const contents = entryOf(object.value, 'Contents');
  const gap = fileSpanOf(object, object.value, 'Contents');
  if (!isArray(range) || !isString(contents) || gap === undefined) throw new Error('incomplete');
  const byteRange = range.items.map(Number);
  const [, first = 0, second = 0, last = 0] = byteRange;
  const signed = Buffer.concat([bytes.subarray(0, first), bytes.subarray(second, second + last)]);
  return { byteRange, gap, signed, cms: contents.bytes };
}

/** The verdict of openssl on one signature, by its exit. */
function opensslAccepts(found: Found, key: TestKey): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-cms-'));
  writeFileSync(join(folder, 'cms'), found.cms);
  writeFileSync(join(folder, 'data'), found.signed);
  const command = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'cms', '-content', 'data'];
  try {
    execFileSync('openssl', [...command, '-CAfile', key.pemPath, '-purpose', 'any', '-out', 'out'], {
      cwd: folder,
      stdio: 'ignore',
    });
    return true;
  } catch (error) {
    if (error instanceof Error && 'status' in error) return false;
    throw error;
  }
}

const kinds: readonly SampleKind[] = ['table', 'stream', 'object-streams', 'hybrid'];
const algorithms: readonly (readonly [SignatureAlgorithm, TestKey])[] = [
  ['rsa-pkcs1-sha256', rsa],
  ['rsa-pss-sha256', rsa],
  ['ecdsa-sha256', p256],
  ['ecdsa-sha384', p384],
];

describe.each(kinds)('signing a file with %s', (kind) => {
  it('covers the whole file but the gap, which is exactly the hexadecimal string', async () => {
    const bytes = await sign(samplePdf(kind), { role: 'leader' });
    const { byteRange, gap } = signatureOf(bytes, 'NguoiCoThamQuyen1');
    expect(byteRange).toEqual([0, gap.start, gap.end, bytes.length - gap.end]);
    expect([bytes[gap.start], bytes[gap.end - 1]]).toEqual([0x3c, 0x3e]);
  });

  it('leaves the first signature whole under a second one', async () => {
    const base = samplePdf(kind);
    const once = await sign(base, { role: 'leader' });
    const twice = await sign(once, { role: 'seal' }, testSigner(p256, 'ecdsa-sha256'));
    expect(Buffer.compare(once.subarray(0, base.length), base)).toBe(0);
    expect(Buffer.compare(twice.subarray(0, once.length), once)).toBe(0);
    expect(opensslAccepts(signatureOf(twice, 'NguoiCoThamQuyen1'), rsa)).toBe(true);
    expect(opensslAccepts(signatureOf(twice, 'CoQuan1'), p256)).toBe(true);
  });
});

describe('the signature', () => {
  it.each(algorithms)('is accepted by openssl as CAdES with %s', async (algorithm, key) => {
    const known = testSigner(key, algorithm);
    const found = signatureOf(await sign(samplePdf('table'), { role: 'invisible' }, known), 'ChuKySo1');
    expect(opensslAccepts(found, key)).toBe(true);
    found.signed[3] = (found.signed[3] ?? 0) ^ 1;
    expect(opensslAccepts(found, key)).toBe(false);
  });

  it('carries no signing time in the CMS and its claim in /M with the zone', async () => {
    const bytes = await sign(samplePdf('table'), { role: 'invisible' });
    const text = Buffer.from(bytes).toString('latin1');
    expect(text).toContain("/M (D:20261123030405+07'00')");
    expect(text).toContain('/SubFilter /ETSI.CAdES.detached');
    const cms = Buffer.from(signatureOf(bytes, 'ChuKySo1').cms).toString('hex');
    const signingTime = '06092a864886f70d010905';
    const signingCertificateV2 = '060b2a864886f70d010910022f';
    expect(cms).not.toContain(signingTime);
    expect(cms).toContain(signingCertificateV2);
  });

  it('of another key than the certificate is not used', async () => {
    const other = testSigner(testKey('rsa:2048', '/CN=Khác'), 'rsa-pkcs1-sha256');
    const swapped: KnownSigner = { ...leader, signer: { ...leader.signer, sign: other.signer.sign } };
    expect(await refusal(sign(samplePdf('table'), { role: 'invisible' }, swapped))).toBe(
      'signing-signature-wrong',
    );
  });

  it('is refused for an algorithm the key cannot have made', () => {
    expect(() => testSigner(p256, 'rsa-pkcs1-sha256')).toThrow('signing-certificate-unusable');
    const brainpool = testKey('ec', '/CN=x', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1');
    expect(() => testSigner(brainpool, 'ecdsa-sha256')).toThrow('signing-certificate-unusable');
  });
});

describe('the order to sign', () => {
  const signed = (extra: string, reference = ''): Uint8Array =>
    samplePdf('table', [
      ...pageObjects('', `/AcroForm << /Fields [5 0 R 7 0 R] /SigFlags 3 >> ${extra}`),
      { number: 5, body: '<< /FT /Sig /T (Cu) /V 6 0 R /Subtype /Widget /Rect [0 0 0 0] >>' },
      { number: 6, body: `<< /Type /Sig ${reference} >>` },
      {
        number: 7,
        body: '<< /FT /Sig /T (Trong) /Subtype /Widget /Rect [50 60 250 160] /P 3 0 R /Custom (x) >>',
      },
    ]);
  const transform = (method: string, parameters: string): string =>
    `/Reference [<< /TransformMethod /${method} /TransformParams << ${parameters} >> >>]`;

  it('is refused where the document is certified without any change', async () => {
    const closed = signed('/Perms << /DocMDP 6 0 R >> ', transform('DocMDP', '/P 1'));
    expect(await refusal(() => sign(closed, { role: 'leader' }))).toBe('signing-certified-closed');
    const forms = signed('/Perms << /DocMDP 6 0 R >> ', transform('DocMDP', '/P 2'));
    expect(await refusal(() => sign(forms, { role: 'leader' }))).toBe('none');
  });

  it('fills an empty field that is named, at its own place', async () => {
    const bytes = await sign(signed(''), { role: 'leader' }, leader, { fieldName: 'Trong' });
    const file = openPdf(bytesSource(bytes));
    const field = [...file.fields()].find((one) => one.name === 'Trong');
    expect(field?.dict.entries.get('Custom')).toBeDefined();
    expect(field && entryOf(field.dict, 'Rect')).toMatchObject({ items: [50, 60, 250, 160] });
    expect(field && entryOf(field.dict, 'AP')).toBeDefined();
    expect(opensslAccepts(signatureOf(bytes, 'Trong'), rsa)).toBe(true);
  });

  it('is refused for a field that is absent, signed or locked', async () => {
    const into = (fieldName: string, bytes: Uint8Array): Promise<string> =>
      refusal(() => sign(bytes, { role: 'leader' }, leader, { fieldName }));
    expect(await into('Khac', signed(''))).toBe('signing-field-missing');
    expect(await into('Cu', signed(''))).toBe('signing-field-signed');
    const locked = signed('', transform('FieldMDP', '/Action /Include /Fields [(Trong)]'));
    expect(await into('Trong', locked)).toBe('signing-field-locked');
  });

  it('gives each new field a name of its own', async () => {
    const twice = await sign(await sign(samplePdf('table'), { role: 'leader' }), { role: 'leader' });
    const names = [...openPdf(bytesSource(twice)).fields()].map((one) => one.name);
    expect(names).toEqual(['NguoiCoThamQuyen1', 'NguoiCoThamQuyen2']);
  });

  it('is moved onto the page, and says so, when its place is not wholly there', () => {
    const place = { page: 0, rect: { x: 500, y: 800, width: 200, height: 100 } };
    const ready = readyToSign(
      bytesSource(samplePdf('table')),
      { what: { role: 'leader', place }, time },
      leader,
      {
        font,
      },
    );
    expect(ready.prepared.shown?.rect).toEqual({ x: 395, y: 742, width: 200, height: 100 });
    expect(ready.prepared.warnings).toContain('signing-place-moved');
  });

  it('is refused for a place that is none and a page that is absent', async () => {
    const at = (page: number, rect: Rect): Promise<string> =>
      refusal(() => sign(samplePdf('table'), { role: 'leader', place: { page, rect } }));
    expect(await at(0, { x: 0, y: 0, width: Number.NaN, height: 5 })).toBe('signing-place-outside');
    expect(await at(4, { x: 0, y: 0, width: 5, height: 5 })).toBe('pdf-page-missing');
  });

  it('puts the seal over the left third of the signature of the leader, in its real size', async () => {
    const place = { page: 0, rect: { x: 330, y: 200, width: 150, height: 60 } };
    const bytes = await sign(samplePdf('table'), { role: 'leader', place });
    const texts = [{ x: 60, y: 780, text: 'Số: 12/QĐ-UBND' }];
    const numbered = await sign(bytes, { role: 'number', page: 0, texts });
    const ready = readyToSign(bytesSource(numbered), { what: { role: 'seal' }, time }, leader, { font });
    const { rect } = ready.prepared.shown ?? { rect: undefined };
    expect(rect?.width).toBeCloseTo((36 * 72) / 25.4, 3);
    expect((rect?.x ?? 0) + (rect?.width ?? 0)).toBeCloseTo(380, 3);
    expect((rect?.y ?? 0) + (rect?.height ?? 0) / 2).toBeCloseTo(230, 3);
  });
});

describe('what is shown', () => {
  it('extracts as the Vietnamese text that was asked for, also from decomposed input', async () => {
    const text = 'Số: 45/QĐ-UBND ngày 22 tháng 11 năm 2026 ẵ ậ ữ ợ';
    const texts = [{ x: 60, y: 700, text: text.normalize('NFD') }];
    const bytes = await sign(samplePdf('table'), { role: 'number', page: 0, texts });
    const folder = mkdtempSync(join(tmpdir(), 'van-thu-text-'));
    writeFileSync(join(folder, 'signed.pdf'), bytes);
    const shown = execFileSync('mutool', ['draw', '-F', 'text', 'signed.pdf'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(shown.normalize('NFC')).toContain(text.normalize('NFC'));
  });

  it.each([0, 90, 180, 270])('stands where it was asked for on a page turned by %i degrees', (turn) => {
    const page = `/Rotate ${turn} /CropBox [20 30 575 800] `;
    const place = { page: 0, rect: { x: 100, y: 50, width: 170, height: 60 } };
    const ready = readyToSign(
      bytesSource(samplePdf('table', pageObjects(page))),
      { what: { role: 'leader', place }, time },
      leader,
      { font },
    );
    const text = Buffer.from(ready.prepared.increment).toString('latin1');
    const rects: Record<number, string> = {
      0: '[120 80 290 140]',
      90: '[465 130 525 300]',
      180: '[305 690 475 750]',
      270: '[70 530 130 700]',
    };
    expect(text).toContain(`/Rect ${rects[turn]}`);
    expect(text.includes(`/MK << /R ${turn} >>`)).toBe(turn !== 0);
  });

  it('names the signer in /Name as text', async () => {
    const file = openPdf(bytesSource(await sign(samplePdf('table'), { role: 'invisible' })));
    const [field] = [...file.fields()];
    const value = file.resolve(field?.value);
    const name = isDict(value) ? file.get(value, 'Name') : null;
    expect(isString(name) && textOf(name.bytes)).toBe('Trần Thị Bình');
  });
});
