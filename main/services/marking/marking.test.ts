// Marks in stored files: a copy, a draft, what a signed file says of them; with a real store and the jobs of the reading host.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesSource } from '../../../preload/contract/byte-source';
import type { HandlingSheet } from '../../../preload/contract/handling-sheet';
import { asSha256, type Sha256 } from '../../../preload/contract/ids';
import type { FileVerdict, SignatureVerdict } from '../../../preload/contract/verdict';
import { everyKind, sampleMark } from '../../marking/marks.fixture';
import { redPixel } from '../../marking/red-pixel.fixture';
import { pageObjects, samplePdf } from '../../pdf/sample-pdf';
import { createMarkingReader, createReader } from '../../reading';
import { completeSignature, readyToSign } from '../../signing';
import { testFont, testKey, testSigner } from '../../signing/test-signers';
import { clientHere, intakeWorld } from '../intake/intake.fixture';
import { createMarking, markedName, touchedBy } from './marking';

const time = new Date('2026-11-20T03:00:00Z');
const fontPath = 'resources/fonts/Tinos_400Regular.ttf';
type World = Awaited<ReturnType<typeof intakeWorld>>;
let world: World;
let saved: { sha256: Sha256; name: string; bytes: Buffer }[];
let wanted: boolean;

beforeEach(async () => {
  world = await intakeWorld();
  saved = [];
  wanted = true;
});
afterEach(() => world.close());

function service() {
  const { blobs } = world;
  const client = clientHere();
  const marks = createMarkingReader(client, blobs);
  const reader = createReader(client, blobs);
  const trust = { anchors: [], intermediates: [], crls: [], ocspResponses: [] };
  return createMarking({
    reading: {
      readMarks: (sha256) => marks.readMarks(sha256, null),
      writeMarks: (sha256, order) => marks.writeMarks(sha256, { ...order, fontPath, password: null }),
      verdict: async (sha256) =>
        (
          await reader.verify(sha256, {
            ...trust,
            time: null,
            now: time,
            password: null,
            fetchMilliseconds: 0,
          })
        ).verdict,
      pdfFacts: (sha256) => reader.pdfFacts(sha256, { textPages: 1, textCharacters: 100 }),
    },
    blobs,
    saveCopy: async (sha256, name) => {
      if (wanted) saved.push({ sha256, name, bytes: await world.bytesOf(sha256) });
      return wanted;
    },
    now: () => time,
  });
}

async function put(bytes: Uint8Array): Promise<Sha256> {
  return (await world.put('a.pdf', 'application/pdf', bytes)).sha256;
}

async function signedPdf(): Promise<Uint8Array> {
  const source = samplePdf('table');
  const leader = testSigner(
    testKey('ec', '/CN=Trần Văn Quyết', '-pkeyopt', 'ec_paramgen_curve:P-256'),
    'ecdsa-sha256',
  );
  const what = { role: 'invisible' } as const;
  const ready = readyToSign(bytesSource(source), { what, time }, leader, { font: testFont() });
  return new Uint8Array(Buffer.concat([source, await completeSignature(ready, leader)]));
}

