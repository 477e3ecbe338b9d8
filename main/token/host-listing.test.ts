// What the token host lists, as the command line runs it: a real child process, real SoftHSM2 behind a driver that can be told to
// fail.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokensOf } from './client';
import { first, hostWith } from './host.fixture';
import { tokenLabel } from './softhsm.fixture';

const host = hostWith('listing', [
  ['ca', 'ca'],
  ['rsa', '01', 'rsa'],
  ['p256', '02', 'p256'],
  ['p384', '03', 'p384'],
  ['brainpool', '04'],
  ['pss', '05'],
  ['weak', '06'],
  ['encipher', '07'],
  ['server', '08'],
  ['stranger', '09', 'rsa'],
]);

describe('listing', () => {
  it('shows each certificate with the reason why it cannot sign, and no login is made', async () => {
    const found = await host.seen();
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
    expect(host.token.calls('C_Login')).toBe(0);
  });

  it('goes on with the other drivers when one hangs or crashes', async () => {
    host.token.say('C_GetInfo 1 hang');
    host.start({ inspect: 400 });
    const reports = await host.client.list([host.token.module, '/absent/driver.so']);
    expect(reports.map((one) => (one.ok ? 'ok' : one.code))).toEqual(['token-hung', 'token-driver-absent']);
    host.token.say('C_GetInfo 1 crash');
    expect((await host.client.list([host.token.module])).map((one) => (one.ok ? 'ok' : one.code))).toEqual([
      'token-crashed',
    ]);
    host.token.reset();
    expect((await host.seen()).label).toBe(tokenLabel);
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
    const reports = await host.client.list([whole, other, narrow, text]);
    rmSync(folder, { recursive: true });
    expect(reports.map((one) => (one.ok ? 'ok' : one.code))).toEqual([
      'token-driver-dependency',
      'token-driver-not-pkcs11',
      'token-driver-32-bit',
      'token-driver-broken',
    ]);
  });

  it('finds a device again with a driver that never looks twice, also when it was seen and pulled out', async () => {
    const store = join(host.token.folder, 'store');
    const seen = async () =>
      tokensOf(await host.client.list([host.token.module])).flatMap((one) => one.certificates).length;
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
    host.token.say('C_GetTokenInfo * flags 0x10000');
    expect((await host.seen()).pin).toBe('low');
    host.token.say('C_GetTokenInfo * flags 0x30000');
    expect((await host.seen()).pin).toBe('final');
    host.token.say('C_GetTokenInfo * flags 0x70000');
    expect((await host.seen()).pin).toBe('locked');
    await expect(host.open('rsa', [first])).rejects.toMatchObject({ code: 'token-pin-locked' });
    expect(host.token.calls('C_Login')).toBe(0);
  });
});
