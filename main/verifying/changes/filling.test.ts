import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bodies, basePdf, streamBody, update } from '../fixtures/pdf';
import type { Pki } from '../fixtures/pki';
import { Trial } from '../fixtures/trial';

let trial: Trial;
let pki: Pki;

beforeAll(() => {
  trial = new Trial();
  ({ pki } = trial);
}, 120_000);

afterAll(() => pki.dispose());

const place = '/Rect [50 50 200 70]';
const widget = (more: string): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Tx /T (note) /P 3 0 R ${more} >>`;
const form = '/Type /XObject /Subtype /Form /BBox [0 0 150 20]';
const shown = (content: string, resources = ''): string =>
  streamBody(`${form} /Resources << ${resources} >>`, content);

/** The signed file with its text field filled with 318, some of it done otherwise. */
const filled = (bodies: Bodies, signed = trial.signed) =>
  trial.changesOf(
    update(signed, {
      6: widget(`/V (318) ${place} /AP << /N 30 0 R >>`),
      30: shown('/Tx BMC q BT /F1 12 Tf 2 4 Td (318) Tj ET Q EMC', '/Font << /F1 7 0 R >>'),
      ...bodies,
    }),
  );

const refused = { verdict: 'invalid', changes: 'other', permitted: false };
const differing = { ...refused, codes: expect.arrayContaining(['changes-appearance-differs']) };

describe('filling a text field after a signature', () => {
  it('is permitted where the field shows its value', () => {
    expect(filled({})).toMatchObject({ verdict: 'valid', changes: 'form', permitted: true });
    const spaced = shown('BT [(3) -20 (1)] TJ 5 0 Td <38> Tj ET');
    expect(filled({ 30: spaced })).toMatchObject({ changes: 'form', permitted: true });
  });

  it.each([
    ['another place', widget('/V (318) /Rect [50 500 300 700] /AP << /N 30 0 R >>')],
    ['other flags', widget(`/V (318) /F 2 ${place} /AP << /N 30 0 R >>`)],
    ['an action', widget(`/V (318) ${place} /AP << /N 30 0 R >> /A << /S /URI /URI (http://x.test) >>`)],
    ['another name', widget(`/V (318) ${place} /AP << /N 30 0 R >>`).replace('(note)', '(others)')],
    ['another kind', widget(`/V (318) ${place} /AP << /N 30 0 R >>`).replace('/Tx', '/Sig')],
  ])('is refused with %s of the field', (_, field) => {
    expect(filled({ 6: field })).toMatchObject(refused);
  });

  it('is refused for a field that was not there when the document was signed', () => {
    const made = {
      5: '<< /Fields [6 0 R 10 0 R 31 0 R] /SigFlags 3 /DR << /Font << /F1 7 0 R >> >> >>',
      3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 7 0 R >> >> /Annots [6 0 R 10 0 R 31 0 R] >>',
      31: widget(`/V (318) /Rect [300 700 380 720] /AP << /N 30 0 R >>`).replace('(note)', '(VanThuSo)'),
    };
    expect(filled({ ...made, 6: undefined })).toMatchObject(refused);
    expect(filled(made)).toMatchObject(refused);
  });

  it.each([
    ['another text', shown('BT (813) Tj ET')],
    ['no text', shown('')],
    ['more than the value', shown('BT (318) Tj (/QD) Tj ET')],
    ['the value unseen', shown('BT 3 Tr (318) Tj ET')],
    ['a picture beside it', shown('BT (318) Tj ET /Im1 Do', '/XObject << /Im1 32 0 R >>')],
    ['another form in it', shown('BT (318) Tj ET /Fm1 Do', '/XObject << /Fm1 33 0 R >>')],
    ['drawn curves', shown('BT (318) Tj ET 0 0 m 1 1 2 2 3 3 c S')],
    ['a picture in its content', shown('BT (318) Tj ET BI /W 1 /H 1 /BPC 8 /CS /G ID x EI')],
    ['codes that its map reads otherwise', shown('BT /F2 9 Tf (318) Tj ET', '/Font << /F2 34 0 R >>')],
    ['codes that nothing reads', shown('BT /F2 9 Tf (318) Tj ET', '/Font << /F2 36 0 R >>')],
    ['syntax that is none', shown('BT (318 Tj ET')],
  ])('is refused where the appearance has %s', (_, appearance) => {
    const more = {
      32: streamBody(
        '/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray',
        'x',
      ),
      33: shown('BT (9) Tj ET'),
      34: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 35 0 R >>',
      35: streamBody('', 'begincmap 1 beginbfrange <30> <39> <0041> endbfrange endcmap'),
      36: '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [] >>',
    };
    expect(filled({ ...more, 30: appearance })).toMatchObject(differing);
  });

  it('is read through the map of its font, and through the names of its glyphs', () => {
    const map = 'begincmap 1 beginbfrange <0001> <0003> [<0033> <0031> <0038>] endbfrange endcmap';
    const more = {
      34: '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [] /ToUnicode 35 0 R >>',
      35: streamBody('', map),
      36: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [65 /three /one /uni0038] >> >>',
    };
    const wide = shown('BT /F2 9 Tf <000100020003> Tj ET', '/Font << /F2 34 0 R >>');
    expect(filled({ ...more, 30: wide })).toMatchObject({ changes: 'form', permitted: true });
    const named = shown('BT /F2 9 Tf (ABC) Tj ET', '/Font << /F2 36 0 R >>');
    expect(filled({ ...more, 30: named })).toMatchObject({ changes: 'form', permitted: true });
    const swapped = shown('BT /F2 9 Tf (BAC) Tj ET', '/Font << /F2 36 0 R >>');
    expect(filled({ ...more, 30: swapped })).toMatchObject(differing);
  });

  it('is refused where the value changes and the old text stays on the page', () => {
    expect(filled({ 6: widget(`/V (318) ${place} /AP << /N 8 0 R >>`) })).toMatchObject(differing);
  });

  it('may show the value as the signed form formats it', () => {
    const action = '/AA << /F << /S /JavaScript /JS (AFNumber_Format) >> >>';
    const base = basePdf({ 6: widget(`/V (old) ${place} /AP << /N 8 0 R >> ${action}`) });
    const bodies = {
      6: widget(`/V (1318) ${place} /AP << /N 30 0 R >> ${action}`),
      30: shown('BT (1.318) Tj ET'),
    };
    expect(filled(bodies, trial.leader(base))).toMatchObject({ changes: 'form', permitted: true });
  });
});
