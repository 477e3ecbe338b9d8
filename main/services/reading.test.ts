// The port over the real host: a small package is read, judged and looked at in one job, and what that job cannot know is asked
// afterwards.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { asSha256, hubDocId, type Sha256 } from '../../preload/contract/ids';
import { type BlobStore, openBlobStore } from '../blobs';
import { type Strikes, strikesInMemory } from '../reading';
import { bundleReadingHost, packageOf, pdfOf } from '../reading/arrival.fixture';
import { nodeHostProcess } from '../runtime/host-process';
import { readArrival } from './arrivals';
import { createReading } from './reading';

let folder: string;
let blobs: BlobStore;
let entry: string;
/** Names of the jobs that the host was given. */
const jobs: string[] = [];
const passwords = new Map<Sha256, string>();
const readings: { close(): void }[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reading-port-'));
  entry = join(folder, 'reading-host.cjs');
  await bundleReadingHost(entry);
  blobs = await openBlobStore({ folder: join(folder, 'blobs'), roomKey: new Uint8Array(32), floor: 0 });
}, 60_000);
beforeEach(() => {
  jobs.length = 0;
  passwords.clear();
});
afterAll(() => {
  for (const one of readings) one.close();
  blobs.close();
  rmSync(folder, { recursive: true });
});

function reading(strikes: Strikes = strikesInMemory()) {
  const one = createReading({
    startHost: () => {
      const host = nodeHostProcess({ entry, heapMegabytes: 256 });
      return {
        ...host,
        post(message, ports, sent) {
          jobs.push((message as { name: string }).name);
          host.post(message, ports, sent);
        },
      };
    },
    ...{ blobs, strikes, fonts: 'resources/fonts', trust: { anchors: [], intermediates: [], crls: [] } },
    now: () => new Date('2026-11-20T00:00:00Z'),
    passwordOf: (sha256) => passwords.get(sha256) ?? null,
  });
  readings.push(one);
  return one;
}
function shaOf(bytes: Uint8Array): Sha256 {
  return asSha256(createHash('sha256').update(bytes).digest('hex'));
}
const now = () => new Date(0);
const destroyed: Sha256[] = [];
async function arrivalOf(port: ReturnType<typeof reading>, content: Uint8Array, plain: Uint8Array | null) {
  const { sha256 } = await blobs.put({ kind: 'package-in', docId: '', name: '' }, content);
  const destroy = async (names: readonly Sha256[]) => void destroyed.push(...names);
  return readArrival(port, hubDocId.parse('D1'), sha256, now, destroy, undefined, plain);
}

it('a small package is an arrival after one job, and the same as after many', async () => {
  const content = packageOf([
    ['a.pdf', 'application/pdf', pdfOf('So 12/UBND', 20_000)],
    ['b.txt', 'text/plain', Buffer.from('b')],
    ['cut.pdf', 'application/pdf', pdfOf('x').subarray(0, 200)],
  ]);
  const port = reading();
  const quick = await arrivalOf(port, content, content);
  expect(jobs).toEqual(['read-arrival']);
  expect(quick).toMatchObject({
    kind: 'document',
    attachments: [
      { verdict: { verdict: 'unsigned' } },
      { verdict: null },
      { verdict: { verdict: 'unreadable' } },
    ],
  });
  expect(await arrivalOf(port, content, null)).toEqual(quick);
  expect(jobs).toEqual(['read-arrival', 'read-arrival']);
  // A package whose files ended the host before is read without looking at them.
  const strikes = strikesInMemory();
  for (const _time of [1, 2]) await strikes.add(`${shaOf(content)}+files`, 'reader-crashed');
  jobs.length = 0;
  expect(await arrivalOf(reading(strikes), content, content)).toEqual(quick);
  expect(jobs).toContain('read-package');
  expect(jobs).not.toContain('read-arrival');
});

it('a marked first page makes a package secret after that one job', async () => {
  const marked = pdfOf('ABC', 0, '[65 /M /uni1EAC /T]');
  const content = packageOf([['a.pdf', 'application/pdf', marked]]);
  expect(await arrivalOf(reading(), content, content)).toMatchObject({ kind: 'secret' });
  expect(jobs).toEqual(['read-arrival']);
  expect(destroyed).toEqual([shaOf(content), shaOf(marked)]);
});

it('a file whose password is known is asked about again, and no other', async () => {
  const locked = readFileSync('main/pdf/fixtures/aes-128.pdf');
  const content = packageOf([
    ['a.pdf', 'application/pdf', locked],
    ['b.pdf', 'application/pdf', pdfOf('mo')],
  ]);
  const port = reading();
  const before = await arrivalOf(port, content, content);
  expect(before).toMatchObject({ attachments: [{ verdict: { codes: ['pdf-password-needed'] } }, {}] });
  passwords.set(shaOf(locked), 'usr');
  jobs.length = 0;
  const after = await arrivalOf(port, content, content);
  expect(after).toMatchObject({
    attachments: [{ verdict: { verdict: 'unsigned' } }, { verdict: { verdict: 'unsigned' } }],
  });
  expect(jobs).toEqual(['read-arrival', 'pdf-facts', 'verify']);
});

it('a large package is read the long way', async () => {
  const content = packageOf([['a.bin', 'application/octet-stream', Buffer.alloc(4 << 20)]]);
  expect(await arrivalOf(reading(), content, content)).toMatchObject({ kind: 'document' });
  expect(jobs[0]).toBe('read-package');
});
