// The client against hosts that crash, hang, eat memory, talk nonsense or ask for what is not theirs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Code } from '../../preload/contract/codes';
import { openJournal } from '../journal';
import { type HostProcess, nodeHostProcess } from '../runtime/host-process';
import { type JobHelp, ReadingClient, type ReadingLimits } from './client';
import { type Strikes, strikesInJournal, strikesInMemory } from './strikes';

/** A host that does what the name of its file says. */
const script = `
process.on('disconnect', () => process.exit(0));
const facts = { pages: 1, secret: false, text: String(process.pid), textRead: true };
const kept = [];
process.on('message', (message) => {
  if (message.kind !== 'job') {
    process.send({ kind: 'done', id: current, value: { ...facts, text: JSON.stringify(message) } });
    return;
  }
  current = message.id;
  const { id } = message;
  switch (message.input.access.path) {
    case 'good': process.send({ kind: 'done', id, value: facts }); return;
    case 'refused': process.send({ kind: 'failed', id, code: 'pdf-truncated', detail: 'x' }); return;
    case 'crash': process.abort();
    case 'exit': process.exit(0);
    case 'hang': for (;;) {}
    case 'heap': { const all = []; for (;;) all.push(new Array(100000).fill({})); }
    case 'buffers': setInterval(() => kept.push(Buffer.alloc(20 << 20, 1)), 5); return;
    case 'nonsense': process.send({ kind: 'done', id, value: { pages: -1, secret: 'no' } }); return;
    case 'chatter': process.send({ hello: 1 }); return;
    case 'other': process.send({ kind: 'done', id: id + 7, value: facts }); return;
    case 'code': process.send({ kind: 'failed', id, code: 'constructor', detail: '' }); return;
    case 'twice': process.send({ kind: 'done', id, value: facts }); process.send({ kind: 'done', id, value: facts }); return;
    case 'fetch': process.send({ kind: 'ask', id, ask: 1, question: { what: 'fetch', url: 'http://x/', body: null, contentType: null, accept: '*/*', maxBytes: 10 } }); return;
    case 'ticket': process.send({ kind: 'ask', id, ask: 1, question: { what: 'ticket' } }); return;
  }
});
let current = 0;
`;
let folder: string;
let entry: string;
const started: HostProcess[] = [];
const clients: ReadingClient[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'reading-'));
  entry = join(folder, 'host.cjs');
  writeFileSync(entry, script);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  started.length = 0;
});
afterAll(() => rmSync(folder, { recursive: true }));

function client(limits: Partial<ReadingLimits> = {}, strikes: Strikes = strikesInMemory()): ReadingClient {
  const start = () => {
    const host = nodeHostProcess({ entry, heapMegabytes: 64 });
    started.push(host);
    return host;
  };
  const one = new ReadingClient(start, strikes, { milliseconds: 10_000, ...limits });
  clients.push(one);
  return one;
}
async function ask(one: ReadingClient, path: string, help: Partial<JobHelp> = {}): Promise<string> {
  try {
    const input = { access: { path, fileKey: null }, textPages: 0, textCharacters: 0 };
    return (await one.run({ name: 'pdf-facts', input, file: path, size: 0, help })).text;
  } catch (error) {
    return (error as { code: Code }).code;
  }
}

