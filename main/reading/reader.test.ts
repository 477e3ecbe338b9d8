// The real host, bundled as it is shipped, on packages and PDFs that lie sealed in a real store.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sha256 } from '../../preload/contract/ids';
import { type BlobStore, openBlobStore } from '../blobs';
import { nodeHostProcess } from '../runtime/host-process';
import { completeSignature } from '../signing';
import { testKey, testSigner } from '../signing/test-signers';
import { checkPrepared } from './check-prepared';
import { createReader, type JobAnswer, type Reader, ReadingClient } from './index';

let folder: string;
let metafile: Metafile;
let blobs: BlobStore;
let client: ReadingClient;
let reader: Reader;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reader-'));
  const entry = join(folder, 'reading-host.cjs');
  ({ metafile } = await build({
    entryPoints: ['main/reading/host.ts'],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    logLevel: 'error',
    metafile: true,
    define: { 'import.meta.url': '__importMetaUrl' },
    banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  }));
  blobs = await openBlobStore({
    folder: join(folder, 'blobs'),
    roomKey: new Uint8Array(32).fill(1),
    floor: 0,
  });
  client = new ReadingClient(() => nodeHostProcess({ entry, heapMegabytes: 256 }));
  reader = createReader(client, blobs);
}, 60_000);
afterAll(() => {
  client.close();
  blobs.close();
  rmSync(folder, { recursive: true });
});

