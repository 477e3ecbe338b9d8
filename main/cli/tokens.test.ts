// The command `tokens` as a script sees it: one JSON line a driver, words on stderr, exit codes.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeHost } from '../token/node-host';
import { bundleHost, ProbedToken, tokenLabel } from '../token/softhsm.fixture';
import type { CliIo } from './command';
import { tokensCommandOn } from './tokens';

let token: ProbedToken;
let entry: string;

interface Ran {
  readonly exit: number;
  readonly lines: Record<string, unknown>[];
  readonly messages: string[];
}

async function run(...args: string[]): Promise<Ran> {
  const lines: Record<string, unknown>[] = [];
  const messages: string[] = [];
  const io: CliIo = {
    callerFolder: token.folder,
    env: token.env,
    json: (value) => lines.push(JSON.parse(JSON.stringify(value))),
    message: (text) => messages.push(text),
    readSecretLine: () => Promise.reject(new Error('this command asks for no secret')),
  };
  const exit = await tokensCommandOn(() => nodeHost(entry, token.env)).run(args, io);
  return { exit, lines, messages };
}

beforeAll(() => {
  token = new ProbedToken();
  token.put('ca', 'ca');
  token.put('p256', '02', 'p256');
  entry = bundleHost('cli');
});

afterAll(() => {
  token?.remove();
  if (entry !== undefined) rmSync(entry, { force: true });
});

beforeEach(() => token.reset());

describe('tokens', () => {
  it('names the token and its certificates, usable or the reason why not, without a login', async () => {
    const { exit, lines } = await run('--json', '--module', token.module);
    expect(exit).toBe(0);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      module: token.module,
      ok: true,
      tokens: [{ label: tokenLabel, pin: 'ready', pinPad: false }],
    });
    const certificates = (lines[0] as { tokens: [{ certificates: Record<string, unknown>[] }] }).tokens[0]
      .certificates;
    const leaf = certificates.find((one) => one.label === 'p256');
    expect(leaf).toMatchObject({ subject: 'Trần Thị p256', id: '02', keyType: 'P-256', usable: true });
    expect(leaf).not.toHaveProperty('code');
    expect(certificates.find((one) => one.label === 'ca')).toMatchObject({
      usable: false,
      code: 'token-certificate-authority',
    });
    expect(token.calls('C_Login')).toBe(0);
  });

  it('finds the driver that the environment names', async () => {
    const before = token.env;
    Object.defineProperty(token, 'env', { value: { ...before, VAN_THU_PKCS11_MODULE: token.module } });
    const { exit, lines } = await run('--json');
    Object.defineProperty(token, 'env', { value: before });
    expect(exit).toBe(0);
    expect(lines[0]).toMatchObject({ module: token.module, ok: true });
  });

  it.each([
    ['no/such/driver.so', 'token-driver-absent'],
    ['softhsm2.conf', 'token-driver-broken'],
  ])('answers with a code for %s, counted from the caller’s folder', async (path, code) => {
    const { exit, lines, messages } = await run('--module', path);
    expect(exit).toBe(2);
    expect(lines).toEqual([expect.objectContaining({ ok: false, code, tokens: [] })]);
    expect(messages).toHaveLength(1);
  });

  it('says when no device is plugged in', async () => {
    token.say('C_GetSlotList * remove');
    const { exit } = await run('--module', token.module);
    expect(exit).toBe(2);
  });

  it('refuses what it does not know', async () => {
    await expect(run('--modul', 'x')).rejects.toMatchObject({ code: 'usage' });
  });
});
