// What a clerk drops on the desk is what its bytes say; nothing is begun for what cannot be brought in.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../preload/contract/failure';
import { type BlobStore, openBlobStore } from '../blobs';
import { wordFile } from '../convert/office.fixture';
import { pngPicture } from '../convert/pictures.fixture';
import { samplePdf } from '../pdf/sample-pdf';
import { createUploads } from './uploads';

let folder: string;
let blobs: BlobStore;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uploads-'));
  blobs = await openBlobStore({
    folder: join(folder, 'blobs'),
    roomKey: new Uint8Array(32).fill(1),
    floor: 0,
  });
});
afterAll(() => {
  blobs.close();
  rmSync(folder, { recursive: true });
});

async function brought(name: string, bytes: Uint8Array) {
  const uploads = createUploads(blobs);
  const upload = await uploads.begin(name, bytes.length);
  await uploads.append(upload, bytes);
  return uploads.finish(upload);
}

describe('a file of the clerk’s own', () => {
  it('is what its content says, whatever its name says', async () => {
    const word = await brought('cong-van.pdf', wordFile('Kính gửi'));
    expect([word.name, word.contentType]).toEqual(['cong-van.pdf', 'application/zip']);
    const pdf = await brought('cong-van.docx', samplePdf('table'));
    expect([pdf.name, pdf.contentType]).toEqual(['cong-van.docx.pdf', 'application/pdf']);
    const archive = await brought('ho-so.zip', zipSync({ 'a.pdf': [samplePdf('table'), { level: 0 }] }));
    expect([archive.name, archive.contentType]).toEqual(['ho-so.zip', 'application/zip']);
    const picture = await brought('anh.pdf', pngPicture());
    expect(picture.contentType).toBe('image/png');
  });

  it.each([
    ['file-empty', 0],
    ['file-too-large', 2 ** 31],
    ['file-too-large', 2 ** 40],
  ])('is refused with %s before the first byte when it has %d', async (code, size) => {
    const uploads = createUploads(blobs);
    const refused = await uploads.begin('a.pdf', size).catch(codeOf);
    expect(refused).toBe(code);
    expect(readdirSync(join(folder, 'blobs', 'unfinished'))).toEqual([]);
  });
});
