// Drivers that hang, crash, are slow or busy under the token host: the host is given up or waits, and no PIN is sent twice.
import { verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ckr } from './ckr';
import { first, hostWith, pin } from './host.fixture';
import { publicKeyIn } from './public-key.fixture';
import { tokenLabel } from './softhsm.fixture';

const host = hostWith('failing', [
  ['ca', 'ca'],
  ['rsa', '01', 'rsa'],
]);

/** Short where the driver hangs; a crash tells itself, however slow the machine. */
const limits = (call: 'login' | 'sign', script: string) => (script.endsWith('hang') ? { [call]: 400 } : {});

describe('a driver that fails', () => {
  it.each([
    ['C_Login 1 hang', 'token-hung'],
    ['C_Login 1 crash', 'token-crashed'],
    ['C_Login 1 crash-after', 'token-crashed'],
  ])('at the login (%s) ends in %s, and the PIN is never sent again', async (script, code) => {
    host.start(limits('login', script));
    const session = await host.open('rsa', [first]);
    host.token.say(script);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code });
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-session-ended' });
    host.token.say();
    expect((await host.seen()).label).toBe(tokenLabel);
    expect(host.token.calls('C_Login')).toBe(1);
  });

  it.each([
    ['C_Sign 1 hang', 'token-hung'],
    ['C_Sign 1 crash', 'token-crashed'],
    ['C_Sign 1 crash-after', 'token-crashed'],
  ])('at the signature (%s) ends in %s, and nothing is signed again', async (script, code) => {
    host.start(limits('sign', script));
    const session = await host.ready('rsa', [first]);
    host.token.say(script);
    await expect(session.sign(first)).rejects.toMatchObject({ code });
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-session-ended' });
    host.token.say();
    expect((await host.seen()).label).toBe(tokenLabel);
    expect([host.token.calls('C_Login'), host.token.calls('C_Sign')]).toEqual([1, 1]);
  });

  /** Every call that a look, the opening of a session, a login and a signature make. */
  const calls = {
    look: ['C_GetInfo', 'C_GetSlotList', 'C_GetTokenInfo', 'C_GetMechanismList', 'C_OpenSession'],
    open: ['C_FindObjectsInit', 'C_FindObjects', 'C_FindObjectsFinal', 'C_GetAttributeValue'],
    login: ['C_GetSlotList', 'C_GetTokenInfo', 'C_GetSessionInfo', 'C_Login', 'C_FindObjects'],
    sign: ['C_SignInit', 'C_Sign'],
  } as const;

  it.each(calls.look)(
    'hangs at %s while it is looked at: its report says so, the next look has a fresh host',
    async (call) => {
      host.start({ inspect: 400 });
      host.token.say(`${call} * hang`);
      const [report] = await host.client.list([host.token.module]);
      expect(report).toMatchObject({ ok: false, code: 'token-hung' });
      host.token.say();
      expect((await host.seen()).label).toBe(tokenLabel);
      expect(host.token.calls('C_Login')).toBe(0);
    },
  );

  it.each(calls.open)('hangs at %s while the certificate is looked for: no PIN was sent', async (call) => {
    host.start({ open: 400 });
    host.token.say(`${call} * hang`);
    await expect(host.open('rsa', [first])).rejects.toMatchObject({ code: 'token-hung' });
    expect(host.token.calls('C_Login')).toBe(0);
  });

  it.each(calls.login)('hangs at %s once the PIN is typed: it is never sent again', async (call) => {
    host.start({ login: 400 });
    const session = await host.open('rsa', [first]);
    host.token.say(`${call} * hang`);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-hung' });
    host.token.say();
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-session-ended' });
    expect(host.token.calls('C_Login')).toBeLessThanOrEqual(1);
  });

  it.each(calls.sign)('hangs at %s: nothing is signed again', async (call) => {
    host.start({ sign: 400 });
    const session = await host.ready('rsa', [first]);
    host.token.say(`${call} * hang`);
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-hung' });
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-session-ended' });
    expect(host.token.calls('C_Login')).toBe(1);
  });

  it('that is slow at every call is waited for', async () => {
    const all = new Set(Object.values(calls).flat());
    host.token.say(...[...all].map((call) => `${call} * delay 20`));
    const session = await host.ready('rsa', [first]);
    const key = publicKeyIn(host.token.certificates.der('rsa'));
    expect(verify('sha256', first, key, await session.sign(first))).toBe(true);
    expect([host.token.calls('C_Login'), host.token.calls('C_Sign')]).toEqual([1, 1]);
  });

  it('that is slow is waited for', async () => {
    host.token.say('C_Sign 1 delay 300');
    const session = await host.ready('rsa', [first]);
    const key = publicKeyIn(host.token.certificates.der('rsa'));
    expect(verify('sha256', first, key, await session.sign(first))).toBe(true);
  });
});

