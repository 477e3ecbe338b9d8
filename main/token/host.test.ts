// The token host as the command line runs it: a real child process, real SoftHSM2 behind a driver that can be told to fail.
import { execFileSync } from 'node:child_process';
import { constants, verify } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TokenClient, type TokenSession, tokensOf } from './client';
import { nodeHost } from './node-host';
import type { TokenCard } from './protocol';
import { publicKeyIn } from './public-key.fixture';
import { tokenSigner } from './signer';
import { bundleHost, type LeafName, opening, ProbedToken, tokenLabel, userPin } from './softhsm.fixture';

let token: ProbedToken;
let entry: string;
let client: TokenClient;
let card: TokenCard;

const first = Buffer.from('nội dung thứ nhất');
const second = Buffer.from('nội dung thứ hai');
const pin = (): Buffer => Buffer.from(userPin);

async function onlyToken(from: TokenClient): Promise<TokenCard> {
  const [report] = await from.list([token.module]);
  if (report === undefined || !report.ok) throw new Error(JSON.stringify(report));
  const [found] = report.module.tokens;
  if (found === undefined) throw new Error('no token');
  return found;
}

function open(name: LeafName, contents: readonly Uint8Array[], more: object = {}): Promise<TokenSession> {
  return client.open({ ...opening(token, card.serial, name, contents), ...more });
}

async function ready(
  name: LeafName,
  contents: readonly Uint8Array[],
  more: object = {},
): Promise<TokenSession> {
  const session = await open(name, contents, more);
  await session.login(pin(), false);
  return session;
}

beforeAll(async () => {
  token = new ProbedToken();
  entry = bundleHost('process');
  token.put('ca', 'ca');
  token.put('rsa', '01', 'rsa');
  token.put('p256', '02', 'p256');
  token.put('p384', '03', 'p384');
  token.put('brainpool', '04');
  token.put('pss', '05');
  token.put('weak', '06');
  token.put('encipher', '07');
  token.put('server', '08');
  token.put('stranger', '09', 'rsa');
  client = new TokenClient(() => nodeHost(entry, token.env));
  card = await onlyToken(client);
  client.close();
}, 120_000);

afterAll(() => {
  token?.remove();
  if (entry !== undefined) rmSync(entry, { force: true });
});

beforeEach(() => {
  token.reset();
  client = new TokenClient(() => nodeHost(entry, token.env));
});

afterEach(() => {
  client.close();
});

