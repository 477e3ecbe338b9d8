// A PIN on its way through the token host: typed once is sent once, whatever the driver answers; and a token that goes away.
import { describe, expect, it } from 'vitest';
import { first, hostWith, pin, second } from './host.fixture';

const host = hostWith('pin', [
  ['ca', 'ca'],
  ['rsa', '01', 'rsa'],
]);

describe('the PIN', () => {
  it('is overwritten on this side once it has been sent', async () => {
    const typed = pin();
    const session = await host.open('rsa', [first]);
    await session.login(typed, false);
    expect(typed.every((byte) => byte === 0)).toBe(true);
  });

  it('that is wrong costs one try and is never sent again; a person may send another', async () => {
    const session = await host.open('rsa', [first]);
    await expect(session.login(Buffer.from('87654321'), false)).rejects.toMatchObject({
      code: 'token-pin-wrong',
    });
    expect(host.token.calls('C_Login')).toBe(1);
    await session.login(pin(), false);
    expect(host.token.calls('C_Login')).toBe(2);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-session-ended' });
    expect(host.token.calls('C_Login')).toBe(2);
  });

  it('of impossible length never reaches the token', async () => {
    const session = await host.open('rsa', [first]);
    await expect(session.login(Buffer.from('12'), false)).rejects.toMatchObject({ code: 'token-pin-length' });
    expect(host.token.calls('C_Login')).toBe(0);
  });

  it('is sent at the last try only with a confirmation', async () => {
    host.token.say('C_GetTokenInfo * flags 0x20000');
    const session = await host.open('rsa', [first]);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-pin-confirm' });
    expect(host.token.calls('C_Login')).toBe(0);
    await session.login(pin(), true);
    expect(host.token.calls('C_Login')).toBe(1);
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
    host.token.say(`C_Login 1 return ${value}`);
    const session = await host.open('rsa', [first]);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code });
    expect(host.token.calls('C_Login')).toBe(1);
  });

  it('that locks the token is said to have locked it, whatever the driver calls it', async () => {
    host.token.say('C_Login 1 lock');
    const session = await host.open('rsa', [first]);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-pin-locked' });
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-session-ended' });
    expect(host.token.calls('C_Login')).toBe(1);
  });
});

describe('a token that goes away', () => {
  it('while the PIN is typed: the PIN is not sent', async () => {
    const session = await host.open('rsa', [first]);
    host.token.say('C_GetSlotList * remove', 'C_GetTokenInfo * return 0xe0');
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-removed' });
    expect(host.token.calls('C_Login')).toBe(0);
  });

  it('between the PIN and C_Sign: a code of its own, and the session is over', async () => {
    const session = await host.ready('rsa', [first, second]);
    host.token.say('C_SignInit 1 remove');
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-removed' });
    await expect(session.sign(second)).rejects.toMatchObject({ code: 'token-session-ended' });
    expect([host.token.calls('C_Login'), host.token.calls('C_Sign')]).toEqual([1, 0]);
  });

  it('with a driver that calls it a general error: still known as removed', async () => {
    const session = await host.ready('rsa', [first]);
    host.token.say('C_Sign 1 return 0x5', 'C_GetTokenInfo * return 0xe0');
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-removed' });
  });
});