describe('a reader that another program holds', () => {
  it.each([
    ['C_OpenSession', 'CKR_DEVICE_ERROR'],
    ['C_FindObjectsInit', 'CKR_FUNCTION_FAILED'],
    ['C_GetTokenInfo', 'CKR_DEVICE_ERROR'],
    ['C_OpenSession', 'CKR_SESSION_COUNT'],
  ])(
    'at %s with %s is asked again before any login, for the look and for the session',
    async (call, name) => {
      host.token.say(`${call} 1 return ${ckr(name)}`);
      expect((await host.seen()).code).toBeNull();
      host.start();
      const session = await host.open('rsa', [first]);
      expect(host.token.calls('C_Login')).toBe(0);
      await session.login(pin(), false);
      expect((await session.sign(first)).length).toBe(256);
      expect(host.token.calls('C_Login')).toBe(1);
    },
  );

  it('while the PIN was typed is waited for, and the PIN is sent once', async () => {
    const session = await host.open('rsa', [first]);
    host.token.say(`C_GetTokenInfo 2 return ${ckr('CKR_DEVICE_ERROR')}`);
    await session.login(pin(), false);
    expect(host.token.calls('C_Login')).toBe(1);
  });

  it('for good is given up with its own words, after a bounded number of questions', async () => {
    host.token.say(`C_OpenSession * return ${ckr('CKR_DEVICE_ERROR')}`);
    await expect(host.open('rsa', [first])).rejects.toMatchObject({ code: 'token-device-error' });
    expect(host.token.calls('C_OpenSession')).toBe(4);
  });

  it('is never asked again with a PIN or for a signature', async () => {
    host.token.say(`C_Login * return ${ckr('CKR_DEVICE_ERROR')}`);
    const refused = await host.open('rsa', [first]);
    await expect(refused.login(pin(), false)).rejects.toMatchObject({ code: 'token-device-error' });
    await refused.end();
    expect(host.token.calls('C_Login')).toBe(1);
    host.token.say(`C_Sign * return ${ckr('CKR_DEVICE_ERROR')}`);
    const session = await host.ready('rsa', [first]);
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-device-error' });
    expect([host.token.calls('C_Login'), host.token.calls('C_Sign')]).toEqual([2, 1]);
  });
});

describe('certificates of a token', () => {
  it('are read once for an insertion, and anew after the token was away', async () => {
    const before = await host.seen();
    const reads = host.token.calls('C_GetAttributeValue');
    expect(reads).toBeGreaterThan(0);
    expect(await host.seen()).toEqual(before);
    expect(host.token.calls('C_GetAttributeValue')).toBe(reads);
    host.token.say('C_GetSlotList * absent');
    await host.client.list([host.token.module]);
    host.token.say();
    expect(await host.seen()).toEqual(before);
    expect(host.token.calls('C_GetAttributeValue')).toBe(2 * reads);
  });

  it('are read anew by the session that signs', async () => {
    await host.seen();
    const reads = host.token.calls('C_GetAttributeValue');
    await host.open('rsa', [first]);
    expect(host.token.calls('C_GetAttributeValue')).toBeGreaterThan(reads);
  });
});
