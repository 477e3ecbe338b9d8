// The demonstration as a newcomer runs it, and what other programs say of the signed file it leaves behind.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stateFolder } from '../desk/launch';

const work = stateFolder('demo-test');
const out = join(work, 'out');

function run(
  command: string,
  args: readonly string[],
): { readonly status: number | null; readonly text: string } {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  return { status: done.status, text: `${done.stdout}${done.stderr}` };
}

let status: number | null = null;

beforeAll(() => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const args = ['out/tests/demo.cjs', '--headless', '--out', out, '--work', work];
  status = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 400_000,
  }).status;
}, 420_000);

describe('the demonstration', () => {
  it('does every step and leaves exactly its files', () => {
    const evidence = JSON.parse(readFileSync(join(out, 'evidence.json'), 'utf8')) as {
      steps: { name: string; at: string; ms: number; ok: boolean; code: string }[];
    };
    expect(evidence.steps.filter((step) => !step.ok)).toEqual([]);
    expect(evidence.steps.map((step) => step.name)).toContain('sent-once');
    expect(status).toBe(0);
    const others = readdirSync(out).filter((name) => !/^\d\d-[a-z0-9-]+\.png$/.test(name));
    expect(others.sort()).toEqual(['evidence.json', 'parts', 'sent.edxml', 'signed.pdf']);
  });

  it('signs a file that pdfsig, qpdf and mutool read as two valid signatures over unchanged bytes', () => {
    const signed = join(out, 'signed.pdf');
    const pdfsig = run('pdfsig', ['-nocert', signed]).text;
    expect(pdfsig.match(/Signature is Valid/g)).toHaveLength(2);
    expect(pdfsig).not.toMatch(/Invalid|Mismatch|Generic/);
    expect(pdfsig).toContain('Total document signed');
    expect(run('qpdf', ['--check', signed]).status).toBe(0);
    const mutool = run('mutool', ['sign', '-v', signed]).text;
    expect(mutool).toContain('The document is unchanged since signing');
    // What the leader signed is the beginning of what was sent, byte for byte.
    const leader = readFileSync(join(out, 'parts/lanh-dao-da-ky.pdf'));
    expect(readFileSync(signed).subarray(0, leader.length).equals(leader)).toBe(true);
  });
});