describe('a host', () => {
  it('serves job after job, one at a time, in one process', async () => {
    const one = client();
    const answers = await Promise.all(['good', 'good', 'refused', 'good'].map((path) => ask(one, path)));
    expect(answers[0]).toMatch(/^\d+$/);
    expect(answers).toEqual([answers[0], answers[0], 'pdf-truncated', answers[0]]);
    expect(started).toHaveLength(1);
  });

  it.each([
    ['crash', 'reader-crashed'],
    ['exit', 'reader-crashed'],
    ['nonsense', 'reader-crashed'],
    ['chatter', 'reader-crashed'],
    ['other', 'reader-crashed'],
    ['code', 'reader-crashed'],
  ])(
    'that answers with "%s" is replaced, and its file kept out after the second time',
    async (path, code) => {
      const one = client();
      const before = await ask(one, 'good');
      expect(await ask(one, path)).toBe(code);
      expect(await ask(one, 'good')).not.toBe(before);
      expect(await ask(one, path)).toBe(code);
      expect(await ask(one, path)).toBe('file-kills-reader');
      expect(await ask(one, 'good')).toMatch(/^\d+$/);
    },
  );

  it('that hangs is ended at its limit', async () => {
    const one = client({ milliseconds: 400 });
    expect(await ask(one, 'hang')).toBe('file-too-slow');
    expect(await ask(one, 'good')).toMatch(/^\d+$/);
  });

  it('that takes more memory than it may is ended', async () => {
    const one = client({ memoryBytes: 200 << 20 });
    expect(await ask(one, 'buffers')).toBe('file-too-heavy');
    expect(['file-too-heavy', 'reader-crashed']).toContain(await ask(one, 'heap'));
    expect(await ask(one, 'good')).toMatch(/^\d+$/);
  });

  it('that says more than it was asked costs the next job nothing', async () => {
    const one = client();
    expect(await ask(one, 'twice')).toMatch(/^\d+$/);
    expect(['reader-crashed', expect.stringMatching(/^\d+$/)]).toContainEqual(await ask(one, 'good'));
    expect(await ask(one, 'good')).toMatch(/^\d+$/);
  });

  it('is given what its job may ask for, and nothing else', async () => {
    const one = client();
    const fetch = async () => Uint8Array.of(1, 2);
    expect(JSON.parse(await ask(one, 'fetch', { fetch }))).toMatchObject({ kind: 'answer', ask: 1 });
    expect(JSON.parse(await ask(one, 'fetch'))).toMatchObject({ kind: 'no-answer', code: 'internal' });
    expect(JSON.parse(await ask(one, 'ticket', { fetch }))).toMatchObject({ kind: 'no-answer' });
  });

  it('does not see the environment of the application', async () => {
    process.env.VAN_THU_TEST_SECRET = 'x';
    const spy = join(folder, 'env.cjs');
    writeFileSync(spy, "process.on('message', () => process.send(Object.keys(process.env)));");
    const host = nodeHostProcess({ entry: spy, heapMegabytes: 64 });
    const names = await new Promise((resolve) => {
      host.onMessage(resolve);
      host.post({}, [], () => undefined);
    });
    host.kill();
    delete process.env.VAN_THU_TEST_SECRET;
    expect(names).not.toContain('VAN_THU_TEST_SECRET');
  });
});

describe('a client that is closed', () => {
  it('ends what runs and what waits behind it, and starts no host again', async () => {
    const strikes = strikesInMemory();
    const one = client({}, strikes);
    await ask(one, 'good');
    const waiting = ['hang', 'good', 'crash'].map((path) => ask(one, path));
    one.close();
    expect(await Promise.all(waiting)).toEqual(['reader-crashed', 'reader-crashed', 'reader-crashed']);
    expect(await ask(one, 'good')).toBe('reader-crashed');
    one.close();
    expect(await ask(one, 'good')).toBe('reader-crashed');
    expect(started).toHaveLength(1);
    expect(['hang', 'good', 'crash'].map((path) => strikes.count(path))).toEqual([0, 0, 0]);
  });

  it('before its first job starts none at all', async () => {
    const one = client();
    one.close();
    expect(await ask(one, 'good')).toBe('reader-crashed');
    expect(started).toEqual([]);
  });
});

describe('strikes', () => {
  it('outlive a restart in the journal', async () => {
    const open = () =>
      openJournal({ folder: join(folder, 'journal'), key: new Uint8Array(32), storeInUse: false });
    for (const expected of ['reader-crashed', 'reader-crashed', 'file-kills-reader', 'file-kills-reader']) {
      const journal = await open();
      expect(
        await ask(
          client(
            {},
            strikesInJournal(journal, () => new Date()),
          ),
          'crash',
        ),
      ).toBe(expected);
      await journal.close();
    }
  });

  it('count across clients when they are kept, and closing gives none', async () => {
    const kept: string[] = [];
    const strikes: Strikes = {
      count: (file) => kept.filter((one) => one === file).length,
      add: async (file) => {
        kept.push(file);
      },
    };
    expect(await ask(client({}, strikes), 'crash')).toBe('reader-crashed');
    const closing = client({}, strikes);
    const asked = ask(closing, 'buffers');
    await ask(client(), 'good');
    closing.close();
    expect(await asked).toBe('reader-crashed');
    expect(kept).toEqual(['crash']);
    expect(await ask(client({}, strikes), 'crash')).toBe('reader-crashed');
    expect(await ask(client({}, strikes), 'crash')).toBe('file-kills-reader');
  });
});