describe('a copy with marks', () => {
  it.each(['annotations', 'flattened'] as const)(
    'is saved, and the store keeps the original alone (%s)',
    async (how) => {
      const original = samplePdf('table');
      const sha256 = await put(original);
      const marks = everyKind();
      const answer = await service()['marking.saveCopy']({ sha256, marks, how, name: 'Công văn.pdf' });
      expect(answer).toEqual({ saved: true, written: marks.length, unshown: [], touched: [] });
      const [copy] = saved;
      expect(copy?.name).toBe('Công văn (có ghi chú).pdf');
      expect(copy?.bytes.subarray(0, original.length).equals(Buffer.from(original))).toBe(true);
      expect(await world.blobs.has(sha256)).toBe(true);
      expect((await world.bytesOf(sha256)).equals(Buffer.from(original))).toBe(true);
      if (copy === undefined) throw new Error('nothing was saved');
      expect(await world.blobs.has(copy.sha256)).toBe(false);
      const again = await put(copy.bytes);
      const { marks: imported } = await service()['marking.imported']({ sha256: again });
      expect(imported.map(({ kind }) => kind)).toEqual(
        how === 'annotations' ? marks.map(({ kind }) => kind) : [],
      );
      expect(imported.every(({ layer }) => layer === 'imported')).toBe(true);
    },
  );

  it.each(['annotations', 'flattened'] as const)(
    'is asked about, saved and printed many times at once, and none of it takes away what came back of it (%s)',
    async (how) => {
      const sha256 = await put(samplePdf('table'));
      const marks = everyKind();
      const order = { sha256, marks, how };
      const marking = service();
      await marking['marking.saveCopy']({ ...order, name: 'a.pdf' });
      const kept = await put(saved[0]?.bytes ?? Buffer.alloc(0));
      const copy = await marking['marking.forPrint']({ sha256, marks });
      await Promise.all([
        marking['marking.check'](order),
        marking['marking.saveCopy']({ ...order, name: 'b.pdf' }),
        marking['marking.check'](order),
      ]);
      await marking['marking.printed']({ sha256: asSha256(copy.sha256) });
      expect(saved).toHaveLength(2);
      const left = (await world.blobs.list()).blobs.map((one) => one.sha256).sort();
      expect(left).toEqual([sha256, kept].sort());
    },
  );

  it('drawn into the pages says which answers are to notes of the file, and is read again as such', async () => {
    const body = '<< /Type /Annot /Subtype /Text /Rect [100 700 120 720] /Contents (Please check) >>';
    const sha256 = await put(samplePdf('table', [...pageObjects('/Annots [6 0 R] '), { number: 6, body }]));
    const { marks: imported } = await service()['marking.imported']({ sha256 });
    const answers = [imported[0]?.id ?? '', '99999999-9999-4999-8999-999999999999'].map((replyTo, index) =>
      sampleMark('note', 100, 500, { id: `${index}1111111-1111-4111-8111-111111111111`, replyTo }),
    );
    const order = { sha256, marks: answers, how: 'flattened', name: 'a.pdf' } as const;
    await service()['marking.saveCopy'](order);
    const path = join(mkdtempSync(join(tmpdir(), 'van-thu-copy-')), 'a.pdf');
    writeFileSync(path, saved[0]?.bytes ?? '');
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    expect(text.match(/Trả lời ghi chú có sẵn trong tệp/g)).toHaveLength(1);
    expect(text.match(/Trả lời một ghi chú không có trong bản này/g)).toHaveLength(1);
  });

  it('tells which signs show as a box', async () => {
    const sha256 = await put(samplePdf('table'));
    const marks = [sampleMark('text', 100, 500, { text: '✓ Đồng ý' })];
    const order = { sha256, marks, how: 'annotations', name: 'a.pdf' } as const;
    expect((await service()['marking.saveCopy'](order)).unshown).toEqual(['✓']);
    expect((await service()['marking.draft']({ ...order, description: '' })).unshown).toEqual(['✓']);
  });

  it('that the person did not want leaves nothing behind', async () => {
    wanted = false;
    const sha256 = await put(samplePdf('table'));
    const order = { sha256, marks: everyKind(), how: 'annotations', name: 'a.pdf' } as const;
    expect((await service()['marking.saveCopy'](order)).saved).toBe(false);
    expect((await world.blobs.list()).blobs.map((one) => one.sha256)).toEqual([sha256]);
  });

  it('for printing is there until it was printed, and no other file goes with it', async () => {
    const sha256 = await put(samplePdf('table'));
    const marking = service();
    const copy = await marking['marking.forPrint']({ sha256, marks: everyKind() });
    expect((await world.bytesOf(asSha256(copy.sha256))).length).toBe(copy.size);
    await marking['marking.printed']({ sha256 });
    expect(await world.blobs.has(asSha256(copy.sha256))).toBe(true);
    await marking['marking.printed']({ sha256: asSha256(copy.sha256) });
    expect((await world.blobs.list()).blobs.map((one) => one.sha256)).toEqual([sha256]);
  });

  it('of no mark is refused', async () => {
    const sha256 = await put(samplePdf('table'));
    await expect(
      service()['marking.saveCopy']({ sha256, marks: [], how: 'annotations', name: 'a.pdf' }),
    ).rejects.toMatchObject({ code: 'marking-nothing' });
  });

  it.each(['annotations', 'flattened'] as const)(
    'of a signed file says whose signature it touches (%s)',
    async (how) => {
      const sha256 = await put(await signedPdf());
      const marks = [sampleMark('text', 100, 500)];
      const { signed, touched } = await service()['marking.check']({ sha256, marks, how });
      expect(signed).toBe(1);
      expect(touched.map(({ signer }) => signer)).toEqual(['Trần Văn Quyết']);
      expect(saved).toEqual([]);
      expect((await world.blobs.list()).blobs.map((one) => one.sha256)).toEqual([sha256]);
    },
  );
});

