import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doubleSigner } from './fixtures/cms-edit';
import { type Bodies, basePdf, sign, streamBody, update } from './fixtures/pdf';
import type { Pki } from './fixtures/pki';
import { Trial } from './fixtures/trial';

let trial: Trial;
let pki: Pki;
let signed: Buffer;

beforeAll(() => {
  trial = new Trial();
  ({ pki, signed } = trial);
}, 60_000);

afterAll(() => pki.dispose());

const leader: Trial['leader'] = (file, more) => trial.leader(file, more);
const agency: Trial['agency'] = (file, more) => trial.agency(file, more);
const verdict: Trial['verdict'] = (file) => trial.verdict(file);
const changesOf: Trial['changesOf'] = (file) => trial.changesOf(file);

/** Replaces text of the same length inside the file. */
function edit(file: Uint8Array, from: string, to: string): Buffer {
  const copy = Buffer.from(file);
  const place = copy.lastIndexOf(from);
  if (place < 0) throw new Error(`${from} not found`);
  copy.write(to.padEnd(from.length), place, 'latin1');
  return copy;
}

describe('universal signature forgery', () => {
  const keys: [string, RegExp, string[]][] = [
    [
      'ByteRange',
      /\/ByteRange \[[^\]]*\]/,
      ['null', '[]', '[0 1 2]', '(text)', '[0 -1 2 3]', '[0 10 20 999999999]', '[1 2 3 4]'],
    ],
    ['Contents', /\/Contents <[0-9a-f]*>/, ['null', '<>', '<00>', '(00)', '12', '/Name', '<3000>']],
    ['SubFilter', /\/SubFilter \/[A-Za-z.]*/, ['null', '/None', '(text)', '/adbe.x509.rsa_sha1']],
  ];

  it.each(keys)('never calls a file without its true /%s valid or unsigned', (key, pattern, values) => {
    const text = signed.toString('latin1');
    const found = pattern.exec(text)?.[0] ?? '';
    for (const replacement of ['', `/Other${key} null`, ...values.map((value) => `/${key} ${value}`)]) {
      if (replacement.length > found.length) continue;
      const answer = verdict(edit(signed, found, replacement));
      expect([key, replacement, answer.verdict]).toEqual([key, replacement, 'invalid']);
      expect(answer.signatures[0]?.integrity).toBe('broken');
    }
  });

  it('lists a field whose value leads nowhere or is no dictionary as broken', () => {
    for (const value of ['99 0 R', '7', '(text)', '4 0 R', '[11 0 R]']) {
      const answer = verdict(edit(signed, '/V 11 0 R', `/V ${value}`));
      expect([value, answer.verdict]).toEqual([value, 'invalid']);
    }
  });

  it('does not read a file as unsigned whose way to the signature was damaged', () => {
    for (const [from, to] of [
      ['/V 11 0 R', ''],
      ['/V 11 0 R', '/V null'],
      ['/AcroForm 5 0 R', ''],
      ['/FT /Sig', '/FT /Btn'],
    ] as const) {
      const answer = verdict(edit(signed, from, to));
      expect([from, to, answer.verdict]).toEqual([from, to, 'invalid']);
    }
  });

  it('misses no signature whose field lost its value while another signature stays', () => {
    const two = agency(signed);
    const answer = verdict(edit(two, '/V 13 0 R', '/W 13 0 R'));
    expect(answer.verdict).toBe('invalid');
    expect(answer.signatures.map((one) => one.codes)).toContainEqual(
      expect.arrayContaining(['signature-orphaned']),
    );
  });

  it('takes a signed file inside a stream for what it is', () => {
    const carrier = basePdf({ 30: streamBody('/Type /EmbeddedFile', signed.toString('latin1')) });
    expect(verdict(carrier).verdict).toBe('unsigned');
  });

  it('refuses a signature dictionary with a key twice', () => {
    const twice = leader(basePdf(), { dict: '/SubFilter /ETSI.CAdES.detached' });
    expect(verdict(twice)).toMatchObject({
      verdict: 'invalid',
      signatures: [{ codes: ['signature-unreadable'] }],
    });
  });
});

