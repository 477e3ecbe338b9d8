// Every kind of key that a Vietnamese signer may hold, on a real token: `sign`, our own `verify`, and the other programs' word.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePdf } from '../../main/pdf/sample-pdf';
import { ProbedToken, softhsm, tokenLabel, userPin } from '../../main/token/softhsm.fixture';
import { commandLine } from './command-line';
import { opinionOf } from './oracles';

let token: ProbedToken;
let folder: string;

const kinds = [
  { name: 'RSA-3072', key: 'rsa3072', id: '31', more: [] },
  { name: 'RSA-4096', key: 'rsa4096', id: '41', more: [] },
  { name: 'RSA-2048 PSS', key: 'rsa', id: '21', more: ['--pss'] },
  { name: 'RSA-4096 PSS', key: 'rsa4096', id: '41', more: ['--pss'] },
  { name: 'P-256', key: 'p256', id: '51', more: [] },
  { name: 'P-384', key: 'p384', id: '61', more: [] },
] as const;

beforeAll(() => {
  token = new ProbedToken();
  for (const { key, id } of kinds.filter((one) => one.name !== 'RSA-4096 PSS')) token.put(key, id, key);
  folder = join(token.folder, 'người gọi');
  mkdirSync(folder);
  writeFileSync(join(folder, 'vào.pdf'), samplePdf('table'));
});

afterAll(() => token?.remove());

describe('a signature with a key of', () => {
  it.each(kinds)('$name is accepted by our verifier and by poppler, openssl and qpdf', async (kind) => {
    const root = join(token.folder, 'ca.pem');
    const conf = token.env.SOFTHSM2_CONF ?? '';
    const call = { from: folder, env: { SOFTHSM2_CONF: conf }, input: `${userPin}\n` };
    const out = `ra ${kind.name}.pdf`;
    const place = ['--module', softhsm ?? '', '--token', tokenLabel, '--cert', kind.id];
    const signed = await commandLine(
      ['sign', 'vào.pdf', '--out', out, ...place, '--pin-stdin', '--trust', root, '--json', ...kind.more],
      call,
    );
    expect(signed.exit, signed.errors).toBe(0);
    const verified = await commandLine(['verify', out, '--json', '--trust', root], { ...call, input: '' });
    expect(verified.lines).toMatchObject([
      { signatures: [{ integrity: 'intact', coverage: 'whole-file', chain: 'trusted', changes: 'none' }] },
    ]);
    const opinion = opinionOf(join(folder, out), root, token.folder);
    // openssl judges the path to the root as well; poppler's own store wants more of an authority than this one has.
    expect(opinion).toMatchObject({
      signatures: ['Signature is Valid.'],
      qpdf: 0,
      cades: [0],
    });
  });
});