describe('listing', () => {
  it('shows each certificate with the reason why it cannot sign, and no login is made', async () => {
    const found = await onlyToken(client);
    const reasons = Object.fromEntries(found.certificates.map((one) => [one.label, one.reason]));
    expect(reasons).toEqual({
      ca: 'token-certificate-authority',
      rsa: null,
      p256: null,
      p384: null,
      brainpool: 'token-certificate-key-unsupported',
      pss: 'token-certificate-key-unsupported',
      weak: 'token-certificate-key-weak',
      encipher: 'token-certificate-key-usage',
      server: 'token-certificate-key-usage',
      stranger: null,
    });
    expect(found).toMatchObject({ label: tokenLabel, pin: 'ready', pinPad: false, code: null });
    expect(found.certificates.find((one) => one.label === 'rsa')).toMatchObject({
      subject: 'Trần Thị rsa',
      organization: 'UBND tỉnh Thử',
      issuer: 'CA thử',
      keyType: 'RSA-2048',
      id: '01',
    });
    expect(token.calls('C_Login')).toBe(0);
  });

  it('goes on with the other drivers when one hangs or crashes', async () => {
    token.say('C_GetInfo 1 hang');
    client = new TokenClient(() => nodeHost(entry, token.env), { inspect: 400 });
    const reports = await client.list([token.module, '/absent/driver.so']);
    expect(reports.map((one) => (one.ok ? 'ok' : one.code))).toEqual(['token-hung', 'token-driver-absent']);
    token.say('C_GetInfo 1 crash');
    expect((await client.list([token.module])).map((one) => (one.ok ? 'ok' : one.code))).toEqual([
      'token-crashed',
    ]);
    token.reset();
    expect((await onlyToken(client)).label).toBe(tokenLabel);
  });

  it('says of a file that is no driver what it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-driver-'));
    const build = (name: string, source: string, ...more: string[]): string => {
      writeFileSync(join(folder, `${name}.c`), source);
      const out = join(folder, `${name}.so`);
      execFileSync('gcc', ['-shared', '-fPIC', '-o', out, join(folder, `${name}.c`), ...more]);
      return out;
    };
    const part = build('libpart', 'int part(void) { return 1; }');
    const use = 'int part(void); int C_GetFunctionList(void **list) { *list = 0; return part(); }';
    const whole = build('whole', use, `-L${folder}`, '-lpart');
    rmSync(part);
    const other = build('other', 'int other(void) { return 1; }');
    const head = Buffer.from(readFileSync(other));
    // The same file as its 32-bit build would call itself.
    head.writeUInt16LE(process.arch === 'arm64' ? 40 : 3, 18);
    const narrow = join(folder, 'narrow.so');
    writeFileSync(narrow, head);
    const text = join(folder, 'text.so');
    writeFileSync(text, 'no library at all, though it is called one');
    const reports = await client.list([whole, other, narrow, text]);
    rmSync(folder, { recursive: true });
    expect(reports.map((one) => (one.ok ? 'ok' : one.code))).toEqual([
      'token-driver-dependency',
      'token-driver-not-pkcs11',
      'token-driver-32-bit',
      'token-driver-broken',
    ]);
  });

  it('finds a device again with a driver that never looks twice, also when it was seen and pulled out', async () => {
    const store = join(token.folder, 'store');
    const seen = async () =>
      tokensOf(await client.list([token.module])).flatMap((one) => one.certificates).length;
    for (const before of ['unseen', 'seen']) {
      if (before === 'seen') expect(await seen()).toBeGreaterThan(0);
      renameSync(store, `${store}.away`);
      mkdirSync(store);
      try {
        expect(await seen()).toBe(0);
      } finally {
        rmdirSync(store);
        renameSync(`${store}.away`, store);
      }
      let looks = 0;
      while (looks < 5 && (await seen()) === 0) looks += 1;
      expect(looks).toBeLessThan(5);
    }
  });

  it('says before anybody types that a token is at its last try or locked', async () => {
    token.say('C_GetTokenInfo * flags 0x10000');
    expect((await onlyToken(client)).pin).toBe('low');
    token.say('C_GetTokenInfo * flags 0x30000');
    expect((await onlyToken(client)).pin).toBe('final');
    token.say('C_GetTokenInfo * flags 0x70000');
    expect((await onlyToken(client)).pin).toBe('locked');
    await expect(open('rsa', [first])).rejects.toMatchObject({ code: 'token-pin-locked' });
    expect(token.calls('C_Login')).toBe(0);
  });
});

