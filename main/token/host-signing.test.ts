// Signatures of the token host, checked with node's own verification: a real child process, real SoftHSM2 behind the probe.
import { execFileSync } from 'node:child_process';
import { constants, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { first, hostWith, pin, second } from './host.fixture';
import { publicKeyIn } from './public-key.fixture';
import { tokenSigner } from './signer';
import { userPin } from './softhsm.fixture';

const host = hostWith('signing', [
  ['ca', 'ca'],
  ['rsa', '01', 'rsa'],
  ['p256', '02', 'p256'],
  ['p384', '03', 'p384'],
  ['brainpool', '04'],
  ['stranger', '09', 'rsa'],
]);

describe('signing', () => {
  it('signs a list under one login, and nothing outside the list and nothing twice', async () => {
    const session = await host.ready('rsa', [first, second]);
    const signer = tokenSigner(session);
    expect(signer.algorithm).toBe('rsa-pkcs1-sha256');
    expect(Buffer.from(signer.certificate)).toEqual(host.token.certificates.der('rsa'));
    expect(signer.chain.map((one) => Buffer.from(one))).toEqual([host.token.certificates.der('ca')]);
    const key = publicKeyIn(host.token.certificates.der('rsa'));
    for (const content of [first, second]) {
      expect(verify('sha256', content, key, await signer.sign(content))).toBe(true);
    }
    await expect(signer.sign(Buffer.from('khác'))).rejects.toMatchObject({ code: 'token-not-listed' });
    await expect(signer.sign(first)).rejects.toMatchObject({ code: 'token-already-signed' });
    expect([host.token.calls('C_Login'), host.token.calls('C_Sign')]).toEqual([1, 2]);
    await session.end();
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-session-ended' });
  });

  it.each([
    ['p256', 'ecdsa-sha256', 'sha256'],
    ['p384', 'ecdsa-sha384', 'sha384'],
  ] as const)('signs with %s as DER', async (name, algorithm, hash) => {
    const session = await host.ready(name, [first]);
    expect(session.algorithm).toBe(algorithm);
    const key = publicKeyIn(host.token.certificates.der(name));
    expect(verify(hash, first, { key, dsaEncoding: 'der' }, await session.sign(first))).toBe(true);
  });

  it('signs with PSS where it is asked for', async () => {
    const session = await host.ready('rsa', [first], { pss: true });
    const key = publicKeyIn(host.token.certificates.der('rsa'));
    const signature = await session.sign(first);
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    expect(verify('sha256', first, { key, padding, saltLength: 32 }, signature)).toBe(true);
    expect(verify('sha256', first, key, signature)).toBe(false);
  });

  it('signs PSS that openssl verifies with a salt of the digest’s length, also where only the hashing mechanism works', async () => {
    const place = (name: string): string => join(host.token.folder, name);
    const check = (): string =>
      execFileSync('openssl', [
        ...['dgst', '-sha256', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32'],
        ...['-verify', place('pss.pem'), '-signature', place('pss.sig'), place('pss.txt')],
      ]).toString();
    const key = publicKeyIn(host.token.certificates.der('rsa'));
    writeFileSync(place('pss.pem'), key.export({ type: 'spki', format: 'pem' }));
    writeFileSync(place('pss.txt'), first);
    for (const script of ['', 'C_Sign 1 after 0x6']) {
      host.token.say(script);
      host.start();
      const session = await host.ready('rsa', [first], { pss: true });
      writeFileSync(place('pss.sig'), await session.sign(first));
      expect(check()).toContain('Verified OK');
      await session.end();
    }
  });

  it('uses the mechanism that hashes on the token when the driver fails with the plain one, and tells why', async () => {
    host.token.say('C_Sign 1 after 0x6');
    const notes: string[] = [];
    host.start({}, (note) => notes.push(note));
    const session = await host.ready('rsa', [first]);
    const key = publicKeyIn(host.token.certificates.der('rsa'));
    expect(verify('sha256', first, key, await session.sign(first))).toBe(true);
    expect(host.token.calls('C_Login')).toBe(1);
    expect(notes).toEqual(['0x1: C_Sign CKR_FUNCTION_FAILED']);
  });

  it('tells what was refused first where a driver keeps the operation that it refused', async () => {
    host.token.say('C_Sign * return 0x70', 'C_SignInit 2+ return 0x90');
    const session = await host.ready('rsa', [first]);
    await expect(session.sign(first)).rejects.toMatchObject({
      code: 'token-mechanism-absent',
      detail: 'C_Sign CKR_MECHANISM_INVALID',
    });
    expect(host.token.calls('C_Login')).toBe(1);
  });

  it('logs in for each signature where the key wants it, with no call between', async () => {
    host.token.say('C_SignInit * always');
    const session = await host.ready('rsa', [first, second]);
    await session.sign(first);
    await session.sign(second);
    expect([host.token.calls('C_Login'), host.token.calls('C_Login:context')]).toEqual([1, 2]);
  });

  it('gives the one PIN of a device to its key as it was typed', async () => {
    host.token.say(`C_SignInit * always ${userPin}`);
    const session = await host.ready('rsa', [first]);
    expect((await session.sign(first)).length).toBe(256);
    expect([host.token.calls('C_Login'), host.token.calls('C_Login:context')]).toEqual([1, 1]);
  });

  it('signs with the two PINs of a device that has two, and locks nothing by guessing', async () => {
    host.token.say('C_SignInit * always 4711');
    const session = await host.open('rsa', [first, second]);
    const own = Buffer.from('4711');
    await session.login(pin(), false, own);
    expect(own.every((byte) => byte === 0)).toBe(true);
    await session.sign(first);
    await session.sign(second);
    expect([host.token.calls('C_Login'), host.token.calls('C_Login:context')]).toEqual([1, 2]);
    await session.end();
    for (const code of ['wrong', 'wrong', 'wrong', 'locked']) {
      const again = await host.ready('rsa', [first]);
      await expect(again.sign(first)).rejects.toMatchObject({ code: `token-signature-pin-${code}` });
      await again.end();
    }
    expect([host.token.calls('C_Login'), host.token.calls('C_Login:context')]).toEqual([5, 6]);
  });

  it('finds a login left over by a session that ended badly, and one typed PIN stays one C_Login', async () => {
    host.token.say('C_Logout * return 0x5', 'C_CloseSession * return 0x5');
    await (await host.ready('rsa', [first])).end();
    host.token.say();
    const session = await host.ready('rsa', [second]);
    expect((await session.sign(second)).length).toBe(256);
    expect(host.token.calls('C_Login')).toBe(2);
  });

  it('drops a signature that does not belong to the certificate', async () => {
    host.token.say('C_Sign * corrupt');
    const session = await host.ready('rsa', [first, second]);
    await expect(session.sign(first)).rejects.toMatchObject({ code: 'token-signature-wrong' });
    await expect(session.sign(second)).rejects.toMatchObject({ code: 'token-session-ended' });
  });

  it('finds no key where the identifier leads to another certificate’s key', async () => {
    const session = await host.open('stranger', [first]);
    await expect(session.login(pin(), false)).rejects.toMatchObject({ code: 'token-certificate-no-key' });
    expect(host.token.calls('C_Sign')).toBe(0);
  });

  it('refuses a certificate that cannot sign, and one that is not there, before any PIN', async () => {
    await expect(host.open('brainpool', [first])).rejects.toMatchObject({
      code: 'token-certificate-key-unsupported',
    });
    await expect(host.open('rsa', [first], { fingerprint: 'ab'.repeat(32) })).rejects.toMatchObject({
      code: 'token-certificate-absent',
    });
    await expect(host.open('rsa', [first], { tokenSerial: 'khác' })).rejects.toMatchObject({
      code: 'token-changed',
    });
  });

  it('keeps one session at a time', async () => {
    const session = await host.open('rsa', [first]);
    await expect(host.open('p256', [first])).rejects.toMatchObject({ code: 'token-busy' });
    await session.end();
    await (await host.open('p256', [first])).end();
  });
});
