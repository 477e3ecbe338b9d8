// What an attachment is by its bytes decides whether it is judged and how it is looked at, whatever the package calls it.
import { expect, it } from 'vitest';
import { packageJson } from '../../preload/contract/edxml';
import { asSha256, hubDocId } from '../../preload/contract/ids';
import type { Look } from '../reading';
import { readArrival } from './arrivals';
import type { ReadingPort } from './reading-port';

const sha = asSha256('a'.repeat(64));
const packageSha = asSha256('c'.repeat(64));

interface Arrived {
  readonly name: string;
  readonly contentType: string;
  readonly isPdf: boolean;
  readonly look?: Look | null;
}

async function arrivalOf(file: Arrived, isWordSecret = false) {
  const asked: string[] = [];
  let judged = 0;
  const { isPdf, look, ...meta } = file;
  const whole = packageJson.parse({ kind: 'edoc', header: { From: { OrganId: 'G12' }, Subject: 'V/v mẫu' } });
  const reading = {
    readPackage: async () => ({
      ...whole,
      attachments: [{ ...meta, bytes: { sha256: sha, size: 9, isPdf, look } }],
    }),
    verdict: async () => {
      judged += 1;
      return { verdict: 'invalid', signatures: [], codes: [] };
    },
    firstPageText: async () => {
      asked.push('page');
      return [];
    },
    saysSecret: async () => {
      asked.push('words');
      return isWordSecret;
    },
  } as unknown as ReadingPort;
  const nothing = async () => undefined;
  const arrival = await readArrival(reading, hubDocId.parse('D1'), packageSha, () => new Date(0), nothing);
  const [shown] = arrival.kind === 'document' ? arrival.attachments : [];
  return { kind: arrival.kind, asked, judged, shown };
}

it('a PDF without ending and type is judged, looked at and kept as the PDF it is', async () => {
  const file = { name: 'Công văn số 7-CA-VP', contentType: 'application/octet-stream' };
  const { asked, shown } = await arrivalOf({ ...file, isPdf: true });
  expect(asked).toEqual(['page']);
  expect(shown).toMatchObject({
    name: file.name,
    contentType: 'application/pdf',
    verdict: { verdict: 'invalid' },
    verifiedAt: '1970-01-01T00:00:00.000Z',
  });
});

it('what is no PDF by name, type or bytes has no verdict and keeps its type', async () => {
  const { asked, shown } = await arrivalOf({ name: 'a', contentType: 'text/plain', isPdf: false });
  expect(asked).toEqual(['words']);
  expect(shown).toMatchObject({ contentType: 'text/plain', verdict: null, verifiedAt: null });
});

it('what only calls itself a PDF is judged as one and looked at as what it may be, too', async () => {
  const file = { name: 'phu-luc.pdf', contentType: 'application/pdf', isPdf: false };
  const plain = await arrivalOf(file);
  expect(plain.asked).toEqual(['page', 'words']);
  expect(plain.shown).toMatchObject({ verdict: { verdict: 'invalid' } });
  expect((await arrivalOf(file, true)).kind).toBe('secret');
});

const page = (text: string) => [{ page: 1, text, x: 90, y: 780, width: 60, height: 13 }];
const pdfLook = (text: string): Look => ({
  ...{ kind: 'pdf', verdict: { verdict: 'valid', signatures: [], codes: [] }, firstPage: page(text) },
});
const pdf = { name: 'a.pdf', contentType: 'application/pdf', isPdf: true };
const letter = { name: 'a.docx', contentType: 'application/octet-stream', isPdf: false };

it('what was seen of a file while its package was read is not asked again', async () => {
  const seen = await arrivalOf({ ...pdf, look: pdfLook('UBND') });
  expect(seen).toMatchObject({ kind: 'document', asked: [], judged: 0 });
  expect(seen.shown).toMatchObject({ verdict: { verdict: 'valid' }, verifiedAt: '1970-01-01T00:00:00.000Z' });
  const other = await arrivalOf({ ...letter, look: { kind: 'other', secret: false } }, true);
  expect(other).toMatchObject({ kind: 'document', asked: [], judged: 0, shown: { verdict: null } });
});

it('a mark that was seen while the package was read makes it secret', async () => {
  expect(await arrivalOf({ ...pdf, look: pdfLook('MẬT') })).toMatchObject({ kind: 'secret', asked: [] });
  const marked = { ...letter, look: { kind: 'other', secret: true } } as const;
  expect(await arrivalOf(marked)).toMatchObject({ kind: 'secret', asked: [] });
});

it('a file that nobody looked at yet is asked about as ever', async () => {
  for (const seen of [{}, { look: null }]) {
    expect(await arrivalOf({ ...pdf, ...seen })).toMatchObject({ asked: ['page'], judged: 1 });
    expect(await arrivalOf({ ...letter, ...seen }, true)).toMatchObject({ kind: 'secret', asked: ['words'] });
  }
});

it('what was seen of a file as what it is answers nothing of what it only calls itself', async () => {
  const named = { ...letter, name: 'a.pdf', look: { kind: 'other', secret: false } } as const;
  const plain = await arrivalOf(named, true);
  // Its page and its verdict are asked for; its words were seen already.
  expect(plain).toMatchObject({ kind: 'document', asked: ['page'], judged: 1 });
  expect(plain.shown).toMatchObject({ verdict: { verdict: 'invalid' } });
  const marked = { ...named, look: { kind: 'other', secret: true } } as const;
  expect(await arrivalOf(marked)).toMatchObject({ kind: 'secret', asked: ['page'] });
});

it('a verdict for which the network must be asked is asked for once the package may be here, and not before', async () => {
  const open = { ...pdfLook('UBND'), verdict: null } as Look;
  expect(await arrivalOf({ ...pdf, look: open })).toMatchObject({ kind: 'document', asked: [], judged: 1 });
  const secret = { ...pdfLook('MẬT'), verdict: null } as Look;
  expect(await arrivalOf({ ...pdf, look: secret })).toMatchObject({ kind: 'secret', judged: 0 });
  expect(await arrivalOf({ ...pdf, name: 'Tài liệu MẬT.pdf', look: open })).toMatchObject({
    kind: 'secret',
    judged: 0,
  });
});

it('a reason why a file has no verdict is its verdict, as when it is asked later', async () => {
  const seen = await arrivalOf({ ...pdf, look: { kind: 'pdf', verdict: 'pdf-truncated', firstPage: [] } });
  expect(seen.judged).toBe(0);
  expect(seen.shown?.verdict).toEqual({ verdict: 'unreadable', signatures: [], codes: ['pdf-truncated'] });
});

it('the bytes of a package that are at hand are given on', async () => {
  const given: unknown[] = [];
  const reading = {
    readPackage: async (...one: unknown[]) => {
      given.push(one);
      return packageJson.parse({ kind: 'edoc', header: { From: { OrganId: 'G12' }, Subject: 'V/v mẫu' } });
    },
  } as unknown as ReadingPort;
  const known = [
    reading,
    hubDocId.parse('D1'),
    packageSha,
    () => new Date(0),
    async () => undefined,
  ] as const;
  await readArrival(...known);
  await readArrival(...known, async () => false, Buffer.from('x'));
  expect(given).toEqual([
    [packageSha, null],
    [packageSha, Buffer.from('x')],
  ]);
});
