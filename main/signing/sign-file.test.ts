import { linkSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf, Failure } from '../../preload/contract/failure';
import { samplePdf } from '../pdf/sample-pdf';
import type { SigningOrder } from './sign';
import { type FileCheck, prepareFile, publishSigned, signFile } from './sign-file';
import { testFont, testKey, testSigner } from './test-signers';

const known = testSigner(testKey('rsa:2048', '/CN=Người ký'), 'rsa-pkcs1-sha256');
const resources = { font: testFont() };
const order: SigningOrder = { what: { role: 'leader' }, time: new Date('2026-11-22T02:00:00Z') };
const accept: FileCheck = async () => undefined;

function folderWithInput(): { folder: string; input: string; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-sign-'));
  const input = join(folder, 'van-ban.pdf');
  writeFileSync(input, samplePdf('table'));
  return { folder, input, output: join(folder, 'da-ky.pdf') };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => codeOf(error),
  );
}

describe('signing a file', () => {
  it('leaves the input as it is and publishes the input plus one update', async () => {
    const { folder, input, output } = folderWithInput();
    const before = readFileSync(input);
    const done = await signFile(input, output, order, known, resources, accept);
    const signed = readFileSync(output);
    expect(readFileSync(input)).toEqual(before);
    expect(signed.subarray(0, before.length)).toEqual(before);
    expect(done.bytes).toBe(signed.length);
    expect(readdirSync(folder).sort()).toEqual(['da-ky.pdf', 'van-ban.pdf']);
  });

  it('publishes many files into one folder at once, each whole', async () => {
    const { folder, input } = folderWithInput();
    const outputs = [...Array(20).keys()].map((index) => join(folder, `da-ky-${index}.pdf`));
    const done = await Promise.all(
      outputs.map((output) => signFile(input, output, order, known, resources, accept)),
    );
    expect(outputs.map((output) => readFileSync(output).length)).toEqual(done.map((one) => one.bytes));
    expect(readdirSync(folder)).toHaveLength(21);
  });

  it('refuses the input as output, also through links', async () => {
    const { folder, input } = folderWithInput();
    const [soft, hard] = [join(folder, 'soft.pdf'), join(folder, 'hard.pdf')];
    symlinkSync(input, soft);
    linkSync(input, hard);
    for (const output of [input, soft, hard]) {
      expect(await refusal(signFile(input, output, order, known, resources, accept))).toBe(
        'signing-same-file',
      );
    }
    expect(readFileSync(input)).toEqual(Buffer.from(samplePdf('table')));
  });

  it('publishes nothing and leaves nothing behind when the check refuses', async () => {
    const { folder, input, output } = folderWithInput();
    const refuse: FileCheck = async () => {
      throw new Failure('signing-verification-failed');
    };
    const work = signFile(input, output, order, known, resources, refuse);
    expect(await refusal(work)).toBe('signing-verification-failed');
    expect(readdirSync(folder)).toEqual(['van-ban.pdf']);
  });

  it('does not publish when the input changed its size after it was prepared', async () => {
    const { input, output } = folderWithInput();
    const ready = prepareFile(input, order, known, resources);
    writeFileSync(input, Buffer.concat([readFileSync(input), Buffer.from('more')]));
    const work = publishSigned(input, output, ready, new Uint8Array(10), accept);
    expect(await refusal(work)).toBe('signing-source-changed');
  });

  it('says which of input and output was the trouble', async () => {
    const { folder, input } = folderWithInput();
    const nowhere = join(folder, 'absent', 'out.pdf');
    expect(await refusal(signFile(input, nowhere, order, known, resources, accept))).toBe('file-unwritable');
    const absent = join(folder, 'absent.pdf');
    expect(await refusal(signFile(absent, join(folder, 'o.pdf'), order, known, resources, accept))).toBe(
      'file-unreadable',
    );
  });
});
