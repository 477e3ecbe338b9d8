// The command line of exchange: exit codes, JSON lines and files, against a server that answers by script.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFailure } from '../../preload/contract/failure';
import { type HostileServer, hostileServer } from '../exchange/hostile-server.fixture';
import { exchangeCommand } from './exchange';

const fixtures = new URL('../../tests/fixtures/edxml/', import.meta.url);
const document = readFileSync(new URL('edoc_new.edxml', fixtures));

let folder: string;
let server: HostileServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
  writeFileSync(join(folder, 'a.edxml'), document);
  server = undefined;
});

afterEach(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

function http(body: string, status = '200 OK'): string {
  return `HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const ok = (fields: object) =>
  http(JSON.stringify({ status: 'OK', ErrorCode: '0', ErrorDesc: '', ...fields }));

async function answering(text: string): Promise<void> {
  server = await hostileServer((socket) => {
    socket.end(text);
  });
}

interface Ran {
  readonly exit: number;
  readonly lines: Record<string, unknown>[];
}

/** Runs `exchange ...`; a Failure ends as main/cli.ts ends it. */
async function run(...args: string[]): Promise<Ran> {
  const lines: Record<string, unknown>[] = [];
  const io = {
    callerFolder: folder,
    env: { SECRET: 's3cr3t', EMPTY: '' },
    json: (value: unknown) => {
      lines.push(value as Record<string, unknown>);
    },
    message: () => undefined,
    readSecretLine: async () => new Uint8Array(0),
  };
  try {
    return { exit: await exchangeCommand.run(args, io), lines };
  } catch (error) {
    if (isFailure(error)) return { exit: 2, lines: [...lines, { code: error.code }] };
    throw error;
  }
}

function place(): string[] {
  return [
    '--endpoint',
    `http://127.0.0.1:${server?.port ?? 1}/x`,
    '--system-id',
    'G12',
    '--secret-env',
    'SECRET',
    '--json',
    '--timeout',
    '0.3',
  ];
}

test('list prints a line an item', async () => {
  await answering(ok({ data: [{ docId: 'A' }, { docId: 'B', from: 'H26' }] }));
  const { exit, lines } = await run('list', '--type', 'edoc', ...place());
  expect(exit).toBe(0);
  expect(lines.map((line) => line.docId)).toEqual(['A', 'B']);
});

test('fetch writes the package under its name and tells its hash', async () => {
  await answering(ok({ data: document.toString('base64') }));
  const { exit, lines } = await run('fetch', 'A', '--out', 'got.edxml', ...place());
  expect(exit).toBe(0);
  expect(lines[0]).toMatchObject({ docId: 'A', out: 'got.edxml', size: document.length });
  expect(readFileSync(join(folder, 'got.edxml')).equals(document)).toBe(true);
});

test('a fetch that ends badly leaves no file and exits with 3', async () => {
  await answering(`HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{"status":"OK","data":"QUJD`);
  const { exit, lines } = await run('fetch', 'A', '--out', 'got.edxml', ...place());
  expect(exit).toBe(3);
  expect(lines[0]).toMatchObject({ code: 'hub-cut', outcome: 'unknown' });
  expect(readdirSync(folder)).toEqual(['a.edxml']);
});

test('send prints the docId alone', async () => {
  await answering(ok({ DocId: 'D7' }));
  const { exit, lines } = await run('send', 'a.edxml', '--to', 'H26,G22', '--type', 'edoc', ...place());
  expect(exit).toBe(0);
  expect(lines).toEqual([{ docId: 'D7' }]);
  expect(server?.received()).toContain('XroadVnpt-to: ["H26","G22"]');
});

test('the hub’s refusal exits with 1 and its own words', async () => {
  await answering(http(JSON.stringify({ status: 'FAIL', ErrorCode: '11', ErrorDesc: 'không có' })));
  const { exit, lines } = await run('ack', 'A', ...place());
  expect(exit).toBe(1);
  expect(lines[0]).toMatchObject({ code: 'hub-refused', errorCode: '11', errorDesc: 'không có' });
});