describe('a stamp with a picture', () => {
  it('shows the picture that is kept, and its words where that is lost or no picture', async () => {
    const sha256 = await put(samplePdf('table'));
    const png = (await world.put('a.png', 'image/png', redPixel())).sha256;
    const size = async (picture: Sha256): Promise<number> => {
      const marks = [sampleMark('stamp', 100, 500, { picture, text: 'ĐÃ XEM' })];
      await service()['marking.saveCopy']({ sha256, marks, how: 'annotations', name: 'a.pdf' });
      return (
        saved
          .at(-1)
          ?.bytes.toString('latin1')
          .match(/\/Subtype \/Image/g)?.length ?? 0
      );
    };
    expect(await size(png)).toBe(2);
    expect(await size(asSha256('e'.repeat(64)))).toBe(0);
    expect(await size(sha256)).toBe(0);
  });
});

describe('a draft with marks', () => {
  it('is another file of the store; the earlier one stays', async () => {
    const sha256 = await put(samplePdf('table', pageObjects()));
    const order = {
      sha256,
      marks: everyKind(),
      how: 'flattened',
      name: 'Dự thảo.pdf',
      description: '',
    } as const;
    const { file } = await service()['marking.draft'](order);
    expect(file.name).toBe('Dự thảo.pdf');
    expect(file.sha256).not.toBe(sha256);
    expect(file.verdict?.verdict).toBe('unsigned');
    expect(await world.blobs.has(asSha256(file.sha256))).toBe(true);
    expect(await world.blobs.has(sha256)).toBe(true);
  });

  it('is refused once anybody has signed', async () => {
    const sha256 = await put(await signedPdf());
    const order = { sha256, marks: everyKind(), how: 'annotations', name: 'a.pdf', description: '' } as const;
    await expect(service()['marking.draft'](order)).rejects.toMatchObject({
      code: 'marking-after-signature',
    });
  });
});

describe('the sheet', () => {
  const nobody = { leader: [], unit: [], handler: [] };
  const sheet: HandlingSheet = {
    ...{ parent: '', agency: 'UBND xã', number: '7', arrivalDate: '', type: '', author: '', notation: '' },
    ...{ documentDate: '', subject: 'Giấy mời', ...nobody },
  };

  it('becomes a file of the store, and is refused for a letter that cannot be printed', async () => {
    const { file } = await service()['marking.sheet']({ sheet, name: 'Phiếu.pdf' });
    expect(await world.blobs.has(asSha256(file.sha256))).toBe(true);
    await expect(
      service()['marking.sheet']({ sheet: { ...sheet, subject: '漢' }, name: 'Phiếu.pdf' }),
    ).rejects.toMatchObject({ code: 'marking-sheet-font' });
  });
});

describe('signatures that marks touch', () => {
  const one = (field: string, more: Partial<SignatureVerdict>) =>
    ({
      field,
      signer: field,
      integrity: 'intact',
      permitted: true,
      changes: 'none',
      ...more,
    }) as SignatureVerdict;
  const verdict = (...signatures: SignatureVerdict[]): FileVerdict => ({
    verdict: 'valid',
    signatures,
    codes: [],
  });

  it('are told once a signer, by the worst, and those that said nothing before are left out', () => {
    const before = verdict(one('A', {}), one('B', {}), one('C', { permitted: false }), one('D', {}));
    const after = verdict(
      one('A', { changes: 'annotation' }),
      one('B', { permitted: false }),
      one('C', { permitted: false }),
      one('D', {}),
    );
    expect(touchedBy(before, after)).toEqual([
      { signer: 'A', how: 'changed' },
      { signer: 'B', how: 'broken' },
    ]);
    expect(touchedBy(verdict(one('A', {})), verdict())).toEqual([{ signer: 'A', how: 'broken' }]);
  });
});

it.each([
  ['Quyết định.pdf', 'Quyết định (có ghi chú).pdf'],
  ['a.PDF', 'a (có ghi chú).pdf'],
  ['không đuôi', 'không đuôi (có ghi chú).pdf'],
])('a copy of %s is called %s', (name, marked) => {
  expect(markedName(name)).toBe(marked);
});
