import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bodies, basePdf, streamBody, update } from '../fixtures/pdf';
import type { Pki } from '../fixtures/pki';
import { Trial } from '../fixtures/trial';

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

describe('certification', () => {
  const certified = (p: number) => {
    const reference = `/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /V /1.2 /P ${p} >> >>]`;
    return leader(basePdf(), { dict: reference, catalog: '/Perms << /DocMDP 11 0 R >>' });
  };
  const keep = { catalog: '/Perms << /DocMDP 11 0 R >>' };

  it('P=1 allows validation data and nothing else', () => {
    const kept = update(certified(1), {
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R /Perms << /DocMDP 11 0 R >> /DSS << /Certs [] >> >>',
    });
    expect(changesOf(kept)).toMatchObject({ verdict: 'valid', changes: 'lta', permitted: true });
    expect(changesOf(agency(certified(1), keep))).toMatchObject({ changes: 'signature', permitted: false });
  });

  it('P=2 allows an invisible signature but no new picture', () => {
    expect(verdict(agency(certified(2), keep)).verdict).toBe('valid');
    const sneaky = agency(certified(2), { ...keep, rect: '0 0 595 842' });
    expect(changesOf(sneaky)).toMatchObject({ verdict: 'invalid', changes: 'signature', permitted: false });
    expect(changesOf(sneaky).codes).toEqual(expect.arrayContaining(['changes-forbidden', 'changes-overlap']));
  });

  it('P=3 allows annotations, P=2 and no certification do not', () => {
    const note = (file: Buffer, catalog: string) =>
      update(file, {
        1: `<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R ${catalog} >>`,
        3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 7 0 R >> >> /Annots [6 0 R 10 0 R 20 0 R] >>',
        20: '<< /Type /Annot /Subtype /FreeText /Rect [0 0 500 500] /Contents (hi) >>',
      });
    expect(changesOf(note(certified(3), keep.catalog))).toMatchObject({
      changes: 'annotation',
      permitted: true,
    });
    expect(changesOf(note(certified(2), keep.catalog))).toMatchObject({
      changes: 'annotation',
      permitted: false,
    });
    expect(changesOf(note(signed, ''))).toMatchObject({
      verdict: 'invalid',
      changes: 'annotation',
      permitted: false,
    });
  });
});

describe('what may honestly follow a signature', () => {
  const filled = (file: Buffer) =>
    update(file, {
      6: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (note) /V (new) /Rect [50 50 200 70] /P 3 0 R /AP << /N 8 0 R >> >>',
      8: streamBody('/Type /XObject /Subtype /Form /BBox [0 0 150 20]', 'BT (new) Tj ET'),
    });

  it('a second signature, visible or not', () => {
    expect(changesOf(agency(signed))).toMatchObject({
      verdict: 'valid',
      changes: 'signature',
      permitted: true,
    });
    expect(changesOf(agency(signed, { rect: '10 10 90 90' }))).toMatchObject({
      verdict: 'valid',
      changes: 'signature',
    });
  });

  it('an empty signature field, blank or with a picture that a later signature vouches for', () => {
    const prepare = (file: Buffer, content: string) =>
      update(file, {
        5: '<< /Fields [6 0 R 10 0 R 30 0 R] /SigFlags 3 /DR << /Font << /F1 7 0 R >> >> >>',
        3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 7 0 R >> >> /Annots [6 0 R 10 0 R 30 0 R] >>',
        30: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (So) /P 3 0 R /Rect [10 10 90 30] /AP << /N 31 0 R >> >>',
        31: streamBody('/Type /XObject /Subtype /Form /BBox [0 0 80 20]', content),
      });
    expect(changesOf(prepare(signed, '% DSBlank\n'))).toMatchObject({
      verdict: 'valid',
      changes: 'signature',
    });
    const written = prepare(signed, 'BT (So 12) Tj ET');
    expect(changesOf(written)).toMatchObject({
      verdict: 'indeterminate',
      changes: 'signature',
      permitted: true,
      codes: ['changes-unsigned-picture'],
    });
    expect(changesOf(agency(written, { fields: [6, 10, 30] }))).toMatchObject({
      verdict: 'valid',
      permitted: true,
    });
  });

  it('form filling, with the appearance written again in place', () => {
    expect(changesOf(filled(signed))).toMatchObject({ verdict: 'valid', changes: 'form', permitted: true });
  });

  it('but not in a locked field', () => {
    const lock = (action: string) =>
      `/Reference [<< /TransformMethod /FieldMDP /TransformParams << /Action ${action} >> >>]`;
    for (const [action, permitted] of [
      ['/All', false],
      ['/Include /Fields [(note)]', false],
      ['/Include /Fields [(other)]', true],
      ['/Exclude /Fields [(note)]', true],
      ['/Exclude /Fields [(other)]', false],
    ] as const) {
      const answer = changesOf(filled(leader(basePdf(), { dict: lock(action) })));
      expect([action, answer.permitted]).toEqual([action, permitted]);
      expect(answer.codes.includes('changes-locked-field')).toBe(!permitted);
    }
  });

  it('a structure tree that grows by the new field, and only grows', () => {
    const tree = {
      40: '<< /Type /StructTreeRoot /K [41 0 R] /ParentTree 42 0 R /ParentTreeNextKey 1 >>',
      41: '<< /Type /StructElem /S /Document /P 40 0 R /K [43 0 R] >>',
      42: '<< /Nums [0 43 0 R] >>',
      43: '<< /Type /StructElem /S /P /P 41 0 R /ActualText (Cong van) >>',
    };
    const catalog = '/StructTreeRoot 40 0 R /MarkInfo << /Marked true >>';
    const tagged = leader(basePdf(tree), { catalog });
    expect(verdict(tagged).verdict).toBe('valid');
    const grown = {
      40: '<< /Type /StructTreeRoot /K [41 0 R] /ParentTree 42 0 R /ParentTreeNextKey 2 >>',
      41: '<< /Type /StructElem /S /Document /P 40 0 R /K [43 0 R 44 0 R] >>',
      42: '<< /Nums [0 43 0 R 1 44 0 R] >>',
      44: '<< /Type /StructElem /S /Form /P 41 0 R >>',
    };
    const second = (also: Bodies) => changesOf(agency(tagged, { catalog, also }));
    expect(second(grown)).toMatchObject({ verdict: 'valid', changes: 'signature' });
    expect(
      second({ ...grown, 43: '<< /Type /StructElem /S /P /P 41 0 R /ActualText (Khac) >>' }).changes,
    ).toBe('other');
    expect(
      second({ ...grown, 41: '<< /Type /StructElem /S /Document /P 40 0 R /K [44 0 R] >>' }).changes,
    ).toBe('other');
    expect(second({ ...grown, 42: '<< /Nums [0 44 0 R] >>' }).changes).toBe('other');
  });

  it('the same object written again, and a new Info', () => {
    const again = update(
      signed,
      { 7: '<< /Type /Font /BaseFont /Helvetica /Subtype /Type1 >>', 20: '<< /Title (x) >>' },
      { trailer: '/Info 20 0 R' },
    );
    expect(changesOf(again)).toMatchObject({ verdict: 'valid', changes: 'lta', permitted: true });
  });
});