describe('signing', () => {
  it('signs a list under one login, and nothing outside the list and nothing twice', async () => {
    const session = await ready('rsa', [first, second]);
    const signer = tokenSigner(session);
    expect(signer.algorithm).toBe('rsa-pkcs1-sha256');
    expect(Buffer.from(signer.certificate)).toEqual(token.certificates.der('rsa'));
    expect(signer.chain.map((one) => Buffer.from(one))).toEqual([token.certificates.der('ca')]);
    const key = publicKeyIn(token.certificates.der('rsa'));
    for (const content of [first, second]) {
      expect(verify('sha256', content, key, await signer.sign(content))).toBe(true);
    }
    await expect(signer.sign(Buffer.from('khác'))).rejects.toMatchObject({ code: 'token-not-listed' });
    await expect(signer.sign(first)).rejects.toMatchObject({ code: 'token-already-signed' });
    expect([token.calls('C_Login'), token.calls('C_Sign')]).toEqual([1, 2]);
    await session.end();
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-session-ended' });
  });

  it.each([
    ['p256', 'ecdsa-sha256', 'sha256'],
    ['p384', 'ecdsa-sha384', 'sha384'],
  ] as const)('signs with %s as DER', async (name, algorithm, hash) => {
    const session = await ready(name, [first]);
    expect(session.algorithm).toBe(algorithm);
    const key = publicKeyIn(token.certificates.der(name));
    expect(verify(hash, first, { key, dsaEncoding: 'der' }, await session.sign(first))).toBe(true);
  });

  it('signs with PSS where it is asked for', async () => {
    const session = await ready('rsa', [first], { pss: true });
    const key = publicKeyIn(token.certificates.der('rsa'));
    const signature = await session.sign(first);
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    expect(verify('sha256', first, { key, padding, saltLength: 32 }, signature)).toBe(true);
  });

  it('uses the mechanism that hashes on the token when the driver fails with the plain one, and tells why', async () => {
    token.say('C_Sign 1 after 0x6');
    const notes: string[] = [];
    client = new TokenClient(
      () => nodeHost(entry, token.env),
      {},
      (note) => notes.push(note),
    );
    const session = await ready('rsa', [first]);
    const key = publicKeyIn(token.certificates.der('rsa'));
    expect(verify('sha256', first, key, await session.sign(first))).toBe(true);
    expect(token.calls('C_Login')).toBe(1);
    expect(notes).toEqual(['0x1: C_Sign CKR_FUNCTION_FAILED']);
  });

  it('logs in for each signature where the key wants it, with no call between', async () => {
    token.say('C_SignInit * always');
    const session = await ready('rsa', [first, second]);
    await session.sign(first);
    await session.sign(second);
    expect([token.calls('C_Login'), token.calls('C_Login:context')]).toEqual([1, 2]);
  });

  it('gives the one PIN of a device to its key as it was typed', async () => {
    token.say(`C_SignInit * always ${userPin}`);
    const session = await ready('rsa', [first]);
    expect((await session.sign(first)).length).toBe(256);
    expect([token.calls('C_Login'), token.calls('C_Login:context')]).toEqual([1, 1]);
  });

  it('signs with the two PINs of a device that has two, and locks nothing by guessing', async () => {
    token.say('C_SignInit * always 4711');
    const session = await open('rsa', [first, second]);
    const own = Buffer.from('4711');
    await session.login(pin(), false, own);
    expect(own.every((byte) => byte === 0)).toBe(true);
    await session.sign(first);
    await session.sign(second);
    expect([token.calls('C_Login'), token.calls('C_Login:context')]).toEqual([1, 2]);
    await session.end();
    for (const code of ['wrong', 'wrong', 'wrong', 'locked']) {
      const again = await ready('rsa', [first]);
      await expect(again.sign(first)).rejects.toMatchObject({ code: `token-signature-pin-${code}` });
      await again.end();
    }
    expect([token.calls('C_Login'), token.calls('C_Login:context')]).toEqual([5, 6]);
  });

  it('finds a login left over by a session that ended badly, and one typed PIN stays one C_Login', async () => {
    token.say('C_Logout * return 0x5', 'C_CloseSession * return 0x5');
    await (await ready('rsa', [first])).end();
    token.say();
    const session = await ready('rsa', [second]);
    expect((await session.sign(second)).length).toBe(256);
    expect(token.calls('C_Login')).toBe(2);
  });

  it('drops a signature that does not belong to the certificate', async () => {
    token.say('C_Sign * corrupt');
    const session = await ready('rsa', [first, second]);
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-signature-wrong' });
    await expect(session.sign(second)).rejects.toMatchObject({ code: 'token-session-ended' });
  });

  it('finds no key where the identifier leads to another certificate’s key', async () => {
    const session = await open('stranger', [first]);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-certificate-no-key' });
    expect(token.calls('C_Sign')).toBe(0);
  });

  it('refuses a certificate that cannot sign, and one that is not there, before any PIN', async () => {
    await expect(open('brainpool', [first])).rejects.toMatchObject({
      code: 'token-certificate-key-unsupported',
    });
    await expect(open('rsa', [first], { fingerprint: 'ab'.repeat(32) })).rejects.toMatchObject({
      code: 'token-certificate-absent',
    });
    await expect(open('rsa', [first], { tokenSerial: 'khác' })).rejects.toMatchObject({
      code: 'token-changed',
    });
  });

  it('keeps one session at a time', async () => {
    const session = await open('rsa', [first]);
    await expect(open('p256', [first])).rejects.toMatchObject({ code: 'token-busy' });
    await session.end();
    await (await open('p256', [first])).end();
  });
});

