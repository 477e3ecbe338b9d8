// Signing where an author or an earlier signer set terms: certification, locks, seed values, usage rights, fields that stand
// there. What is signed passes verification whole; what is not is refused before anything is signed.
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { codeOf } from '../../preload/contract/failure';
import { entryOf, isDict, isString, openPdf, textOf } from '../pdf';
import { pageObjects, type SampleObject, samplePdf } from '../pdf/sample-pdf';
import {
  completeSignature,
  type ReadyToSign,
  type RoleRequest,
  readyToSign,
  type SigningOrder,
  waitingPlaceOn,
} from '../signing';
import { testFont, testKey, testSigner } from '../signing/test-signers';
import { verifyPdf } from '../verifying';
import { checkVerdict } from './sign-judge';

const font = testFont();
const time = new Date('2026-03-02T03:04:05Z');
const key = testKey('ec', '/C=VN/O=UBND tỉnh/CN=Trần Thị Bình', '-pkeyopt', 'ec_paramgen_curve:P-256');
const other = testKey('ec', '/C=VN/O=Khác/CN=Người khác', '-pkeyopt', 'ec_paramgen_curve:P-256');
const known = testSigner(key, 'ecdsa-sha256');
const leader: RoleRequest = { role: 'leader' };

function verdict(bytes: Uint8Array) {
  const given = { anchors: [], intermediates: [], crls: [], ocspResponses: [], now: time };
  return verifyPdf(bytesSource(bytes), given).verdict;
}

interface Signed {
  readonly bytes: Uint8Array;
  readonly ready: ReadyToSign;
}

/** Signs, and lets the whole be judged as the command line does before it publishes. */
async function signed(
  bytes: Uint8Array,
  more: Partial<SigningOrder> = {},
  what: RoleRequest = leader,
): Promise<Signed> {
  const before = verdict(bytes);
  const ready = readyToSign(bytesSource(bytes), { what, time, ...more }, known, { font });
  const output = new Uint8Array(Buffer.concat([bytes, await completeSignature(ready, known)]));
  checkVerdict(verdict(output), ready, before);
  return { bytes: output, ready };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'signed',
    (error: unknown) => codeOf(error),
  );
}

