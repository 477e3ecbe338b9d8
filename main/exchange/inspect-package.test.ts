// The gate reads real packages: their kind, and secrecy marks wherever they stand in words.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { inspectPackage } from './inspect-package';

const fixture = (name: string) =>
  readFileSync(new URL(`../../tests/fixtures/edxml/${name}`, import.meta.url), 'utf8');
const inspect = (text: string) => inspectPackage(bytesSource(Buffer.from(text, 'utf8')));

test('ordinary packages of both kinds may travel', async () => {
  expect(await inspect(fixture('edoc_new.edxml'))).toMatchObject({ kind: 'edoc', secrecyMarks: [] });
  expect(await inspect(fixture('edoc_dotnet_style.edxml'))).toMatchObject({ kind: 'edoc', secrecyMarks: [] });
  expect(await inspect(fixture('status_02.edxml'))).toEqual({
    kind: 'status',
    secrecyMarks: [],
    receivers: [],
  });
});

test.each([
  ['the subject', '<edXML:Subject>V/v', '<edXML:Subject>[TỐI MẬT] V/v'],
  ['the circulation scope', 'Toàn quốc', 'Mật'],
  [
    'an attachment’s description',
    '<Description>Phụ lục</Description>',
    '<Description>Độ mật: Mật</Description>',
  ],
  ['an attachment’s name', '<AttachmentName>phuluc.xlsx', '<AttachmentName>(Tuyệt mật) phuluc.xlsx'],
  ['the business reason', '>Văn bản mới<', '>(mật) Văn bản mới<'],
  [
    'an element that the standard does not know',
    '<edXML:SteeringType>',
    '<edXML:Security><edXML:Level>Tuyệt mật</edXML:Level></edXML:Security><edXML:SteeringType>',
  ],
  ['an attribute', '<edXML:Subject>', '<edXML:Subject level="Mật">'],
])('a mark in %s is found', async (_where, before, after) => {
  const text = fixture('edoc_new.edxml');
  expect(text).toContain(before);
  expect((await inspect(text.replace(before, after))).secrecyMarks.length).toBeGreaterThan(0);
});

test('a mark in the words of a status is found', async () => {
  const text = fixture('status_02.edxml').replace('Từ chối tiếp nhận', 'Độ mật: Mật. Từ chối tiếp nhận');
  expect((await inspect(text)).secrecyMarks).toEqual(['mat']);
});

test('what is no package has the reader’s own code', async () => {
  await expect(inspect('%PDF-1.7')).rejects.toMatchObject({ name: 'Failure' });
});
