import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { codeOf } from '../../preload/contract/failure';
import {
  addAnnotation,
  addField,
  dictOf,
  entryOf,
  Increment,
  isStream,
  isString,
  openPdf,
  type PdfFile,
  textOf,
  textSyntax,
} from './index';
import { passwordBytes, saslPrepared } from './password';
import { rc4 } from './rc4';
import { pageObjects, samplePdf } from './sample-pdf';
import { sealedSyntax } from './seal';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.pdf`)));

const open = (bytes: Uint8Array, password?: string): PdfFile =>
  openPdf(bytesSource(bytes), password === undefined ? {} : { password });

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return codeOf(error);
  }
  return 'none';
}

/** What the samples hold: the page's text, the field's name and value, the metadata. */
function contentOf(file: PdfFile): readonly string[] {
  const page = file.page(0);
  const text = file.resolve(entryOf(page.dict, 'Contents'));
  const metadata = file.get(file.catalog.dict, 'Metadata');
  const [field] = [...file.fields()];
  const value = field === undefined ? null : file.resolve(field.value);
  if (!isStream(text) || !isStream(metadata) || !isString(value)) return [];
  const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  return [latin(file.decoded(text)), field?.name ?? '', textOf(value.bytes), latin(file.decoded(metadata))];
}

const content = ['BT /F1 14 Tf 100 700 Td (QUYET DINH) Tj ET', 'Ghi chu', 'Mat', '<x:meta/>'];

const samples = [
  { name: 'rc4-40', user: 'usr', owner: 'own' },
  { name: 'rc4-128', user: 'usr', owner: 'own' },
  { name: 'rc4-crypt-filter', user: 'usr', owner: 'own' },
  { name: 'aes-128', user: 'usr', owner: 'own' },
  { name: 'aes-256-r5', user: 'usr', owner: 'own' },
  { name: 'aes-256', user: 'Mật khẩu', owner: 'chủ' },
] as const;

describe.each(samples)('$name', ({ name, user, owner }) => {
  it('opens with the password of the user and of the owner', () => {
    for (const password of [user, owner]) expect(contentOf(open(fixture(name), password))).toEqual(content);
  });

  it('says whether a password is missing or wrong', () => {
    expect(refusal(() => open(fixture(name)))).toBe('pdf-password-needed');
    expect(refusal(() => open(fixture(name), 'other'))).toBe('pdf-password-wrong');
  });

  it('takes an update whose strings and streams nobody reads without the password', () => {
    const bytes = fixture(name);
    const file = open(bytes, user);
    const increment = new Increment(file);
    const [field, form] = [increment.allocate(), increment.allocate()];
    increment.putStream(form, '/Subtype /Form /BBox [0 0 9 9] /Note (Mat ma)', Buffer.from('(So 12/QD) Tj'));
    increment.put(
      field,
      `<< /Subtype /Widget /FT /Tx /T (Moi (1\\)) ) /V ${textSyntax('Số 12')} /Rect [0 0 9 9] ` +
        `/AP << /N ${form.number} 0 R >> >>`,
    );
    addAnnotation(file, increment, file.page(0), field);
    addField(file, increment, field);
    const all = new Uint8Array(Buffer.concat([bytes, increment.finish(new Uint8Array(16)).bytes]));
    const added = Buffer.from(all).toString('latin1').slice(bytes.length);
    expect(added).not.toContain('So 12');
    expect(added).not.toContain('Moi');
    expect(Buffer.compare(all.subarray(0, bytes.length), bytes)).toBe(0);
    for (const password of [user, owner]) {
      const again = open(all, password);
      expect(contentOf(again)).toEqual(content);
      const [, made] = [...again.fields()];
      expect(made?.name).toBe('Moi (1)) ');
      const value = again.resolve(made?.value);
      expect(isString(value) && textOf(value.bytes)).toBe('Số 12');
      const stream = again.object(form.number)?.value;
      expect(stream !== undefined && isStream(stream) && Buffer.from(again.decoded(stream)).toString()).toBe(
        '(So 12/QD) Tj',
      );
      // What stood in the form stays readable, also when it came out of an object stream.
      const appearance = entryOf(again.acroForm()?.dict ?? again.trailer, 'DA');
      expect(isString(appearance) && textOf(appearance.bytes)).toBe('/F1 0 Tf');
    }
    expect(entryOf(open(all, user).trailer, 'Encrypt')).toEqual(entryOf(file.trailer, 'Encrypt'));
    expect(refusal(() => open(all))).toBe('pdf-password-needed');
  });

  it('leaves the contents of a signature as they are', () => {
    const bytes = fixture(name);
    const file = open(bytes, user);
    const increment = new Increment(file);
    const ref = increment.allocate();
    const gap = Buffer.from('<00aa00aa>', 'latin1');
    increment.put(ref, '<< /Type /Sig /ByteRange [0 1 2 3] /Contents ', gap, ' /Name (An) >>');
    const all = new Uint8Array(Buffer.concat([bytes, increment.finish(new Uint8Array(16)).bytes]));
    const dict = dictOf(open(all, user).object(ref.number));
    const text = (key: string): string => {
      const value = dict === undefined ? undefined : entryOf(dict, key);
      return isString(value) ? Buffer.from(value.bytes).toString('latin1') : '';
    };
    expect([text('Contents'), text('Name')]).toEqual(['\0\xaa\0\xaa', 'An']);
  });
});

describe('an encrypted file', () => {
  it("that needs no password opens without one, with its owner's, and with any given for other files", () => {
    for (const password of [undefined, 'own', 'any']) {
      const file = open(fixture('aes-256-open'), password);
      expect(contentOf(file)).toEqual(content);
      expect(file.encryption?.restricted).toBe(password !== 'own');
    }
    expect(open(fixture('aes-256'), 'chủ').encryption?.restricted).toBe(false);
  });

  it('stays readable in every revision', () => {
    const bytes = fixture('aes-128');
    const file = open(bytes, 'usr');
    const increment = new Increment(file);
    increment.put(increment.allocate(), '(x)');
    const all = new Uint8Array(Buffer.concat([bytes, increment.finish(new Uint8Array(16)).bytes]));
    const newest = open(all, 'own');
    const before = newest.asOf(0);
    expect([...before.fields()].map((one) => one.name)).toEqual(['Ghi chu']);
  });

  const withEncrypt = (dict: string, trailer = ''): Uint8Array =>
    samplePdf('table', [...pageObjects(), { number: 9, body: dict }], {
      trailer: `/Encrypt 9 0 R ${trailer}`,
    });
  const long = '0'.repeat(96);
  const sealed = `/O <${long}> /U <${long}> /P -4`;

  it.each([
    ['a handler of certificates', '<< /Filter /Adobe.PubSec /V 4 >>', 'pdf-encryption-unsupported'],
    ['an unknown version', `<< /Filter /Standard /V 6 /R 7 ${sealed} >>`, 'pdf-encryption-unsupported'],
    [
      'a revision that is not of its version',
      `<< /Filter /Standard /V 2 /R 6 ${sealed} >>`,
      'pdf-encryption-unsupported',
    ],
    [
      'an unknown crypt filter',
      `<< /Filter /Standard /V 5 /R 6 ${sealed} /StmF /A /StrF /A /CF << /A << /CFM /AESV4 >> >> >>`,
      'pdf-encryption-unsupported',
    ],
    [
      'a crypt filter that is not there',
      `<< /Filter /Standard /V 4 /R 4 ${sealed} /StmF /A /StrF /A >>`,
      'pdf-encryption-unsupported',
    ],
    [
      'keys that are cut off',
      '<< /Filter /Standard /V 2 /R 3 /O <00> /U <00> /P -4 >>',
      'pdf-encryption-damaged',
    ],
    [
      'no permissions',
      `<< /Filter /Standard /V 2 /R 3 /O <${long}> /U <${long}> >>`,
      'pdf-encryption-damaged',
    ],
    ['no dictionary', '[ ]', 'pdf-encryption-damaged'],
  ])('with %s is refused with its own code', (_, dict, code) => {
    expect(refusal(() => open(withEncrypt(dict)))).toBe(code);
  });

  it('with an integrity code over the whole file is refused: an update would break it', () => {
    const standard = `<< /Filter /Standard /V 2 /R 3 ${sealed} >>`;
    expect(refusal(() => open(withEncrypt(standard, '/AuthCode << >> ')))).toBe('pdf-mac-protected');
    const salted = `<< /Filter /Standard /V 5 /R 6 ${sealed} /KDFSalt <00> >>`;
    expect(refusal(() => open(withEncrypt(salted)))).toBe('pdf-mac-protected');
  });

  it('whose key cannot open its permissions is refused', () => {
    const text = Buffer.from(fixture('aes-256-open')).toString('latin1');
    const place = text.indexOf('/Perms <') + 8;
    const broken = `${text.slice(0, place)}${'0'.repeat(32)}${text.slice(place + 32)}`;
    expect(place).toBeGreaterThan(8);
    expect(refusal(() => open(new Uint8Array(Buffer.from(broken, 'latin1'))))).toBe('pdf-encryption-damaged');
  });

  it('ends in a code however its bytes are changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(1800), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        ({ name, user }, changes) => {
          const bytes = fixture(name);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          expect(refusal(() => contentOf(open(bytes, user)))).not.toBe('internal');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('RC4', () => {
  it('gives the values that are published for it', () => {
    const hex = (key: string, text: string): string =>
      Buffer.from(rc4(Buffer.from(key), Buffer.from(text))).toString('hex');
    expect(hex('Key', 'Plaintext')).toBe('bbf316e8d940af0ad3');
    expect(hex('Wiki', 'pedia')).toBe('1021bf0420');
    expect(hex('Secret', 'Attack at dawn')).toBe('45a01f645fc35b383552544b9bf5');
  });
});

describe('a password', () => {
  it('is prepared as RFC 4013 shows', () => {
    expect(saslPrepared('I\u00adX')).toBe('IX');
    expect(saslPrepared('\u00aa')).toBe('a');
    expect(saslPrepared('\u2168')).toBe('IX');
    expect(saslPrepared('a\u00a0b')).toBe('a b');
  });

  it('is tried in the encoding of its revision, each form once', () => {
    const hex = (password: string, revision: number): string[] =>
      passwordBytes(password, revision).map((bytes) => Buffer.from(bytes).toString('hex'));
    expect(hex('abc', 3)).toEqual(['616263']);
    expect(hex('é', 3)).toEqual(['e9', 'c3a9']);
    expect(hex('ậ', 4)[0]).toBe('e1baad');
    expect(hex('a\u0323\u0302', 6)[0]).toBe('e1baad');
    expect(passwordBytes('x'.repeat(200), 6)[0]).toHaveLength(127);
    expect(passwordBytes('x'.repeat(200), 4)[0]).toHaveLength(32);
  });
});

describe('the strings of syntax', () => {
  const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 255);

  it('are changed wherever they stand, and nothing else is', () => {
    expect(sealedSyntax('<< /A (a\\)) /B [<00ff> 1 0 R] /C << /D true >> >>', flipped)).toBe(
      '<< /A <9ed6> /B [<ff00> 1 0 R] /C << /D true >> >>',
    );
    expect(sealedSyntax('/A#28 1 % (no string)\n/B null', flipped)).toBe('/A#28 1 % (no string)\n/B null');
  });

  it('come back when they are changed twice', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (strings) => {
        const syntax = strings.map((bytes) => `<${Buffer.from(bytes).toString('hex')}>`).join(' /N ');
        expect(sealedSyntax(sealedSyntax(syntax, flipped), flipped)).toBe(syntax);
      }),
    );
  });

  it('that no block cipher made are read as they stand', () => {
    const file = open(fixture('aes-128'), 'usr');
    const odd = Buffer.from('not encrypted');
    expect(file.encryption?.openString({ number: 1, generation: 0 }, odd)).toBe(odd);
    const key = { number: 70_000, generation: 2 };
    const sealed = file.encryption?.sealString(key, odd) ?? odd;
    expect(sealed).toHaveLength(32);
    expect(Buffer.from(file.encryption?.openString(key, sealed) ?? [])).toEqual(odd);
  });
});
