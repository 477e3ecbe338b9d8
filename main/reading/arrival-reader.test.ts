// The real host, bundled as it is shipped, on small packages whose bytes it is given: what it saw of each file, and what lies in the
// store afterwards.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { packageJson } from '../../preload/contract/edxml';
import { asSha256, type Sha256 } from '../../preload/contract/ids';
import { type BlobStore, openBlobStore } from '../blobs';
import { attachmentText, fixture } from '../edxml/testing';
import { nodeHostProcess } from '../runtime/host-process';
import { bundleReadingHost, type PackedFile, packageOf, pdfOf } from './arrival.fixture';
import { mostInline, mostLooks, smallPackage } from './arrival-protocol';
import { type ArrivalReader, createArrivalReader } from './arrival-reader';
import { createReader, ReadingClient } from './index';
import { type Strikes, strikesInMemory } from './strikes';

let folder: string;
let blobs: BlobStore;
let client: ReadingClient;
let arrivals: ArrivalReader;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arrivals-'));
  const entry = join(folder, 'reading-host.cjs');
  await bundleReadingHost(entry);
  blobs = await openBlobStore({
    folder: join(folder, 'blobs'),
    roomKey: new Uint8Array(32).fill(1),
    floor: 0,
  });
  client = new ReadingClient(() => nodeHostProcess({ entry, heapMegabytes: 256 }));
  arrivals = createArrivalReader(client, blobs);
}, 60_000);
afterAll(() => {
  client.close();
  blobs.close();
  rmSync(folder, { recursive: true });
});

const trust = {
  anchors: [],
  intermediates: [],
  crls: [],
  now: new Date('2026-11-20T00:00:00Z'),
};
function shaOf(bytes: Uint8Array): Sha256 {
  return asSha256(createHash('sha256').update(bytes).digest('hex'));
}
async function stored(bytes: Uint8Array): Promise<Sha256> {
  return (await blobs.put({ kind: 'package-in', docId: '', name: '' }, bytes)).sha256;
}

function docxOf(line: string): Uint8Array {
  const paragraph = `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`;
  return zipSync({
    'word/document.xml': strToU8(`<w:document xmlns:w="w"><w:body>${paragraph}</w:body></w:document>`),
  });
}
/** Reads these files, looks included; the package's bytes are not in the store. */
async function readFiles(files: readonly PackedFile[]) {
  const content = packageOf(files);
  const read = await arrivals.readArrival(shaOf(content), content, trust);
  if (read === null) throw new Error('the long way');
  return read.attachments;
}

describe('a file of a small package', () => {
  it.each([0, 5000, 60_000, 70_000])(
    'that is a PDF is judged, its first page read, and it lies in the store by what it holds (%i bytes more)',
    async (padding) => {
      const pdf = pdfOf('So 12/UBND', padding);
      const [one, ...others] = await readFiles([['Công văn', 'application/octet-stream', pdf]]);
      expect(others).toEqual([]);
      expect(one).toMatchObject({ name: 'Công văn' });
      expect(one?.bytes).toMatchObject({ sha256: shaOf(pdf), size: pdf.length, isPdf: true });
      expect(one?.bytes.look).toMatchObject({
        ...{ kind: 'pdf', verdict: { verdict: 'unsigned', signatures: [] } },
        firstPage: [{ page: 1, text: 'So 12/UBND' }],
      });
      expect(pdf.equals(await blobs.readRange(shaOf(pdf), 0, pdf.length))).toBe(true);
    },
  );

  it('that is a PDF with a mark on its first page shows the mark', async () => {
    const [one] = await readFiles([['a.pdf', 'application/pdf', pdfOf('ABC', 0, '[65 /M /uni1EAC /T]')]]);
    expect(one?.bytes.look).toMatchObject({ kind: 'pdf', firstPage: [{ text: 'MẬT' }] });
  });

  it('that is none is looked into for a mark, whatever the package calls it', async () => {
    const looks = await readFiles([
      ['to-trinh.docx', 'application/octet-stream', docxOf('Tờ trình')],
      ['mat.docx', 'application/octet-stream', docxOf('TỐI MẬT')],
      ['phu-luc.pdf', 'application/pdf', docxOf('MẬT')],
      ['a.txt', 'text/plain', Buffer.from('MẬT')],
      ['trong.txt', 'text/plain', Buffer.of()],
    ]);
    expect(looks.map(({ bytes }) => bytes.look)).toEqual(
      [false, true, true, false, false].map((secret) => ({ kind: 'other', secret })),
    );
    expect(looks.map(({ bytes }) => bytes.isPdf)).toEqual([false, false, false, false, false]);
  });

  it('that is broken or locked costs its package nothing, and its neighbours neither', async () => {
    const whole = pdfOf('x');
    const files = await readFiles([
      ['cut.pdf', 'application/pdf', whole.subarray(0, 200)],
      ['head.pdf', 'application/pdf', Buffer.from('%PDF-1.7')],
      ['locked.pdf', 'application/pdf', readFileSync('main/pdf/fixtures/aes-128.pdf')],
      ['cut.docx', 'text/plain', docxOf('MẬT').subarray(0, 100)],
      ['whole.pdf', 'application/pdf', whole],
    ]);
    expect(files.map(({ bytes }) => bytes.look)).toMatchObject([
      { kind: 'pdf', verdict: { verdict: 'unreadable' }, firstPage: [] },
      { kind: 'pdf', verdict: { verdict: 'unreadable' }, firstPage: [] },
      { kind: 'pdf', verdict: { codes: ['pdf-password-needed'] }, firstPage: [] },
      { kind: 'other', secret: false },
      { kind: 'pdf', verdict: { verdict: 'unsigned' }, firstPage: [{ text: 'x' }] },
    ]);
  });

  it('is still to be asked about behind the first ones, and stored all the same', async () => {
    const pdfs = Array.from({ length: mostLooks + 2 }, (_, n) => pdfOf(`So ${n}`));
    const files = await readFiles(pdfs.map((pdf, n) => [`${n}.pdf`, 'application/pdf', pdf]));
    expect(files.map(({ bytes }) => bytes.look !== null)).toEqual(pdfs.map((_, n) => n < mostLooks));
    expect(files.map(({ bytes }) => [bytes.sha256, bytes.isPdf])).toEqual(
      pdfs.map((pdf) => [shaOf(pdf), true]),
    );
    for (const pdf of pdfs) expect(await blobs.size(shaOf(pdf))).toBe(pdf.length);
  });

  it('of a status message is not looked at', async () => {
    const attachment = attachmentText('a.pdf', 'application/pdf', pdfOf('trang thai').toString('base64'));
    const text = fixture('status_01.edxml').toString();
    const end = '</edXML:edXMLEnvelope>';
    const content = Buffer.from(
      text.replace(end, `${end}<AttachmentEncoded>${attachment}</AttachmentEncoded>`),
    );
    const read = await arrivals.readArrival(shaOf(content), content, trust);
    expect(read).toMatchObject({ kind: 'status', attachments: [{ bytes: { isPdf: true, look: null } }] });
  });
});