test.each([
  ['garbage', http('<html>'), 'hub-answer-garbled'],
  ['HTTP 500', http('oops', '500 Internal Server Error'), 'hub-server-error'],
  ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n', 'hub-answer-garbled'],
  ['silence', '', 'hub-cut'],
])('%s exits with 3', async (_name, bytes, code) => {
  await answering(bytes);
  const { exit, lines } = await run('sent', ...place());
  expect(exit).toBe(3);
  expect(lines[0]).toMatchObject({ code });
});

test('a hub that hangs, and one that is not there, exit with 3', async () => {
  server = await hostileServer(() => undefined);
  expect(await run('agencies', ...place())).toMatchObject({ exit: 3, lines: [{ code: 'hub-timed-out' }] });
  await server.close();
  const gone = await run('agencies', ...place());
  expect(gone).toMatchObject({ exit: 3, lines: [{ code: 'hub-offline', outcome: 'not-sent' }] });
});

test.each([
  [['list']],
  [['list', '--type', 'other']],
  [['nonsense']],
  [['fetch', '--out', 'x']],
  [['fetch', 'A']],
  [['send', 'a.edxml', '--type', 'edoc']],
  [['send', 'a.edxml', '--to', ' , ', '--type', 'edoc']],
  [['ack', 'A', '--status', 'maybe']],
  [['ack', 'A', 'B']],
  [['list', '--type', 'edoc', '--unknown']],
])('%j is a usage error with exit 2', async (args) => {
  expect(await run(...args, ...place())).toMatchObject({ exit: 2, lines: [{ code: 'usage' }] });
});

test('an empty secret, a wrong address or plain http to a stranger exits with 2', async () => {
  const rest = ['--system-id', 'G12', '--secret-env'];
  const local = ['agencies', '--endpoint', 'http://127.0.0.1:1/x', ...rest];
  expect(await run(...local, 'EMPTY')).toMatchObject({ exit: 2, lines: [{ code: 'usage' }] });
  const wrong = ['agencies', '--endpoint', 'not a url', ...rest, 'SECRET'];
  expect(await run(...wrong)).toMatchObject({ exit: 2, lines: [{ code: 'usage' }] });
  const plain = ['agencies', '--endpoint', 'http://10.0.0.1:8280/x', ...rest, 'SECRET'];
  expect(await run(...plain)).toMatchObject({ exit: 2, lines: [{ code: 'hub-endpoint-unsafe' }] });
});

test('a secret document and a file that is no package exit with 2, and nothing is sent', async () => {
  await answering(ok({ DocId: 'D' }));
  writeFileSync(join(folder, 'mat.edxml'), document.toString('utf8').replace('V/v thử', '(MẬT) V/v thử'));
  writeFileSync(join(folder, 'b.pdf'), '%PDF-1.7');
  const send = (file: string) => run('send', file, '--to', 'H26', '--type', 'edoc', ...place());
  expect(await send('mat.edxml')).toMatchObject({
    exit: 2,
    lines: [{ code: 'package-secret', outcome: 'blocked' }],
  });
  expect(await send('b.pdf')).toMatchObject({ exit: 2, lines: [{ outcome: 'blocked' }] });
  expect(await send('absent.edxml')).toMatchObject({ exit: 2, lines: [{ code: 'file-unreadable' }] });
  expect(server?.connections()).toBe(0);
});

test('a target that cannot be written exits with 2 before the hub is asked', async () => {
  await answering(ok({ data: document.toString('base64') }));
  const answer = await run('fetch', 'A', '--out', 'no/such/folder/x', ...place());
  expect(answer).toMatchObject({ exit: 2, lines: [{ code: 'file-unwritable' }] });
  expect(server?.connections()).toBe(0);
});