describe('signature wrapping', () => {
  it('wants the range to start at 0 and the gap to be exactly the contents', () => {
    const ranges: ((range: readonly number[]) => number[])[] = [
      ([, a = 0, b = 0, c = 0]) => [1, a - 1, b, c],
      ([, a = 0, b = 0, c = 0]) => [0, a - 1, b, c],
      ([, a = 0, b = 0, c = 0]) => [0, a + 1, b, c],
      ([, a = 0, b = 0, c = 0]) => [0, a, b + 1, c - 1],
      ([, a = 0, b = 0, c = 0]) => [0, a, b - 1, c + 1],
      ([, a = 0, b = 0, c = 0]) => [0, a, b + 40, c - 40],
    ];
    for (const range of ranges) {
      const file = leader(basePdf(), {
        range: (true_) => `[${range(true_).join(' ')}]`,
        cms: (data) => pki.cms(data),
      });
      expect(verdict(file)).toMatchObject({ verdict: 'invalid', signatures: [{ integrity: 'broken' }] });
    }
  });

  it('refuses a second part of signed bytes moved to the end, with other content between', () => {
    const start = signed.indexOf('/Contents <') + '/Contents '.length;
    const end = signed.indexOf('>', start) + 1;
    const tail = signed.subarray(end);
    const evil = Buffer.from(
      '\n4 0 obj\n<< /Length 20 >>\nstream\nBT (gia mao) Tj ET  \nendstream\nendobj\n',
    );
    const moved = Buffer.concat([signed.subarray(0, end), evil, tail]);
    const range = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(moved.toString('latin1'));
    const newRange = `/ByteRange [0 ${range?.[1]} ${end + evil.length} ${range?.[3]}]`;
    expect(verdict(edit(moved, range?.[0] ?? '', newRange)).verdict).not.toBe('valid');
  });

  it('calls a signature that leaves the tail of its revision out partial, and invalid', () => {
    const file = leader(basePdf(), {
      range: ([, a = 0, b = 0, c = 0]) => `[0 ${a} ${b} ${c - 10}]`,
      cms: (data) => pki.cms(data.subarray(0, -10)),
    });
    expect(changesOf(file)).toMatchObject({ verdict: 'invalid', coverage: 'partial', integrity: 'intact' });
  });

  it('refuses two signers in one signature', () => {
    const file = leader(basePdf(), { cms: (data) => doubleSigner(pki.cms(data)) });
    expect(verdict(file)).toMatchObject({
      verdict: 'invalid',
      signatures: [{ codes: expect.arrayContaining(['signature-signers']) }],
    });
  });

  it('refuses a signature that brings its own content along', () => {
    const file = leader(basePdf(), { cms: (data) => pki.cms(data, { arguments: ['-nodetach'] }) });
    expect(verdict(file).verdict).toBe('invalid');
  });
});