async function stored(bytes: Uint8Array): Promise<Sha256> {
  return (await blobs.put({ kind: 'package', docId: '', name: '' }, bytes)).sha256;
}
const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A PDF with one line of Helvetica text a page; classic table. */
function pdfOf(lines: readonly string[]): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${lines.length} /Kids [${lines.map((_, n) => `${4 + 2 * n} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...lines.flatMap((line, n) => {
      const content = `BT /F1 12 Tf 72 700 Td (${line}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * n} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((body, n) => {
    const at = text.length;
    text += `${n + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}`;
  return Buffer.from(
    `${text}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  );
}

describe('packages', () => {
  it('are read with their attachments taken into the store by what they hold', async () => {
    const names = readdirSync('tests/fixtures/edxml').filter((name) => name.endsWith('.edxml'));
    expect(names.length).toBeGreaterThan(0);
    let attachments = 0;
    let pdfs = 0;
    for (const name of names) {
      const read = await reader.readPackage(
        await stored(readFileSync(join('tests/fixtures/edxml', name))),
        'd',
      );
      for (const { bytes } of read.attachments) {
        attachments += 1;
        const plain = await blobs.readRange(bytes.sha256, 0, bytes.size);
        expect(shaOf(plain)).toBe(bytes.sha256);
        expect(bytes.isPdf).toBe(Buffer.from(plain).toString('latin1').startsWith('%PDF-'));
        pdfs += bytes.isPdf ? 1 : 0;
      }
    }
    expect(attachments).toBeGreaterThan(pdfs);
    expect(pdfs).toBeGreaterThan(0);
    expect(readdirSync(join(folder, 'blobs', 'unfinished'))).toEqual([]);
  });

  it.each([
    ['not XML', 'hello'],
    ['a DTD', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
    ['10 000 nested elements', '<a>'.repeat(10_000)],
  ])('that are %s end in a code of their own and leave nothing', async (_name, text) => {
    const before = (await blobs.list()).blobs.length;
    const sha = await stored(Buffer.from(text));
    await expect(reader.readPackage(sha, 'd')).rejects.toMatchObject({
      code: expect.stringMatching(/^edxml-/),
    });
    expect((await blobs.list()).blobs.length).toBe(before + 1);
    expect(readdirSync(join(folder, 'blobs', 'unfinished'))).toEqual([]);
  });
});

describe('PDFs', () => {
  const facts = { textPages: 3, textCharacters: 20_000 };
  const judging = {
    anchors: [],
    intermediates: [],
    crls: [],
    ocspResponses: [],
    time: null,
    now: new Date('2026-11-20T00:00:00Z'),
    password: null,
    fetchMilliseconds: 0,
  };

  it('give their pages and the text of the first ones', async () => {
    const sha = await stored(pdfOf(['So: 12/UBND-VP', 'Trang hai', 'ba', 'bon']));
    const read = await reader.pdfFacts(sha, facts);
    expect(read.pieces[0]).toMatchObject({ page: 1, text: 'So: 12/UBND-VP' });
    // Signatures stand on the last pages: their places are read whatever the number of first pages.
    expect(read.sizes.map((one) => one.page)).toEqual([1, 2, 3, 4]);
    expect(read).toMatchObject({
      pages: 4,
      secret: false,
      text: 'So: 12/UBND-VP\f\nTrang hai\f\nba',
      textRead: true,
    });
    const only = await reader.pdfFacts(sha, { ...facts, textPages: 1, textOnly: true });
    expect(only.pieces).toEqual(read.pieces.filter((piece) => piece.page === 1));
    expect(only).toMatchObject({ pages: 0, leaderSignature: null, numberBlanks: [] });
    expect(await reader.pdfFacts(sha, { textPages: 0, textCharacters: 0 })).toMatchObject({
      pages: 4,
      text: '',
    });
  });

  it('are read with their password where they have one', async () => {
    const sha = await stored(readFileSync('main/pdf/fixtures/aes-128.pdf'));
    const read = await reader.pdfFacts(sha, { ...facts, password: 'usr' });
    expect(read).toMatchObject({ pages: 1, text: 'QUYET DINH' });
    await expect(reader.pdfFacts(sha, facts)).rejects.toMatchObject({ code: 'pdf-password-needed' });
  });

  it('are verified', async () => {
    const sha = await stored(pdfOf(['x']));
    const { verdict, needs } = await reader.verify(sha, judging);
    expect(verdict).toMatchObject({ verdict: 'unsigned', signatures: [] });
    expect(needs).toEqual([]);
    const cut = await stored(pdfOf(['x']).subarray(0, 200));
    expect((await reader.verify(cut, judging)).verdict.verdict).toBe('unreadable');
    await expect(reader.pdfFacts(cut, facts)).rejects.toMatchObject({ code: expect.stringMatching(/^pdf-/) });
  });

  it('are not asked for when they are not here', async () => {
    const missing = shaOf(Buffer.from('nowhere')) as Sha256;
    await expect(reader.verify(missing, judging)).rejects.toMatchObject({ code: 'blob-missing' });
  });
});

describe('signatures', () => {
  it('are prepared by the host, checked against the store, and complete to a valid file', async () => {
    const known = testSigner(testKey('rsa:2048', '/CN=Nguyễn Văn A'), 'rsa-pkcs1-sha256');
    const sha = await stored(pdfOf(['x'.repeat(1000)]));
    const { certificate, algorithm } = known.signer;
    const input = {
      order: { what: { role: 'leader' }, time: new Date('2026-11-20T02:00:00Z') },
      signer: { certificate, chain: [], algorithm },
      fontPath: 'resources/fonts/Tinos_400Regular.ttf',
    };
    const ready = await reader.prepareSignature(sha, input);
    const { shown, ...prepared } = ready.prepared;
    const increment = await completeSignature({ ...ready, prepared: { ...prepared, shown } }, known);
    const signed = await blobs.derive(sha, [increment], { kind: 'signed', docId: '', name: 'x.pdf' });
    const { verdict } = await reader.verify(signed.sha256, {
      anchors: [certificate],
      intermediates: [],
      crls: [],
      ocspResponses: [],
      time: null,
      now: new Date(),
      password: null,
      fetchMilliseconds: 0,
    });
    expect(verdict.signatures).toMatchObject([
      { integrity: 'intact', coverage: 'whole-file', signer: 'Nguyễn Văn A' },
    ]);

    const source = await blobs.open(sha);
    const [first = 0] = ready.prepared.increment;
    const other = Uint8Array.from(ready.prepared.increment).fill(first ^ 1, 0, 1);
    const touched: readonly JobAnswer<'prepare-signature'>[] = [
      { ...ready, prepared: { ...ready.prepared, digest: new Uint8Array(32) } },
      { ...ready, prepared: { ...ready.prepared, increment: other } },
      { ...ready, prepared: { ...ready.prepared, sourceSize: 1 } },
      { ...ready, prepared: { ...ready.prepared, byteRange: [0, 5, 9, 9] } },
      { ...ready, prepared: { ...ready.prepared, contentsGap: { offset: 0, length: 10 } } },
      { ...ready, attributes: ready.attributes.map((byte, at) => (at === 60 ? byte ^ 1 : byte)) },
    ];
    await checkPrepared(ready, source, certificate);
    for (const one of touched) {
      await expect(checkPrepared(one, source, certificate)).rejects.toMatchObject({ code: 'reader-crashed' });
    }
    source.close();
  });
});

describe('the host', () => {
  it('has no network and starts no program: its own code imports neither', () => {
    const ours = Object.entries(metafile.inputs).filter(([path]) => path.startsWith('main/'));
    const imported = new Set(
      ours.flatMap(([, input]) => input.imports.map((one) => one.path.replace('node:', ''))),
    );
    const forbidden = [
      'http',
      'https',
      'http2',
      'net',
      'tls',
      'dgram',
      'dns',
      'child_process',
      'worker_threads',
    ];
    expect(forbidden.filter((name) => imported.has(name))).toEqual([]);
  });

  it('holds neither vault nor journal nor store', () => {
    const inside = Object.keys(metafile.inputs);
    const kept = /^main\/(vault|journal|registers|exchange|token)\/|^main\/blobs\/store/;
    expect(inside.filter((path) => kept.test(path))).toEqual([]);
  });
});