describe('the PIN', () => {
  it('is overwritten on this side once it has been sent', async () => {
    const typed = pin();
    const session = await open('rsa', [first]);
    await session.login(typed, false);
    expect(typed.every((byte) => byte === 0)).toBe(true);
  });

  it('that is wrong costs one try and is never sent again; a person may send another', async () => {
    const session = await open('rsa', [first]);
    await expect(session.login(Buffer.from('87654321'), false)).rejects.toMatchObject({
      code: 'token-pin-wrong',
    });
    expect(token.calls('C_Login')).toBe(1);
    await session.login(pin(), false);
    expect(token.calls('C_Login')).toBe(2);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-session-ended' });
    expect(token.calls('C_Login')).toBe(2);
  });

  it('of impossible length never reaches the token', async () => {
    const session = await open('rsa', [first]);
    await expect(session.login(Buffer.from('12'), false)).rejects.toMatchObject({ code: 'token-pin-length' });
    expect(token.calls('C_Login')).toBe(0);
  });

  it('is sent at the last try only with a confirmation', async () => {
    token.say('C_GetTokenInfo * flags 0x20000');
    const session = await open('rsa', [first]);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-pin-confirm' });
    expect(token.calls('C_Login')).toBe(0);
    await session.login(pin(), true);
    expect(token.calls('C_Login')).toBe(1);
  });

  it.each([
    [0xa0, 'token-pin-wrong'],
    [0xa1, 'token-pin-wrong'],
    [0xa2, 'token-pin-length'],
    [0xa3, 'token-pin-expired'],
    [0xa4, 'token-pin-locked'],
    [0x5, 'token-driver-error'],
    [0x6, 'token-driver-error'],
    [0x30, 'token-device-error'],
    [0x50, 'token-refused'],
    [0xe1, 'token-not-recognized'],
    [0x80000001, 'token-driver-error'],
  ])('answered by the driver with %i ends in %s, after one C_Login', async (value, code) => {
    token.say(`C_Login 1 return ${value}`);
    const session = await open('rsa', [first]);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code });
    expect(token.calls('C_Login')).toBe(1);
  });

  it('that locks the token is said to have locked it, whatever the driver calls it', async () => {
    token.say('C_Login 1 lock');
    const session = await open('rsa', [first]);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-pin-locked' });
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-session-ended' });
    expect(token.calls('C_Login')).toBe(1);
  });
});

describe('a token that goes away', () => {
  it('while the PIN is typed: the PIN is not sent', async () => {
    const session = await open('rsa', [first]);
    token.say('C_GetSlotList * remove', 'C_GetTokenInfo * return 0xe0');
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-removed' });
    expect(token.calls('C_Login')).toBe(0);
  });

  it('between the PIN and C_Sign: a code of its own, and the session is over', async () => {
    const session = await ready('rsa', [first, second]);
    token.say('C_SignInit 1 remove');
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-removed' });
    await expect(session.sign(second)).rejects.toMatchObject({ code: 'token-session-ended' });
    expect([token.calls('C_Login'), token.calls('C_Sign')]).toEqual([1, 0]);
  });

  it('with a driver that calls it a general error: still known as removed', async () => {
    const session = await ready('rsa', [first]);
    token.say('C_Sign 1 return 0x5', 'C_GetTokenInfo * return 0xe0');
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-removed' });
  });
});

describe('a driver that fails', () => {
  it.each([
    ['C_Login 1 hang', 'token-hung'],
    ['C_Login 1 crash', 'token-crashed'],
    ['C_Login 1 crash-after', 'token-crashed'],
  ])('at the login (%s) ends in %s, and the PIN is never sent again', async (script, code) => {
    client = new TokenClient(() => nodeHost(entry, token.env), { login: 400 });
    const session = await open('rsa', [first]);
    token.say(script);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code });
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-session-ended' });
    token.say();
    expect((await onlyToken(client)).label).toBe(tokenLabel);
    expect(token.calls('C_Login')).toBe(1);
  });

  it.each([
    ['C_Sign 1 hang', 'token-hung'],
    ['C_Sign 1 crash', 'token-crashed'],
    ['C_Sign 1 crash-after', 'token-crashed'],
  ])('at the signature (%s) ends in %s, and nothing is signed again', async (script, code) => {
    client = new TokenClient(() => nodeHost(entry, token.env), { sign: 400 });
    const session = await ready('rsa', [first]);
    token.say(script);
    await expect(session.sign(first)).rejects.toMatchObject({ code });
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-session-ended' });
    token.say();
    expect((await onlyToken(client)).label).toBe(tokenLabel);
    expect([token.calls('C_Login'), token.calls('C_Sign')]).toEqual([1, 1]);
  });

  it('that is slow is waited for', async () => {
    token.say('C_Sign 1 delay 300');
    const session = await ready('rsa', [first]);
    const key = publicKeyIn(token.certificates.der('rsa'));
    expect(verify('sha256', first, key, await session.sign(first))).toBe(true);
  });
});