describe('a package', () => {
  it('is the same as the one that is read the long way', async () => {
    const content = fixture('edoc_new.edxml');
    const packageSha = await stored(content);
    const long = await createReader(client, blobs).readPackage(packageSha, '');
    for (const plain of [content, null]) {
      const read = await arrivals.readArrival(packageSha, plain, trust);
      const attachments = read?.attachments.map(({ bytes: { look: _look, ...bytes }, ...meta }) => ({
        ...{ ...meta, bytes },
      }));
      expect({ ...read, attachments }).toEqual(long);
    }
  });

  it('goes the long way where it is large, holds much, or is not here', async () => {
    const large = Buffer.concat([packageOf([]), Buffer.alloc(smallPackage, ' ')]);
    expect(await arrivals.readArrival(shaOf(large), large, trust)).toBeNull();
    expect(await arrivals.readArrival(await stored(large), null, trust)).toBeNull();
    const wrapped = zipSync({ a: new Uint8Array(mostInline + 1) });
    const wide = packageOf([['a.bin', 'application/zip', wrapped]]);
    expect(wide.length).toBeLessThan(smallPackage);
    expect(await arrivals.readArrival(shaOf(wide), wide, trust)).toBeNull();
    expect(await arrivals.readArrival(shaOf(Buffer.from('?')), null, trust)).toBeNull();
  });

  it('is read in one go up to the very size that is small', async () => {
    const empty = packageOf([['a.bin', 'text/plain', Buffer.of()]]).length;
    const bytes = Buffer.alloc(Math.floor((smallPackage - empty) / 4) * 3, 7);
    const small = packageOf([['a.bin', 'text/plain', bytes]]);
    const largest = Buffer.concat([small, Buffer.alloc(smallPackage - small.length, '\n')]);
    expect(largest).toHaveLength(smallPackage);
    const read = await arrivals.readArrival(shaOf(largest), largest, trust);
    expect(read?.attachments).toMatchObject([{ bytes: { sha256: shaOf(bytes), size: bytes.length } }]);
  });

  it.each([
    ['not XML', 'hello'],
    ['a DTD', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
    [
      'cut off',
      packageOf([['a.pdf', 'application/pdf', pdfOf('cut')]])
        .toString()
        .slice(0, -20),
    ],
  ])('that is %s ends in a code of its own and leaves nothing', async (_name, text) => {
    const before = (await blobs.list()).blobs.length;
    const content = Buffer.from(text);
    await expect(arrivals.readArrival(shaOf(content), content, trust)).rejects.toMatchObject({
      code: expect.stringMatching(/^edxml-/),
    });
    expect((await blobs.list()).blobs).toHaveLength(before);
    expect(readdirSync(join(folder, 'blobs', 'unfinished'))).toEqual([]);
  });

  it('fails as the store fails that takes its files', async () => {
    const low = await openBlobStore({
      ...{ folder: join(folder, 'low'), roomKey: new Uint8Array(32), floor: 1, freeBytes: async () => 0 },
    });
    const content = packageOf([['a.txt', 'text/plain', Buffer.from('a')]]);
    const reading = createArrivalReader(client, low).readArrival(shaOf(content), content, trust);
    await expect(reading).rejects.toMatchObject({ code: 'disk-low' });
    low.close();
  });
});

const wholePackage = packageJson.parse({
  kind: 'edoc',
  header: { From: { OrganId: 'G12' }, Subject: 'V/v' },
});

describe('a host', () => {
  /** Does what the package says. */
  const script = `
    process.on('disconnect', () => process.exit(0));
    const failed = (code) => process.send({ kind: 'failed', id: current, code, detail: '' });
    let current = 0;
    process.on('message', (message) => {
      if (message.kind !== 'job') return failed(message.kind === 'answer' ? 'edxml-not-xml' : message.code);
      current = message.id;
      const word = Buffer.from(message.input.content).toString();
      if (word === 'exit') process.exit(0);
      if (word === 'nonsense') return process.send({ kind: 'done', id: current, value: { kind: 'edoc' } });
      const files = { many: [501, 1], much: [3, 6 << 20], twins: [2, 9000] }[word];
      if (files !== undefined) {
        const content = new Uint8Array(files[1]).fill(7);
        const one = { bytes: { content, isPdf: false, look: null } };
        const attachments = Array.from({ length: files[0] }, () => one);
        const value = { ...JSON.parse(${JSON.stringify(JSON.stringify(wholePackage))}), attachments };
        return process.send({ kind: 'done', id: current, value });
      }
      if (!word.includes('://')) return failed(word);
      const question = { what: 'fetch', url: word, body: null, contentType: null, accept: '*/*', maxBytes: 9 };
      process.send({ kind: 'ask', id: current, ask: 1, question });
    });`;
  const clients: ReadingClient[] = [];
  afterEach(() => {
    for (const one of clients.splice(0)) one.close();
  });
  function reader(strikes: Strikes = strikesInMemory()) {
    const entry = join(folder, 'fake.cjs');
    writeFileSync(entry, script);
    const starts: string[] = [];
    const one = new ReadingClient(() => {
      starts.push(entry);
      return nodeHostProcess({ entry, heapMegabytes: 64 });
    }, strikes);
    clients.push(one);
    return { fake: createArrivalReader(one, blobs), starts };
  }

  it.each(['exit', 'nonsense'])(
    'that is lost to a file (%s) sends the package the long way, and no strike falls on the package',
    async (word) => {
      const strikes = strikesInMemory();
      const { fake, starts } = reader(strikes);
      const content = Buffer.from(word);
      const sha = shaOf(content);
      for (const count of [1, 2, 2]) {
        expect(await fake.readArrival(sha, content, trust)).toBeNull();
        expect([strikes.count(`${sha}+files`), strikes.count(sha)]).toEqual([count, 0]);
      }
      // After the second time it is not tried again.
      expect(starts).toHaveLength(2);
    },
  );

  it('that cannot read the package says so; what it cannot hold goes the long way', async () => {
    const { fake } = reader();
    const read = (word: string) => fake.readArrival(shaOf(Buffer.from(word)), Buffer.from(word), trust);
    await expect(read('edxml-doctype')).rejects.toMatchObject({ code: 'edxml-doctype' });
    expect(await read('edxml-inline')).toBeNull();
  });

  it('may fetch nothing: whether the package may be here is not known yet', async () => {
    const { fake } = reader();
    const url = 'http://ocsp.example.invalid/';
    await expect(fake.readArrival(shaOf(Buffer.from(url)), Buffer.from(url), trust)).rejects.toMatchObject({
      code: 'internal',
    });
  });

  it('that gives back more than there can be is not believed', async () => {
    const { fake } = reader();
    for (const word of ['many', 'much']) {
      expect(await fake.readArrival(shaOf(Buffer.from(word)), Buffer.from(word), trust)).toBeNull();
    }
  });

  it('may lay two files into one memory: both are stored', async () => {
    const { fake } = reader();
    const read = await fake.readArrival(shaOf(Buffer.from('twins')), Buffer.from('twins'), trust);
    const found = read?.attachments.map(({ bytes }) => bytes) ?? [];
    expect(found).toHaveLength(2);
    for (const { sha256, size } of found) {
      expect(shaOf(await blobs.readRange(sha256, 0, size))).toBe(sha256);
    }
  });
});
