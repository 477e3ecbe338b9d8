// `repair` as a caller sees it: one line, a new file, the damaged one untouched.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../preload/contract/failure';
import { samplePdf } from '../pdf/sample-pdf';
import type { CliIo } from './command';
import { repairCommand } from './repair';

const folder = mkdtempSync(join(tmpdir(), 'van-thu-cli-repair-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: readonly string[]) {
  const lines: Record<string, unknown>[] = [];
  const words: string[] = [];
  const io: CliIo = {
    callerFolder: folder,
    env: {},
    json: (value) => void lines.push(value as Record<string, unknown>),
    message: (text) => void words.push(text),
    readSecretLine: async () => new Uint8Array(),
  };
  const exit = await repairCommand.run(args, io).catch((error: unknown) => codeOf(error));
  return { exit, line: lines[0], words: words.join('\n') };
}

const whole = Buffer.from(samplePdf('table'));
const damaged = whole.subarray(0, whole.indexOf('\nxref\n'));
writeFileSync(join(folder, 'lanh.pdf'), whole);
writeFileSync(join(folder, 'hong.pdf'), damaged);

describe('repair', () => {
  it('writes a new file that says what it has, and leaves the damaged one alone', async () => {
    const { exit, line } = await run('hong.pdf', '--out', 'moi.pdf', '--json');
    expect(exit).toBe(0);
    expect(line).toMatchObject({
      file: 'hong.pdf',
      out: 'moi.pdf',
      ok: true,
      code: null,
      pages: 1,
      signatures: [],
    });
    expect(readFileSync(join(folder, 'hong.pdf')).equals(damaged)).toBe(true);
    expect(readFileSync(join(folder, 'moi.pdf'), 'latin1')).toContain('/RepairedFrom (hong.pdf)');
  });

  it('refuses what needs none, what is no PDF, and to write over its input; nothing is left behind', async () => {
    const before = readdirSync(folder);
    expect(await run('lanh.pdf', '--out', 'b.pdf')).toMatchObject({
      exit: 2,
      line: { ok: false, code: 'pdf-repair-not-needed', out: null },
    });
    writeFileSync(join(folder, 'chu.pdf'), 'chữ');
    expect((await run('chu.pdf', '--out', 'b.pdf')).line).toMatchObject({ code: 'pdf-repair-nothing' });
    expect((await run('hong.pdf', '--out', 'hong.pdf')).line).toMatchObject({ code: 'signing-same-file' });
    expect(await run('hong.pdf')).toMatchObject({ exit: 'usage' });
    expect(readdirSync(folder).sort()).toEqual([...before, 'chu.pdf'].sort());
    expect(readFileSync(join(folder, 'hong.pdf')).equals(damaged)).toBe(true);
  });
});