test('a folder is a hub too: prepared, sent into, listed, fetched, acknowledged', async () => {
  const here = (id: string, ...more: string[]) => [
    '--kind',
    'folder',
    '--root',
    'usb',
    '--system-id',
    id,
    ...more,
  ];
  expect((await run('prepare', ...here('G12'))).exit).toBe(0);
  expect(readdirSync(join(folder, 'usb')).sort()).toEqual(['done', 'in', 'out']);
  const sent = await run('send', 'a.edxml', '--to', 'H26', '--type', 'edoc', ...here('G12'));
  expect(sent).toMatchObject({ exit: 0, lines: [{ docId: expect.stringMatching(/^[0-9a-f]{64}$/) }] });
  const other = here('H26', '--inbox', 'out');
  const list = await run('list', '--type', 'edoc', ...other);
  expect(list.lines).toMatchObject([{ docId: sent.lines[0]?.docId, from: 'G12', to: ['H26'] }]);
  const docId = String(sent.lines[0]?.docId);
  expect((await run('fetch', docId, '--out', 'got.edxml', ...other)).exit).toBe(0);
  expect(readFileSync(join(folder, 'got.edxml')).equals(document)).toBe(true);
  expect((await run('ack', docId, ...other)).exit).toBe(0);
  expect((await run('list', '--type', 'edoc', ...other)).lines).toEqual([]);
});

test('a security server is asked for the service that the switches name', async () => {
  await answering(http(JSON.stringify({ code: 200, data: [{ docId: 'A' }] })));
  const { exit, lines } = await run(
    ...['list', '--type', 'edoc', '--kind', 'xroad', '--system-id', 'H37', '--timeout', '5'],
    ...['--endpoint', `http://127.0.0.1:${server?.port}/`, '--client', 'VN/GOV/H37'],
    ...['--service', 'VN/GOV/VPCP/truc:vanban'],
  );
  expect({ exit, docId: lines[0]?.docId }).toEqual({ exit: 0, docId: 'A' });
  expect(server?.received()).toMatch(/^GET \/r1\/VN\/GOV\/VPCP\/truc\/vanban\/syncReceivedEdocList\?/);
  expect(server?.received()).toContain('X-Road-Client: VN/GOV/H37');
});

test('a gateway is signed in to first; who it turns away is told so', async () => {
  await answering(http(JSON.stringify({ code: 401, message: 'sai mật khẩu' }), '401 Unauthorized'));
  const { exit, lines } = await run(
    ...['list', '--type', 'edoc', '--kind', 'lgsp', '--system-id', 'H37', '--timeout', '5'],
    ...['--endpoint', `http://127.0.0.1:${server?.port}/`, '--secret-env', 'SECRET'],
    ...['--username', 'vanthu', '--password-env', 'SECRET'],
  );
  expect(exit).toBe(1);
  expect(lines[0]).toMatchObject({ code: 'hub-signed-out', errorDesc: 'sai mật khẩu' });
  expect(server?.received()).toMatch(/^POST \/v1\/auth\/login\?allow_anonymous=true/);
});

test.each([
  [['--kind', 'folder', '--system-id', 'H37'], 'no root'],
  [['--kind', 'lgsp', '--system-id', 'H37', '--endpoint', 'https://x.vn', '--username', 'a'], 'no secrets'],
  [
    [
      '--kind',
      'xroad',
      '--system-id',
      'H37',
      '--endpoint',
      'https://x.vn',
      '--client',
      'VN/GOV',
      '--service',
      'a/b/c',
    ],
    'half a member',
  ],
  [['--kind', 'post', '--system-id', 'H37'], 'no such kind'],
  [['--kind', 'folder', '--root', 'usb', '--inbox', '../x', '--system-id', 'H37'], 'a way out of the root'],
])('%j is a mistake in the switches: %s', async (switches) => {
  expect(await run('list', '--type', 'edoc', ...switches)).toEqual({ exit: 2, lines: [{ code: 'usage' }] });
});