const widget = (number: number, name: string, extra = ''): SampleObject => ({
  number,
  body: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /P 3 0 R /Rect [50 60 250 160] ${extra} >>`,
});

/** A form of signature fields, and whatever else is given. */
function form(
  fields: readonly SampleObject[],
  catalog = '',
  others: readonly SampleObject[] = [],
): Uint8Array {
  const refs = fields.map((one) => `${one.number} 0 R`).join(' ');
  const page = pageObjects(`/Annots [${refs}] `, `/AcroForm << /Fields [${refs}] >> ${catalog}`);
  return samplePdf('table', [...page, ...fields, ...others]);
}

/** A signature by which an author certified, or a signer locked: as a dictionary only, it proves nothing. */
const certifying = (p: number): SampleObject => ({
  number: 20,
  body: `<< /Type /Sig /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /P ${p} /V /1.2 >> >>] >>`,
});
const certified = (p: number, fields: readonly SampleObject[]): Uint8Array =>
  form([widget(5, 'TacGia', '/V 20 0 R'), ...fields], '/Perms << /DocMDP 20 0 R >> ', [certifying(p)]);

const fieldOf = (bytes: Uint8Array, name: string) =>
  [...openPdf(bytesSource(bytes)).fields()].find((one) => one.name === name);

describe('a certified document', () => {
  it('that allows nothing is refused, visible or not, in a new field or one that waits', async () => {
    const closed = certified(1, [widget(6, 'Ky')]);
    for (const what of [leader, { role: 'invisible' } as const])
      expect(await refusal(signed(closed, {}, what))).toBe('signing-certified-closed');
    expect(await refusal(signed(closed, { fieldName: 'Ky' }))).toBe('signing-certified-closed');
  });

  it.each([2, 3])('(P=%i) is signed in the one field that waits, and says so', async (p) => {
    const { bytes, ready } = await signed(certified(p, [widget(6, 'Ky')]));
    expect(ready.prepared.fieldName).toBe('Ky');
    expect(ready.prepared.warnings).toContain('signing-field-chosen');
    expect(fieldOf(bytes, 'Ky')?.dict.entries.has('AP')).toBe(true);
  });

  it('with several fields that wait is signed in the one that is named', async () => {
    const two = certified(2, [widget(6, 'Ky'), widget(7, 'Nhay')]);
    expect(await refusal(signed(two))).toBe('signing-certified-fields');
    const { ready } = await signed(two, { fieldName: 'Nhay' });
    expect(ready.prepared.warnings).not.toContain('signing-field-chosen');
  });

  it('without such a field takes a signature that shows nothing, and no other', async () => {
    expect(await refusal(signed(certified(2, [])))).toBe('signing-certified-fields');
    expect(await refusal(signed(certified(2, []), {}, { role: 'invisible' }))).toBe('signed');
  });
});

describe('locks', () => {
  const locking = (parameters: string): SampleObject => ({
    number: 20,
    body: `<< /Type /Sig /Reference [<< /TransformMethod /FieldMDP /TransformParams << ${parameters} >> >>] >>`,
  });
  const lockedBy = (parameters: string): Uint8Array =>
    form([widget(5, 'Truoc', '/V 20 0 R'), widget(6, 'Ky'), widget(7, 'Nhay')], '', [locking(parameters)]);

  it.each([
    ['/Action /All', 'signing-field-locked', 'signing-field-locked'],
    ['/Action /Include /Fields [(Ky)]', 'signing-field-locked', 'signed'],
    ['/Action /Exclude /Fields [(Ky)]', 'signed', 'signing-field-locked'],
    ['/Action /Later', 'signing-field-locked', 'signing-field-locked'],
    ['', 'signing-field-locked', 'signing-field-locked'],
  ])('of an earlier signature (%s) hold for the fields they name', async (parameters, ky, nhay) => {
    expect(await refusal(signed(lockedBy(parameters), { fieldName: 'Ky' }))).toBe(ky);
    expect(await refusal(signed(lockedBy(parameters), { fieldName: 'Nhay' }))).toBe(nhay);
  });

  it('that stand at a signed field alone hold as well', async () => {
    const lock = '/Lock << /Type /SigFieldLock /Action /Include /Fields [(Ky)] >>';
    const bytes = form([widget(5, 'Truoc', `/V 20 0 R ${lock}`), widget(6, 'Ky')], '', [
      { number: 20, body: '<< /Type /Sig >>' },
    ]);
    expect(await refusal(signed(bytes, { fieldName: 'Ky' }))).toBe('signing-field-locked');
    expect(await refusal(signed(bytes))).toBe('signed');
  });

  it.each(['All', 'Include /Fields [(Nhay)]', 'Exclude /Fields [(Ten)]'])(
    'of the field that is signed (%s) are written into its signature, and hold for the next',
    async (action) => {
      const lock = `/Lock << /Type /SigFieldLock /Action /${action} >>`;
      const first = await signed(form([widget(6, 'Ky', lock), widget(7, 'Nhay')]), { fieldName: 'Ky' });
      expect(Buffer.from(first.bytes).toString('latin1')).toContain('/TransformMethod /FieldMDP');
      expect(await refusal(signed(first.bytes, { fieldName: 'Nhay' }))).toBe('signing-field-locked');
      expect(await refusal(signed(first.bytes))).toBe('signed');
    },
  );

  it('with P = 1 close the document once their field is signed', async () => {
    const lock = '/Lock << /Action /All /P 1 >>';
    const first = await signed(form([widget(6, 'Ky', lock)]), { fieldName: 'Ky' });
    expect(await refusal(signed(first.bytes))).toBe('signing-certified-closed');
    expect(await refusal(signed(form([widget(6, 'Ky', lock)])))).toBe('signed');
  });
});

describe('seed values', () => {
  const seeded = (values: string, more: Partial<SigningOrder> = {}): Promise<Signed> =>
    signed(form([widget(6, 'Ky', `/SV << /Type /SV ${values} >>`)]), { fieldName: 'Ky', ...more });
  const hex = (bytes: Uint8Array): string => `<${Buffer.from(bytes).toString('hex')}>`;

  it.each([
    ['/Ff 1 /Filter /Adobe.PPKLite', 'signed'],
    ['/Ff 1 /Filter /Entrust.PPKEF', 'signing-field-condition'],
    ['/Filter /Entrust.PPKEF', 'signed'],
    ['/Ff 2 /SubFilter [/adbe.pkcs7.detached /ETSI.CAdES.detached]', 'signed'],
    ['/Ff 2 /SubFilter [/adbe.pkcs7.detached]', 'signing-field-condition'],
    ['/SubFilter [/adbe.pkcs7.detached]', 'signed'],
    ['/Ff 4 /V 2', 'signed'],
    ['/Ff 4 /V 9', 'signing-field-condition'],
    ['/Ff 64 /DigestMethod [(SHA1) (SHA256)]', 'signed'],
    ['/Ff 64 /DigestMethod [(SHA512)]', 'signing-field-condition'],
    ['/DigestMethod [(SHA512)]', 'signed'],
    ['/MDP << /P 0 >>', 'signed'],
    ['/MDP << /P 2 >>', 'signing-field-certifies'],
    ['/TimeStamp << /URL (http://tsa.example) /Ff 0 >>', 'signed'],
    ['/TimeStamp << /URL (http://tsa.example) /Ff 1 >>', 'signing-field-condition'],
    ['/Ff 32 /AddRevInfo true', 'signing-field-condition'],
    ['/Ff 32 /AddRevInfo false', 'signed'],
    ['/Ff 128 /LockDocument /true', 'signing-field-condition'],
    ['/Ff 128 /LockDocument /auto', 'signed'],
    ['/Ff 256 /AppearanceFilter (Logo)', 'signing-field-condition'],
    ['/AppearanceFilter (Logo)', 'signed'],
  ])('%s: %s', async (values, outcome) => {
    expect(await refusal(seeded(values))).toBe(outcome);
  });

  it.each([
    ['(A)', undefined, 'A'],
    ['(A) (B)', 'B', 'B'],
    ['(.)', undefined, undefined],
    ['', undefined, undefined],
  ])('with reasons (%s) and %s given, write %s', async (reasons, given, written) => {
    const order = given === undefined ? {} : { reason: given };
    const { bytes } = await seeded(`/Ff 8 /Reasons [${reasons}]`, order);
    const value = openPdf(bytesSource(bytes)).resolve(fieldOf(bytes, 'Ky')?.value);
    const reason = isDict(value) ? entryOf(value, 'Reason') : undefined;
    expect(isString(reason) ? textOf(reason.bytes) : undefined).toBe(written);
  });

  it('with reasons refuse another, none where there is a choice, and any where none may be written', async () => {
    const reasons = (list: string, reason?: string): Promise<string> =>
      refusal(seeded(`/Ff 8 /Reasons [${list}]`, reason === undefined ? {} : { reason }));
    expect(await reasons('(A) (B)', 'C')).toBe('signing-field-reason');
    expect(await reasons('(A) (B)')).toBe('signing-field-reason');
    expect(await reasons('(.)', 'C')).toBe('signing-field-reason');
  });

  it.each([
    ['/Ff 1 /Subject', [hex(key.certificate)], [hex(other.certificate)]],
    ['/Ff 2 /Issuer', [hex(key.certificate)], [hex(other.certificate), '(x)']],
    ['/Ff 8 /SubjectDN', ['<< /CN (x) >>', '<< /C (VN) >>'], ['<< /C (VN) /O (Kh) >>', '<< /XX (y) >>']],
    ['/Ff 32 /KeyUsage', ['(0)', '(11)', '(X1XXXXX)'], ['(0)', '(10)']],
  ])('%s of the certificate is met or refused', async (head, met, unmet) => {
    const wanted = (list: readonly string[]): Promise<string> =>
      refusal(seeded(`/Cert << /Type /SVCert ${head} [${list.join(' ')}] >>`));
    expect(await wanted(met)).toBe('signed');
    expect(await wanted(unmet)).toBe('signing-field-certificate');
    expect(await refusal(seeded(`/Cert << ${head.replace(/\/Ff \d+/, '')} [${unmet.join(' ')}] >>`))).toBe(
      'signed',
    );
  });

  it('ask for a policy that nobody here can prove: refused', async () => {
    expect(await refusal(seeded('/Cert << /Ff 4 /OID [(1.2.3)] >>'))).toBe('signing-field-certificate');
    expect(new X509Certificate(key.certificate).subject).toContain('Trần Thị Bình');
  });
});

describe('a field that stands there', () => {
  it('is signed where its very place is asked for, and not where another is', async () => {
    const at = (x: number): RoleRequest => ({
      role: 'leader',
      place: { page: 0, rect: { x, y: 60, width: 200, height: 100 } },
    });
    const bytes = form([widget(6, 'Ky')]);
    const there = await signed(bytes, {}, at(50.4));
    expect([there.ready.prepared.fieldName, there.ready.prepared.warnings]).toEqual(['Ky', []]);
    const beside = await signed(bytes, {}, at(90));
    expect(beside.ready.prepared.fieldName).toBe('NguoiCoThamQuyen1');
  });

  it('is proposed where it is the only one that waits, may be signed and has a place', () => {
    const proposed = (bytes: Uint8Array) => waitingPlaceOn(openPdf(bytesSource(bytes)));
    expect(proposed(form([widget(6, 'Ky')]))).toEqual({
      field: 'Ky',
      page: 0,
      rect: { x: 50, y: 60, width: 200, height: 100 },
    });
    expect(proposed(form([widget(6, 'Ky'), widget(7, 'Nhay')]))).toBeUndefined();
    expect(proposed(form([]))).toBeUndefined();
    const flat = { number: 7, body: '<< /FT /Sig /T (An) /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>' };
    expect(proposed(form([widget(6, 'Ky'), flat]))?.field).toBe('Ky');
  });

  it('with no size is signed without a picture, and says so', async () => {
    const bytes = form([
      { number: 6, body: '<< /FT /Sig /T (Ky) /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>' },
    ]);
    const { ready } = await signed(bytes, { fieldName: 'Ky' });
    expect([ready.prepared.shown, ready.prepared.warnings.includes('signing-field-hidden')]).toEqual([
      undefined,
      true,
    ]);
    const asked = await signed(bytes, { fieldName: 'Ky' }, { role: 'invisible' });
    expect(asked.ready.prepared.warnings).not.toContain('signing-field-hidden');
  });

  it('whose page is not in the document is signed without a picture, and says so', async () => {
    const bytes = form([{ number: 6, body: widget(6, 'Ky').body.replace('/P 3 0 R', '/P 30 0 R') }]);
    const { ready } = await signed(bytes, { fieldName: 'Ky' });
    expect([ready.prepared.shown, ready.prepared.warnings.includes('signing-field-hidden')]).toEqual([
      undefined,
      true,
    ]);
  });

  it('with several widgets shows its picture in the first', async () => {
    const kid = (number: number, x: number): SampleObject => ({
      number,
      body: `<< /Type /Annot /Subtype /Widget /Parent 6 0 R /P 3 0 R /Rect [${x} 60 ${x + 150} 160] >>`,
    });
    const bytes = samplePdf('table', [
      ...pageObjects('/Annots [7 0 R 8 0 R] ', '/AcroForm << /Fields [6 0 R] >> '),
      { number: 6, body: '<< /FT /Sig /T (Ky) /Kids [7 0 R 8 0 R] >>' },
      kid(7, 50),
      kid(8, 300),
    ]);
    const { ready, bytes: output } = await signed(bytes, { fieldName: 'Ky' });
    expect(ready.prepared.shown?.rect.x).toBe(50);
    const shows = fieldOf(output, 'Ky')?.widgets.map((one) => one.dict.entries.has('AP'));
    expect(shows).toEqual([true, false]);
  });

  it('without any widget is signed without a picture', async () => {
    const bytes = samplePdf('table', [
      ...pageObjects('', '/AcroForm << /Fields [6 0 R] >> '),
      { number: 6, body: '<< /FT /Sig /T (Ky) >>' },
    ]);
    expect((await signed(bytes, { fieldName: 'Ky' })).ready.prepared.shown).toBeUndefined();
  });
});

it('usage rights of Reader do not keep a document from being signed, and are spoken of', async () => {
  const bytes = form([], '/Perms << /UR3 20 0 R >> ', [
    { number: 20, body: '<< /Type /Sig /Reference [<< /TransformMethod /UR3 >>] >>' },
  ]);
  expect((await signed(bytes)).ready.prepared.warnings).toContain('signing-usage-rights');
});
