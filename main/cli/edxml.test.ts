import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PackageJson } from '../../preload/contract/edxml';
import type { CliIo } from './command';
import { edxmlCommand } from './edxml';

const fixture = fileURLToPath(new URL('../../tests/fixtures/edxml/edoc_new.edxml', import.meta.url));
let folder: string;
let lines: unknown[];
let io: CliIo;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edxml-cli-'));
  lines = [];
  io = {
    callerFolder: folder,
    env: {},
    json: (value) => lines.push(JSON.parse(JSON.stringify(value))),
    message: () => undefined,
    readSecretLine: () => Promise.reject(new Error('no secret')),
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<PackageJson> {
  expect(await edxmlCommand.run(args, io)).toBe(0);
  return lines.at(-1) as PackageJson;
}

describe('edxml read and write', () => {
  it('give the same JSON back, with Base64 or with extracted files counted from the caller’s folder', async () => {
    const inline = await run('read', fixture, '--json');
    writeFileSync(join(folder, 'a.json'), JSON.stringify(inline));
    await run('write', 'a.json', '--out', 'a.edxml');
    expect(await run('read', 'a.edxml', '--json')).toEqual(inline);
    const stored = await run('read', fixture, '--json', '--extract', 'out');
    expect(stored.attachments.map((one) => one.bytes)).toMatchObject([
      { path: join('out', '99-BTC.pdf'), size: 15 },
      { path: join('out', 'phuluc.xlsx') },
    ]);
    expect(readFileSync(join(folder, 'out/99-BTC.pdf'), 'latin1')).toBe('%PDF-1.4\n%mini\n');
    writeFileSync(join(folder, 'b.json'), `\uFEFF${JSON.stringify(stored)}`);
    await run('write', 'b.json', '--out', 'b.edxml');
    expect(readFileSync(join(folder, 'b.edxml')).equals(readFileSync(join(folder, 'a.edxml')))).toBe(true);
  });

  it('write takes a file by its path alone', async () => {
    const stored = await run('read', fixture, '--json', '--extract', 'out');
    const attachments = stored.attachments.map((one) => ({ ...one, bytes: { path: `out/${one.name}` } }));
    writeFileSync(join(folder, 'p.json'), JSON.stringify({ ...stored, attachments }));
    await run('write', 'p.json', '--out', 'p.edxml');
    const again = await run('read', 'p.edxml', '--json', '--extract', 'again');
    expect(again.attachments.map((one) => one.bytes)).toMatchObject([{ size: 15 }, { size: 15 }]);
  });

  it('refuse bad input with a code and leave no file', async () => {
    const stored = await run('read', fixture, '--json', '--extract', 'out');
    writeFileSync(join(folder, 'b.json'), JSON.stringify(stored));
    writeFileSync(join(folder, 'out/99-BTC.pdf'), 'khác');
    writeFileSync(join(folder, 'c.json'), '{"kind":"edoc","headr":{}}');
    writeFileSync(join(folder, 'd.json'), 'không phải JSON');
    writeFileSync(join(folder, 'x.edxml'), 'không phải XML');
    const attempts: [string[], string][] = [
      [['write', 'b.json', '--out', 'o'], 'edxml-attachment-changed'],
      [['write', 'c.json', '--out', 'o'], 'edxml-model'],
      [['write', 'd.json', '--out', 'o'], 'edxml-model'],
      [['write', 'none.json', '--out', 'o'], 'file-unreadable'],
      [['write', 'b.json'], 'usage'],
      [['read', 'x.edxml', '--json'], 'edxml-not-xml'],
      [['read', 'none.edxml', '--json'], 'file-unreadable'],
      [['read', 'x.edxml', '--what'], 'usage'],
      [['read'], 'usage'],
      [['list'], 'usage'],
    ];
    for (const [args, code] of attempts) {
      await expect(edxmlCommand.run(args, io)).rejects.toMatchObject({ code });
    }
    expect(() => readFileSync(join(folder, 'o'))).toThrow('ENOENT');
  });
});

describe('edxml check', () => {
  it('tells what it found, and ends with 1 where something must be looked at first', async () => {
    const one = await run('read', fixture, '--json');
    expect(await edxmlCommand.run(['check', fixture, '--agency', 'H99'], io)).toBe(0);
    expect(lines.at(-1)).toMatchObject({ kind: 'edoc', secret: false, findings: [{ code: 'not-for-us' }] });
    const renamed = { ...one, attachments: one.attachments.map((file) => ({ ...file, name: 'a.pdf.exe' })) };
    writeFileSync(join(folder, 'a.json'), JSON.stringify(renamed));
    await run('write', 'a.json', '--out', 'a.edxml');
    expect(await edxmlCommand.run(['check', 'a.edxml'], io)).toBe(1);
    expect(JSON.stringify(lines.at(-1))).toContain('name-program');
  });

  it('says of a secret document that it is one, and no word of it', async () => {
    const one = await run('read', fixture, '--json');
    if (one.kind !== 'edoc') throw new Error(one.kind);
    const secret = { ...one, header: { ...one.header, Subject: 'TUYỆT MẬT - Phương án' } };
    writeFileSync(join(folder, 'a.json'), JSON.stringify(secret));
    await run('write', 'a.json', '--out', 'a.edxml');
    expect(await edxmlCommand.run(['check', 'a.edxml'], io)).toBe(1);
    expect(lines.at(-1)).toEqual({ kind: 'edoc', secret: true });
  });
});
