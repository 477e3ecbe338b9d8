import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FileVerdict } from '../../preload/contract/verdict';
import { basePdf, sign } from '../verifying/fixtures/pdf';
import { type Pki, standardPki } from '../verifying/fixtures/pki';
import type { CliIo } from './command';
import { verifyCommand } from './verify';

let pki: Pki;
let server: Server;
let lines: unknown[];
let io: CliIo;
/** What the trial's servers were asked. */
let asked: string[];

beforeAll(async () => {
  pki = standardPki();
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/ocsp') response.end(pki.answer('sub', Buffer.concat(chunks), 'responder'));
      else if (request.url === '/sub.cer') response.end(pki.der('sub'));
      else response.writeHead(404).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const port = (server.address() as AddressInfo).port;
  const extensions = readFileSync(pki.path('ext.cnf'), 'utf8');
  const online = `[online]\nbasicConstraints=CA:FALSE\nauthorityInfoAccess=OCSP;URI:http://127.0.0.1:${port}/ocsp,caIssuers;URI:http://127.0.0.1:${port}/sub.cer\n`;
  writeFileSync(pki.path('ext.cnf'), `${online}${extensions}`);
  pki.certificate('agency', 'sub', 'online', { subject: '/O=Trial/CN=Sở Nội vụ' });
  const make = (signer: string) =>
    sign(basePdf(), {
      numbers: [10, 11],
      name: 'Sig1',
      fields: [6],
      cms: (data) => pki.cms(data, { signer }),
    });
  writeFileSync(pki.path('leader.pdf'), make('leader'));
  writeFileSync(pki.path('agency.pdf'), make('agency'));
  writeFileSync(pki.path('plain.pdf'), basePdf());
  writeFileSync(pki.path('text.pdf'), 'not a PDF');
  mkdirSync(pki.path('trust'));
  for (const name of ['root', 'sub']) writeFileSync(join(pki.path('trust'), `${name}.crt`), pki.der(name));
  writeFileSync(join(pki.path('trust'), 'sub.crl'), pki.crl('sub'));
  writeFileSync(join(pki.path('trust'), 'README'), 'nothing to trust here');
}, 60_000);

afterAll(() => {
  server.close();
  pki.dispose();
});

beforeEach(() => {
  lines = [];
  asked = [];
  io = {
    callerFolder: pki.folder,
    env: {},
    json: (value) => lines.push(JSON.parse(JSON.stringify(value))),
    message: () => undefined,
    readSecretLine: () => Promise.reject(new Error('no secret')),
  };
});

const run = (...args: string[]) => verifyCommand.run([...args, '--json'], io);
const verdicts = () => (lines as (FileVerdict & { file: string })[]).map((line) => [line.file, line.verdict]);

describe('verify', () => {
  it('answers one line a file in the given order, names as given, and 0 when all are valid', async () => {
    expect(await run('leader.pdf', './leader.pdf', '--trust', 'trust', '--offline')).toBe(0);
    expect(verdicts()).toEqual([
      ['leader.pdf', 'valid'],
      ['./leader.pdf', 'valid'],
    ]);
    expect(Object.keys(lines[0] ?? {})).toEqual(['file', 'verdict', 'signatures', 'codes']);
    expect(asked).toEqual([]);
  });

  it('fetches issuer and status over HTTP when they are not there', async () => {
    expect(await run('agency.pdf', '--trust', 'root.pem')).toBe(0);
    expect(asked).toEqual(['GET /sub.cer', 'POST /ocsp']);
    expect(await run('agency.pdf', '--trust', 'root.pem', '--offline')).toBe(1);
  });

  it('ends with 1 when some file is not valid and 2 when none could be read', async () => {
    expect(await run('leader.pdf', 'plain.pdf', 'text.pdf', '--trust', 'trust', '--offline')).toBe(1);
    expect(verdicts().map(([, verdict]) => verdict)).toEqual(['valid', 'unsigned', 'unreadable']);
    expect(await run('text.pdf', 'missing.pdf', '--offline')).toBe(2);
    expect(lines.slice(-2)).toMatchObject([{ codes: ['pdf-not-pdf'] }, { codes: ['file-unreadable'] }]);
  });

  it('judges at the given time', async () => {
    expect(await run('leader.pdf', '--trust', 'trust', '--time', '2040-01-01T00:00:00Z', '--offline')).toBe(
      1,
    );
    expect(lines[0]).toMatchObject({ verdict: 'indeterminate', signatures: [{ chain: 'untrusted' }] });
  });

  it('refuses a wrong call and unusable trust with a code', async () => {
    await expect(run()).rejects.toMatchObject({ code: 'usage' });
    await expect(run('leader.pdf', '--trust')).rejects.toMatchObject({ code: 'usage' });
    await expect(run('leader.pdf', '--time', 'yesterday')).rejects.toMatchObject({ code: 'usage' });
    await expect(run('leader.pdf', '--nonsense')).rejects.toMatchObject({ code: 'usage' });
    await expect(run('leader.pdf', '--trust', 'text.pdf')).rejects.toMatchObject({ code: 'trust-unusable' });
    await expect(run('leader.pdf', '--trust', 'nowhere')).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
