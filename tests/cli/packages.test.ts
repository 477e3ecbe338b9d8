// `edxml` and `exchange` as IT staff call them: packages as JSON and back, and every operation against a real hub that can
// be told to fail.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackageJson } from '../../preload/contract/edxml';
import { stateFolder } from '../desk/launch';
import { freePort, type Running, startProgram } from '../sandbox/process';
import { type Called, commandLine } from './command-line';

const base = stateFolder('cli-packages');
const folder = join(base, 'thư mục người gọi');
const fixtures = resolve('tests/fixtures/edxml');
const secret = 'khóa của hộp cát';
let hub: Running;
let port: number;

beforeAll(async () => {
  rmSync(base, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  port = await freePort();
  hub = await startProgram(resolve('out/sandbox/hub.cjs'), [
    ...['--dir', join(base, 'hub'), '--port', String(port), '--secret', secret, '--seed-dir', fixtures],
    ...['--lag', '0', '--reply-after', '3600'],
  ]);
});

afterAll(async () => {
  await hub?.stop();
  rmSync(base, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const run = (...args: string[]): Promise<Called> =>
  commandLine(args, { from: folder, env: { HUB_SECRET: secret } });

async function packageOf(...args: string[]): Promise<PackageJson> {
  const done = await run('edxml', 'read', ...args, '--json');
  expect(done.exit, done.errors).toBe(0);
  expect(done.lines).toHaveLength(1);
  return done.lines[0] as unknown as PackageJson;
}

async function written(json: unknown, out: string): Promise<void> {
  writeFileSync(at(`${out}.json`), JSON.stringify(json));
  const done = await run('edxml', 'write', `${out}.json`, '--out', out);
  expect(done.exit, done.errors).toBe(0);
}

describe('edxml', () => {
  it('reads every sample, writes it again and reads the same; extracted files are the attachments', async () => {
    const samples = readdirSync(fixtures).filter((name) => name.endsWith('.edxml'));
    expect(samples.length).toBeGreaterThan(0);
    for (const name of samples) {
      const inline = await packageOf(join(fixtures, name));
      expect(Object.keys(inline)).toEqual(['kind', 'header', 'trace', 'attachments', 'unknown']);
      await written(inline, 'again.edxml');
      expect(await packageOf('again.edxml')).toEqual(inline);
      const stored = await packageOf('again.edxml', '--extract', 'tệp kèm');
      for (const [index, { bytes }] of stored.attachments.entries()) {
        const { path, sha256: hash, size } = bytes as { path: string; sha256: string; size: number };
        const content = readFileSync(at(path));
        expect([content.length, sha256(content)]).toEqual([size, hash]);
        expect(content.toString('base64')).toBe(inline.attachments[index]?.bytes);
      }
      await written(stored, 'stored.edxml');
      expect(await packageOf('stored.edxml')).toEqual(inline);
    }
  });

  it('ends with 2 and {code, message} for what is no package, and writes nothing', async () => {
    const good = readFileSync(join(fixtures, 'edoc_new.edxml'), 'utf8');
    const start = good.indexOf('?>') + 2;
    const insert = (text: string) => good.slice(0, start) + text + good.slice(start);
    const inputs: [string, string][] = [
      ['not XML', 'edxml-not-xml'],
      ['<html/>', 'edxml-root'],
      [good.replaceAll('QCVN_102_2016', 'KHAC'), 'edxml-namespace'],
      [good.slice(0, good.length >> 1), 'edxml-truncated'],
      [insert('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), 'edxml-doctype'],
    ];
    for (const [text, code] of inputs) {
      writeFileSync(at('bad.edxml'), text);
      const done = await run('edxml', 'read', 'bad.edxml', '--json');
      expect([done.exit, done.lines]).toEqual([
        2,
        [expect.objectContaining({ code, message: expect.any(String) })],
      ]);
    }
    writeFileSync(at('bad.json'), '{"kind":"edoc","header":{}}');
    const done = await run('edxml', 'write', 'bad.json', '--out', 'never.edxml');
    expect([done.exit, done.lines[0]?.code]).toEqual([2, 'edxml-field-missing']);
    expect(readdirSync(folder)).not.toContain('never.edxml');
  });
});

/** `exchange ...` as an agency of the hub. */
const exchange = (systemId: string, ...args: string[]) =>
  run(
    ...['exchange', ...args, '--endpoint', `http://127.0.0.1:${port}/XrdAdapter/RestService/forward/mocdoc`],
    ...['--system-id', systemId, '--secret-env', 'HUB_SECRET', '--json'],
  );

async function fault(mode: string, operation: string): Promise<void> {
  const { adminPort } = hub.ready.listening as { readonly adminPort: number };
  const body = JSON.stringify({ mode, operation });
  const answer = await fetch(`http://127.0.0.1:${adminPort}/admin/fault`, { method: 'POST', body });
  expect(answer.ok).toBe(true);
}

describe('exchange', () => {
  it('lists, fetches byte for byte and acknowledges; what is done is listed no more', async () => {
    const listed = await exchange('H26', 'list', '--type', 'edoc');
    expect(listed.exit, listed.errors).toBe(0);
    const docId = String(listed.lines[0]?.docId);
    const fetched = await exchange('H26', 'fetch', docId, '--out', 'đến.edxml');
    expect(fetched.exit, fetched.errors).toBe(0);
    const bytes = readFileSync(at('đến.edxml'));
    expect(fetched.lines).toEqual([{ docId, out: 'đến.edxml', sha256: sha256(bytes), size: bytes.length }]);
    const originals = readdirSync(fixtures).map((name) => sha256(readFileSync(join(fixtures, name))));
    expect(originals).toContain(sha256(bytes));
    expect((await exchange('H26', 'ack', docId)).exit).toBe(0);
    const after = await exchange('H26', 'list', '--type', 'edoc');
    expect(after.lines.map((line) => line.docId)).not.toContain(docId);
    expect(after.lines).toHaveLength(listed.lines.length - 1);
  });

  it('sends a package to two agencies, and it shows in the sent list', async () => {
    const done = await exchange(
      'G12',
      'send',
      join(fixtures, 'edoc_new.edxml'),
      '--to',
      'H26,G22',
      '--type',
      'edoc',
    );
    expect(done.exit, done.errors).toBe(0);
    const { docId } = done.lines[0] ?? {};
    expect(done.lines).toEqual([{ docId: expect.any(String) }]);
    const sent = await exchange('G12', 'sent');
    const receivers = sent.lines.filter((line) => line.senderDocId === docId).map((line) => line.toCode);
    expect(receivers.sort()).toEqual(['G22', 'H26']);
    const agencies = await exchange('G12', 'agencies');
    expect(agencies.lines.map((line) => line.code)).toContain('H26');
  });

  it('ends with 1 when the hub refuses', async () => {
    const missing = await exchange('H26', 'fetch', 'none', '--out', 'không.edxml');
    expect([missing.exit, missing.lines[0]?.code]).toEqual([1, 'hub-refused']);
    expect(readdirSync(folder)).not.toContain('không.edxml');
    const stranger = await exchange('Z99', 'list', '--type', 'edoc');
    expect([stranger.exit, stranger.lines[0]?.code]).toEqual([1, 'hub-signed-out']);
  });

  it('ends with 2 before a byte leaves when the call or the package is wrong', async () => {
    const bad = await exchange('G12', 'send', 'bad.json', '--to', 'H26', '--type', 'edoc');
    expect([bad.exit, bad.lines[0]?.code]).toEqual([2, 'edxml-not-xml']);
    const status = await exchange(
      'G12',
      'send',
      join(fixtures, 'edoc_new.edxml'),
      '--to',
      'H26',
      '--type',
      'status',
    );
    expect([status.exit, status.lines[0]?.code]).toEqual([2, 'package-kind-mismatch']);
    const call = await exchange('G12', 'list');
    expect([call.exit, call.lines[0]?.code]).toEqual([2, 'usage']);
  });

  it('ends with 3 when the outcome is unknown', async () => {
    const send = () =>
      exchange('G12', 'send', join(fixtures, 'edoc_new.edxml'), '--to', 'H26', '--type', 'edoc');
    for (const [mode, code] of [
      ['garbage', 'hub-answer-garbled'],
      ['http-500', 'hub-server-error'],
      ['drop-after-accept', 'hub-cut'],
    ] as const) {
      await fault(mode, 'sendEdoc');
      const done = await send();
      expect([done.exit, done.lines[0]?.code, done.lines[0]?.outcome]).toEqual([3, code, 'unknown']);
    }
    await fault('half-answer', '*');
    const listed = await exchange('G12', 'list', '--type', 'edoc');
    expect([listed.exit, listed.lines.length, listed.lines[0]?.code]).toEqual([3, 1, 'hub-cut']);
  });
});