describe('incremental saving', () => {
  const page = '/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 7 0 R >> >>';
  const evil = streamBody('', 'BT /F1 12 Tf 50 700 Td (Cong van gia) Tj ET');

  const attacks: [string, (file: Buffer) => Buffer][] = [
    ['the content stream', (file) => update(file, { 4: evil })],
    [
      'a page that points to other content',
      (file) => update(file, { 3: `<< ${page} /Contents 20 0 R /Annots [6 0 R 10 0 R] >>`, 20: evil }),
    ],
    ['a font', (file) => update(file, { 7: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>' })],
    ['the page tree', (file) => update(file, { 2: '<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>' })],
    [
      'the page box',
      (file) =>
        update(file, { 3: `<< ${page.replace('842', '400')} /Contents 4 0 R /Annots [6 0 R 10 0 R] >>` }),
    ],
    [
      'the catalog’s pages',
      (file) =>
        update(file, {
          1: '<< /Type /Catalog /Pages 20 0 R /AcroForm 5 0 R >>',
          20: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        }),
    ],
    [
      'the root',
      (file) => update(file, { 20: '<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R >>' }, { root: 20 }),
    ],
    [
      'an open action',
      (file) =>
        update(file, {
          1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R /OpenAction << /S /JavaScript /JS (x) >> >>',
        }),
    ],
    ['a freed content stream', (file) => update(file, { 4: undefined })],
    ['the signature dictionary', (file) => update(file, { 11: '<< /Type /Sig >>' })],
    [
      'the appearance of a text whose value stays',
      (file) =>
        update(file, { 8: streamBody('/Type /XObject /Subtype /Form /BBox [0 0 150 20]', 'BT (new) Tj ET') }),
    ],
    [
      'a demand to paint all fields anew',
      (file) =>
        update(file, {
          5: '<< /Fields [6 0 R 10 0 R] /SigFlags 3 /NeedAppearances true /DR << /Font << /F1 7 0 R >> >> >>',
        }),
    ],
    ['the field list', (file) => update(file, { 5: '<< /Fields [10 0 R] >>' })],
    [
      'a new text field',
      (file) =>
        update(file, {
          5: '<< /Fields [6 0 R 10 0 R 20 0 R] /SigFlags 3 /DR << /Font << /F1 7 0 R >> >> >>',
          20: '<< /FT /Tx /T (new) >>',
        }),
    ],
    [
      'an object stream in place of content',
      (file) => update(file, { 4: streamBody('/Type /ObjStm /N 0 /First 0', '') }),
    ],
  ];

  it.each(attacks)('sees %s', (_name, attack) => {
    expect(changesOf(attack(signed))).toMatchObject({
      verdict: 'invalid',
      changes: 'other',
      permitted: false,
    });
    // And still sees it when an honest signature follows.
    expect(verdict(agency(attack(signed))).verdict).not.toBe('valid');
  });

  it('sees junk after the end, with and without the look of an update', () => {
    for (const tail of ['junk', '\n%%EOF junk', '4 0 obj\n<<>>\nendobj\n', '\nxref\n0 1\ntrailer\n<<>>\n']) {
      const answer = changesOf(Buffer.concat([signed, Buffer.from(tail)]));
      expect([tail, answer.verdict, answer.permitted]).toEqual([tail, 'invalid', false]);
      expect(answer.codes).toContain('changes-trailing-data');
    }
  });

  it('takes white space after the end for what it is', () => {
    expect(changesOf(Buffer.concat([signed, Buffer.from('\r\n\n  ')]))).toMatchObject({
      verdict: 'valid',
      coverage: 'whole-file',
    });
  });

  it('sees a later trailer whose chain passes the signed revision by', () => {
    const base = basePdf();
    const place = base.toString('latin1').lastIndexOf('startxref\n') + 10;
    const oldTable = Number(base.toString('latin1', place).trim().split('\n')[0]);
    const table = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 12 /Root 1 0 R /Prev ${oldTable} >>\nstartxref\n${signed.length}\n%%EOF\n`;
    const answer = verdict(Buffer.concat([signed, Buffer.from(table)]));
    expect(answer.verdict).not.toBe('valid');
  });

  it('sees objects that lay hidden in the signed bytes until a later table lists them', () => {
    const hidden = '20 0 obj\n<< /Length 9 >>\nstream\nBT ET    \nendstream\nendobj\n';
    const base = Buffer.from(basePdf().toString('latin1').replace('5 0 obj', `${hidden}5 0 obj`), 'latin1');
    const shifted = rebuild(base);
    const file = leader(shifted);
    expect(verdict(file).verdict).toBe('valid');
    const offset = String(file.indexOf('20 0 obj')).padStart(10, '0');
    const attack = update(file, { 30: 'null' }, { extraEntries: `4 1\n${offset} 00000 n \n` });
    expect(changesOf(attack)).toMatchObject({ changes: 'other', permitted: false });
  });

  it('sees an object that the signed table placed beyond the signed bytes', () => {
    const bodies: Bodies = { 3: `<< ${page} /Contents [4 0 R 25 0 R] /Annots [6 0 R] >>` };
    const beyond = 60_000;
    const base = update(basePdf(), bodies, {
      extraEntries: `25 1\n${String(beyond).padStart(10, '0')} 00000 n \n`,
    });
    const prepared = sign(base, {
      numbers: [10, 11],
      name: 'Sig1',
      fields: [6],
      cms: (data) => pki.cms(data),
      also: bodies,
    });
    expect(prepared.length).toBeLessThan(beyond);
    const object = `25 0 obj\n${evil}\nendobj\n`;
    const filler = Buffer.alloc(beyond - prepared.length, 10);
    const attack = Buffer.concat([prepared, filler, Buffer.from(object)]);
    const finished = update(attack, { 30: 'null' });
    expect(verdict(finished).verdict).not.toBe('valid');
    expect(verdict(attack).verdict).not.toBe('valid');
  });

  it('sees a reference that led nowhere when it was signed and leads somewhere now', () => {
    const bodies: Bodies = { 3: `<< ${page} /Contents [4 0 R 25 0 R] /Annots [6 0 R] >>` };
    const prepared = sign(update(basePdf(), bodies), {
      numbers: [10, 11],
      name: 'Sig1',
      fields: [6],
      cms: (data) => pki.cms(data),
      also: { 3: `<< ${page} /Contents [4 0 R 25 0 R] /Annots [6 0 R 10 0 R] >>` },
    });
    expect(verdict(prepared).verdict).toBe('valid');
    expect(changesOf(update(prepared, { 25: evil }))).toMatchObject({ changes: 'other', permitted: false });
  });

  it('sees validation data that is page content under another name', () => {
    const shared = leader(basePdf(), { catalog: '/DSS << /Certs [4 0 R] >>' });
    expect(verdict(shared).verdict).toBe('valid');
    expect(changesOf(update(shared, { 4: evil }))).toMatchObject({ changes: 'other' });
  });

  it('lists a signature that a later revision took away', () => {
    const removed = update(signed, {
      10: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sig1) /F 132 /P 3 0 R /Rect [0 0 0 0] >>',
    });
    expect(verdict(removed)).toMatchObject({
      verdict: 'invalid',
      signatures: [{ field: 'Sig1', changes: 'other' }],
    });
  });
});

/** Writes a file's objects into a fresh file, so that its table is right again. */
function rebuild(file: Buffer): Buffer {
  const text = file.toString('latin1');
  const bodies: Record<number, string> = {};
  for (const found of text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj\n/g)) {
    const [, number = '', body = ''] = found;
    if (number !== '20') bodies[Number(number)] = body;
  }
  const hidden = /20 0 obj\n[\s\S]*?endobj\n/.exec(text)?.[0] ?? '';
  const whole = update(Buffer.from(`%PDF-1.7\n${hidden}`, 'latin1'), bodies);
  return whole;
}

describe('any flipped byte', () => {
  it('in the signed bytes makes the file anything but valid, and in the padding never more than it was', () => {
    const file = agency(signed);
    expect(verdict(file).verdict).toBe('valid');
    fc.assert(
      fc.property(fc.nat({ max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), (place, mask) => {
        const copy = Buffer.from(file);
        copy[place] = (copy[place] ?? 0) ^ mask;
        const answer = verdict(copy);
        const inGap = gaps(file).some(([start, end]) => place >= start && place < end);
        if (!inGap) expect(['invalid', 'unreadable']).toContain(answer.verdict);
      }),
      { numRuns: 1500 },
    );
  }, 120_000);

  it('and any bytes at all end in a verdict, never in a crash', () => {
    fc.assert(
      fc.property(fc.nat({ max: signed.length - 8 }), fc.uint8Array({ maxLength: 300 }), (place, bytes) => {
        const cut = Buffer.concat([signed.subarray(0, place), bytes]);
        expect(verdict(cut).verdict).not.toBe('valid');
      }),
      { numRuns: 500 },
    );
  }, 120_000);
});

/** The places of /Contents, which no digest of its own signature covers; the later signature covers the earlier one. */
function gaps(file: Buffer): [number, number][] {
  const text = file.toString('latin1');
  const last = [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) \d+\]/g)].at(-1);
  return last === undefined ? [] : [[Number(last[1]), Number(last[2])]];
}
