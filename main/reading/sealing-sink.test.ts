// What the host says of an attachment that it wrote: a PDF is known by its first bytes, however they come.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { sealingSink } from './sealing-sink';

const folder = mkdtempSync(join(tmpdir(), 'sink-'));
afterAll(() => rmSync(folder, { recursive: true }));

let last = 0;
async function isPdf(bytes: Uint8Array, step: number): Promise<boolean> {
  last += 1;
  const place = { path: join(folder, `${last}`), salt: new Uint8Array(16), fileKey: new Uint8Array(32) };
  const sink = sealingSink('D1', async () => ({ ticket: last, ...place }));
  const meta = { name: 'Công văn số 7-CA-VP', contentType: 'application/octet-stream' };
  const writer = await sink.open(meta);
  for (let at = 0; at < bytes.length; at += step) await writer.write(bytes.subarray(at, at + step));
  return (await writer.close(meta)).isPdf;
}
const text = (words: string) => Buffer.from(words, 'latin1');
const pdf = text(`%PDF-1.7\n${'1 0 obj\n'.repeat(400)}`);

it.each([1, 7, 1024, 100_000])('a PDF is one in pieces of %d bytes', async (step) => {
  expect(await isPdf(pdf, step)).toBe(true);
  expect(await isPdf(Buffer.concat([text(' '.repeat(1000)), pdf]), step)).toBe(true);
});

it('a header far behind the beginning, other bytes and no bytes are no PDF', async () => {
  expect(await isPdf(Buffer.concat([text(' '.repeat(1024)), text('%PDF-1.7')]), 300)).toBe(false);
  expect(await isPdf(text('Kinh gui'), 3)).toBe(false);
  expect(await isPdf(text(''), 1)).toBe(false);
});

it('an archive that holds a PDF as it is stays an archive', async () => {
  expect(await isPdf(zipSync({ 'a.pdf': [pdf, { level: 0 }] }), 500)).toBe(false);
});
