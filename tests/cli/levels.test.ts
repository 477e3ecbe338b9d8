// Levels above B-B as IT staff raise them: `sign --level` with a token, `raise` without one, real OCSP, lists and time stamps,
// other programs as judges.
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareNumberFields, shippedFont } from '../../main/signing';
import { bytesSource } from '../../preload/contract/byte-source';
import { freePort } from '../sandbox/process';
import { commandLine } from './command-line';
import { opinionOf, stampOpinion } from './oracles';
import { type CliWorld, openCliWorld, type TokenPlace } from './world';

let world: CliWorld;
let tsa: string;
let nobody: string;

beforeAll(async () => {
  world = await openCliWorld('levels');
  const index = JSON.parse(readFileSync(join(world.base, 'pki/index.json'), 'utf8')) as { tsa: string };
  tsa = index.tsa;
  nobody = `http://127.0.0.1:${await freePort()}/tsa`;
});

afterAll(() => world?.close());

const at = (name: string): string => join(world.folder, name);
const run = (args: readonly string[], input = '') =>
  commandLine(args, { from: world.folder, env: world.env, input });

const sign = (token: TokenPlace, args: readonly string[]) =>
  run(
    [
      ...['sign', ...args, '--module', world.module, '--token', token.label],
      ...['--pin-stdin', '--json', '--trust', world.root],
    ],
    `${token.pin}\n`,
  );

async function levelsOf(file: string): Promise<unknown> {
  const done = await run(['verify', file, '--json', '--trust', world.root]);
  expect(done.lines[0]).toMatchObject({ verdict: 'valid' });
  const signatures = done.lines[0]?.signatures as { kind: string; level: string }[];
  return signatures.filter((one) => one.kind === 'signature').map((one) => one.level);
}

const stampWords = (file: string): string =>
  stampOpinion(at(file), world.root, join(world.base, 'pki/certs/sub-ca.pem'), world.base);

