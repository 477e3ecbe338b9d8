// What an attachment is by its bytes decides whether it is judged and how it is looked at, whatever the package calls it.
import { expect, it } from 'vitest';
import { packageJson } from '../../preload/contract/edxml';
import { asSha256, hubDocId } from '../../preload/contract/ids';
import { readArrival } from './arrivals';
import type { ReadingPort } from './reading-port';

const sha = asSha256('a'.repeat(64));
const packageSha = asSha256('c'.repeat(64));

async function arrivalOf(file: { name: string; contentType: string; isPdf: boolean }, isWordSecret = false) {
  const asked: string[] = [];
  const { isPdf, ...meta } = file;
  const whole = packageJson.parse({ kind: 'edoc', header: { From: { OrganId: 'G12' }, Subject: 'V/v mẫu' } });
  const reading = {
    readPackage: async () => ({
      ...whole,
      attachments: [{ ...meta, bytes: { sha256: sha, size: 9, isPdf } }],
    }),
    verdict: async () => ({ verdict: 'invalid', signatures: [], codes: [] }),
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
  return { kind: arrival.kind, asked, shown };
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