describe('levels on the command line', () => {
  it.each(['B-T', 'B-LT', 'B-LTA'])('sign reaches %s and other programs agree', async (level) => {
    const out = `ký ${level}.pdf`;
    const done = await sign(world.leader, ['công văn.pdf', '--out', out, '--level', level, '--tsa', tsa]);
    expect(done.exit, done.errors).toBe(0);
    expect(done.lines[0]).toMatchObject({
      ok: true,
      level,
      warnings: [],
      bytes: readFileSync(at(out)).length,
    });
    expect(await levelsOf(out)).toEqual([level]);
    const opinion = opinionOf(at(out), world.root, world.base);
    expect(opinion.signatures[0]).toBe('Signature is Valid.');
    expect(opinion.certificates[0]).toBe('Certificate is Trusted.');
    expect(opinion.qpdf).toBe(0);
    expect(opinion.cades[0]).toBe(0);
  });

  it('raise takes leader and seal, signed offline, to B-LTA without a token, asking the next authority', async () => {
    await sign(world.leader, ['công văn.pdf', '--out', 'l.pdf']);
    await sign(world.agency, ['l.pdf', '--out', 'ls.pdf', '--role', 'seal']);
    const input = readFileSync(at('ls.pdf'));
    const asked = ['--level', 'B-LTA', '--tsa', nobody, '--tsa', tsa, '--trust', world.root];
    const done = await run(['raise', 'ls.pdf', '--out', 'lta.pdf', ...asked, '--json']);
    expect(done.exit, done.errors).toBe(0);
    expect(done.lines).toMatchObject([
      { file: 'ls.pdf', out: 'lta.pdf', ok: true, code: null, level: 'B-LTA', warnings: [] },
    ]);
    expect(readFileSync(at('lta.pdf')).subarray(0, input.length).equals(input)).toBe(true);
    expect(readFileSync(at('ls.pdf')).equals(input)).toBe(true);
    expect(await levelsOf('lta.pdf')).toEqual(['B-LTA', 'B-LTA']);
    expect(stampWords('lta.pdf')).toContain('Verification: OK');
    const opinion = opinionOf(at('lta.pdf'), world.root, world.base);
    expect(opinion.signatures.slice(0, 2)).toEqual(Array(2).fill('Signature is Valid.'));
    expect(opinion.qpdf).toBe(0);
  });

  it('leader, number, seal and the signature on an attachment stand at every level', async () => {
    await sign(world.leader, ['công văn.pdf', '--out', 'một.pdf']);
    const before = readFileSync(at('một.pdf'));
    const words = { number: [{ x: 90, y: 700, text: '318' }], date: [{ x: 380, y: 680, text: '27' }] };
    const number = prepareNumberFields(bytesSource(before), { page: 0, ...words }, { font: shippedFont() });
    writeFileSync(at('hai.pdf'), Buffer.concat([before, number]));
    await sign(world.agency, ['hai.pdf', '--out', 'văn bản.pdf', '--role', 'seal']);
    const annex = ['--role', 'attachment', '--document-number', '318/UBND-VX', '--allow-seal-first'];
    await sign(world.agency, ['công văn.pdf', '--out', 'phụ lục.pdf', ...annex]);
    const asked = ['--tsa', tsa, '--trust', world.root];
    for (const level of ['B-B', 'B-T', 'B-LT', 'B-LTA']) {
      const folder = `mức ${level}`;
      if (level !== 'B-B') {
        const files = ['văn bản.pdf', 'phụ lục.pdf'];
        const done = await run(['raise', ...files, '--out', `${folder}/`, '--level', level, ...asked]);
        expect([done.exit, done.lines.map((line) => line.level)], done.errors).toEqual([0, [level, level]]);
      }
      for (const [name, count] of [
        ['văn bản.pdf', 2],
        ['phụ lục.pdf', 1],
      ] as const) {
        const file = level === 'B-B' ? name : join(folder, name);
        expect(await levelsOf(file)).toEqual(Array(count).fill(level));
        const opinion = opinionOf(at(file), world.root, world.base);
        expect(opinion.signatures.slice(0, count), file).toEqual(Array(count).fill('Signature is Valid.'));
        expect(opinion.certificates.slice(0, count)).toEqual(Array(count).fill('Certificate is Trusted.'));
        expect(opinion.cades.slice(0, count)).toEqual(Array(count).fill(0));
        expect(opinion.qpdf).toBe(0);
        if (level !== 'B-B') expect(stampWords(file)).toContain('Verification: OK');
      }
    }
  });

  it('no authority of time costs a signature', async () => {
    const asked = ['--level', 'B-LTA', '--tsa', nobody];
    const done = await sign(world.leader, ['công văn.pdf', '--out', 'offline.pdf', ...asked]);
    expect(done.exit, done.errors).toBe(0);
    expect(done.lines[0]).toMatchObject({ ok: true, level: 'B-B', warnings: ['signing-timestamp-failed'] });
    expect(await levelsOf('offline.pdf')).toEqual(['B-B']);
    const raised = await run(['raise', 'offline.pdf', '--out', 'none.pdf', ...asked, '--trust', world.root]);
    expect([raised.exit, raised.lines[0]?.code]).toEqual([1, 'signing-timestamp-failed']);
    expect(raised.lines[0]).toMatchObject({ out: null, ok: false, level: 'B-B' });
    expect(existsSync(at('none.pdf'))).toBe(false);
  });

  it('raise goes on with the other files where one cannot be raised', async () => {
    await sign(world.leader, ['công văn.pdf', '--out', 'good.pdf']);
    copyFileSync(at('công văn.pdf'), at('unsigned.pdf'));
    writeFileSync(at('no.pdf'), 'not a PDF');
    const asked = ['--level', 'B-T', '--tsa', tsa, '--trust', world.root];
    const done = await run(['raise', 'unsigned.pdf', 'no.pdf', 'good.pdf', '--out', 'raised/', ...asked]);
    expect(done.exit).toBe(1);
    expect(done.lines.map((line) => [line.file, line.ok, line.code])).toEqual([
      ['unsigned.pdf', false, 'signing-nothing-to-raise'],
      ['no.pdf', false, expect.stringMatching(/^pdf-/)],
      ['good.pdf', true, null],
    ]);
    expect(existsSync(at('raised/unsigned.pdf'))).toBe(false);
    const same = await run(['raise', 'good.pdf', '--out', 'good.pdf', ...asked]);
    expect([same.exit, same.lines[0]?.code]).toEqual([1, 'signing-same-file']);
    const wrong = await run(['raise', 'good.pdf', '--out', 'x.pdf', '--level', 'B-B', '--tsa', tsa]);
    expect([wrong.exit, wrong.lines[0]?.code]).toEqual([2, 'usage']);
  });
});
