// The vault against keyrings that fail in every way seen in the field, and against key files that were touched.
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Vault } from './index';
import {
  createVault,
  inspectVault,
  type Keyring,
  keyringUsable,
  newRecoveryPassphrase,
  type Recovery,
  recoverVault,
  seal,
  type Unlocker,
  unlockVault,
  unseal,
} from './index';

const cost = { N: 2 ** 10, r: 8, p: 1 };
const now = new Date('2026-11-20T01:00:00Z');
const recoveries: [Recovery] = [{ way: 'recovery-passphrase', passphrase: 'giấy của văn thư cất trong két' }];

function keyring(change: Partial<Keyring> = {}): Keyring {
  return {
    backend: 'gnome_libsecret',
    isAvailable: () => true,
    wrap: (bytes) => bytes.map((byte) => byte ^ 0x5a),
    unwrap: (bytes) => bytes.map((byte) => byte ^ 0x5a),
    ...change,
  };
}

let root: string;
let folder: string;
let dependents: string[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vault-'));
  folder = join(root, 'vault');
  dependents = [join(root, 'blobs'), join(root, 'journal')];
});
afterEach(() => rmSync(root, { recursive: true }));

function create(unlocker: Unlocker, chosen: [Recovery] = recoveries): Promise<Vault> {
  return createVault({ folder, dependents, unlocker, recoveries: chosen, now, cost });
}
function keyFileText(): string {
  return readFileSync(join(folder, 'vault.json'), 'utf8');
}

describe('creating and opening', () => {
  it('gives the same room keys after a restart, a different one for each room', async () => {
    const unlocker: Unlocker = { way: 'keyring', keyring: keyring() };
    const first = await create(unlocker);
    const second = await unlockVault({ folder, dependents, unlocker });
    const rooms = ['records', 'blobs', 'journal', 'settings', 'validation'] as const;
    for (const room of rooms) expect(second.roomKey(room)).toEqual(first.roomKey(room));
    const all = new Set(rooms.map((room) => Buffer.from(first.roomKey(room)).toString('hex')));
    expect(all.size).toBe(rooms.length);
  });

  it('opens with the passphrase however its letters were composed, and with no other', async () => {
    await create({ way: 'passphrase', passphrase: 'Cơ quan Lạng Sơn' });
    const passphrase = ' Cơ quan Lạng Sơn '.normalize('NFD');
    await unlockVault({ folder, dependents, unlocker: { way: 'passphrase', passphrase } });
    await expect(
      unlockVault({ folder, dependents, unlocker: { way: 'passphrase', passphrase: 'Cơ quan Lạng Son' } }),
    ).rejects.toMatchObject({ code: 'vault-passphrase-wrong' });
  });

  it('refuses a passphrase shorter than 12 letters and leaves nothing behind', async () => {
    await expect(create({ way: 'passphrase', passphrase: 'mười một ch' })).rejects.toMatchObject({
      code: 'vault-passphrase-weak',
    });
    expect(await inspectVault(folder, dependents)).toEqual({ kind: 'absent' });
  });

  it('never takes a keyring that protects nothing', async () => {
    for (const backend of ['basic_text', 'unknown']) {
      expect(await keyringUsable(keyring({ backend }))).toBe(false);
      await expect(create({ way: 'keyring', keyring: keyring({ backend }) })).rejects.toMatchObject({
        code: 'vault-keyring-unavailable',
      });
    }
    expect(await inspectVault(folder, dependents)).toEqual({ kind: 'absent' });
  });

  it('finds a keyring that cannot give the key back before anything is written', async () => {
    const forgetful = keyring({ unwrap: (bytes) => bytes });
    await expect(create({ way: 'keyring', keyring: forgetful })).rejects.toMatchObject({
      code: 'vault-keyring-unavailable',
    });
    expect(await inspectVault(folder, dependents)).toEqual({ kind: 'absent' });
  });

  it('does not write the data key in clear', async () => {
    const wrapped: Uint8Array[] = [];
    const spy = keyring({
      wrap: (bytes) => {
        wrapped.push(Uint8Array.from(bytes));
        return bytes.map((byte) => byte ^ 0x5a);
      },
    });
    await create({ way: 'keyring', keyring: spy });
    const [key] = wrapped;
    expect(key).toHaveLength(32);
    expect(keyFileText()).not.toContain(Buffer.from(key ?? []).toString('base64'));
  });
});

describe('failures are states, never an empty store', () => {
  it('stops when the key file is gone while documents are there, and does not create another', async () => {
    const unlocker: Unlocker = { way: 'keyring', keyring: keyring() };
    await create(unlocker);
    mkdirSync(join(root, 'blobs', 'ab'), { recursive: true });
    writeFileSync(join(root, 'blobs', 'ab', 'x'), 'sealed');
    unlinkSync(join(folder, 'vault.json'));
    expect(await inspectVault(folder, dependents)).toEqual({ kind: 'stopped', code: 'vault-key-missing' });
    await expect(create(unlocker)).rejects.toMatchObject({ code: 'vault-key-missing' });
    await expect(unlockVault({ folder, dependents, unlocker })).rejects.toMatchObject({
      code: 'vault-key-missing',
    });
  });

  it.each([
    ['', 'vault-key-damaged'],
    ['{"format":"van-thu-vault","version":1', 'vault-key-damaged'],
    ['{"format":"van-thu-vault","version":2,"new":true}', 'vault-from-the-future'],
  ])('stops at a key file %j', async (text, code) => {
    const unlocker: Unlocker = { way: 'keyring', keyring: keyring() };
    await create(unlocker);
    writeFileSync(join(folder, 'vault.json'), text);
    expect(await inspectVault(folder, dependents)).toEqual({ kind: 'stopped', code });
    await expect(unlockVault({ folder, dependents, unlocker })).rejects.toMatchObject({ code });
    expect(keyFileText()).toBe(text);
  });

  it('says when the system refuses to unwrap, or unwraps to another key', async () => {
    await create({ way: 'keyring', keyring: keyring() });
    const refusing = keyring({
      unwrap: () => {
        throw new Error('DPAPI');
      },
    });
    const lying = keyring({ unwrap: (bytes) => bytes });
    for (const one of [refusing, lying]) {
      await expect(
        unlockVault({ folder, dependents, unlocker: { way: 'keyring', keyring: one } }),
      ).rejects.toMatchObject({ code: 'vault-keyring-refused' });
    }
    const gone = keyring({ isAvailable: () => false });
    await expect(
      unlockVault({ folder, dependents, unlocker: { way: 'keyring', keyring: gone } }),
    ).rejects.toMatchObject({ code: 'vault-keyring-unavailable' });
  });

  it('never opens a key file whose sealed bytes were changed', async () => {
    const unlocker: Unlocker = { way: 'passphrase', passphrase: 'một mật khẩu đủ dài' };
    await create(unlocker);
    const file = JSON.parse(keyFileText());
    const sealed = Buffer.from(file.wraps[0].sealed, 'base64');
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ flip;
        file.wraps[0].sealed = changed.toString('base64');
        writeFileSync(join(folder, 'vault.json'), JSON.stringify(file));
        await expect(unlockVault({ folder, dependents, unlocker })).rejects.toMatchObject({
          code: 'vault-passphrase-wrong',
        });
      }),
      { numRuns: 30 },
    );
  });

  it('keeps a way of a newer version in the file when it wraps anew', async () => {
    await create({ way: 'keyring', keyring: keyring() });
    const file = JSON.parse(keyFileText());
    file.wraps.push({ way: 'smartcard', slot: 3 });
    writeFileSync(join(folder, 'vault.json'), JSON.stringify(file));
    const means = { way: 'recovery-passphrase', passphrase: 'giấy của văn thư cất trong két' } as const;
    await recoverVault({ folder, dependents, means, unlocker: { way: 'keyring', keyring: keyring() }, cost });
    expect(JSON.parse(keyFileText()).wraps).toContainEqual({ way: 'smartcard', slot: 3 });
  });
});

describe('recovery', () => {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

  it('restores every room key by the private key of the organisation after the keyring was lost', async () => {
    const lost: Unlocker = { way: 'keyring', keyring: keyring() };
    const before = await create(lost, [{ way: 'recovery-key', publicKeyPem: pair.publicKey }]);
    const fresh: Unlocker = { way: 'passphrase', passphrase: 'mật khẩu mới của văn thư' };
    const means = { way: 'recovery-key', privateKeyPem: pair.privateKey } as const;
    const recovered = await recoverVault({ folder, dependents, means, unlocker: fresh, cost });
    expect(recovered.roomKey('journal')).toEqual(before.roomKey('journal'));
    const reopened = await unlockVault({ folder, dependents, unlocker: fresh });
    expect(reopened.roomKey('blobs')).toEqual(before.roomKey('blobs'));
    const again = await recoverVault({ folder, dependents, means, unlocker: lost, cost });
    expect(again.roomKey('blobs')).toEqual(before.roomKey('blobs'));
  });

  it('restores by the paper passphrase and refuses a wrong one or a wrong key', async () => {
    const passphrase = newRecoveryPassphrase();
    expect(passphrase).toMatch(/^([0-9A-Z]{5}-){5}[0-9A-Z]{5}$/);
    const unlocker: Unlocker = { way: 'keyring', keyring: keyring() };
    const before = await create(unlocker, [{ way: 'recovery-passphrase', passphrase }]);
    const wrong = [
      { way: 'recovery-passphrase', passphrase: newRecoveryPassphrase() },
      { way: 'recovery-key', privateKeyPem: pair.privateKey },
    ] as const;
    const text = keyFileText();
    for (const means of wrong) {
      await expect(recoverVault({ folder, dependents, means, unlocker, cost })).rejects.toMatchObject({
        code: 'vault-recovery-refused',
      });
    }
    expect(keyFileText()).toBe(text);
    const means = { way: 'recovery-passphrase', passphrase } as const;
    const recovered = await recoverVault({ folder, dependents, means, unlocker, cost });
    expect(recovered.roomKey('records')).toEqual(before.roomKey('records'));
  });

  it('refuses a recovery public key that is none, is not RSA, or is too short', async () => {
    const short = generateKeyPairSync('rsa', {
      modulusLength: 1024,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }).publicKey;
    const curve = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }).publicKey;
    for (const publicKeyPem of ['junk', short, curve]) {
      await expect(
        create({ way: 'keyring', keyring: keyring() }, [{ way: 'recovery-key', publicKeyPem }]),
      ).rejects.toMatchObject({ code: 'vault-recovery-key-unusable' });
    }
  });
});

describe('locking and sealing', () => {
  it('gives no key and opens no secret after lock', async () => {
    const vault = await create({ way: 'keyring', keyring: keyring() });
    const sealed = vault.sealSecret('hub', Buffer.from('bí mật'));
    const kept = vault.roomKey('blobs');
    vault.lock();
    expect(vault.locked).toBe(true);
    expect(() => vault.roomKey('records')).toThrow(expect.objectContaining({ code: 'vault-locked' }));
    expect(() => vault.openSecret('hub', sealed)).toThrow(expect.objectContaining({ code: 'vault-locked' }));
    expect(kept.some((byte) => byte !== 0)).toBe(true);
  });

  it('opens a secret under its own name only', async () => {
    const vault = await create({ way: 'keyring', keyring: keyring() });
    const sealed = vault.sealSecret('hub', Buffer.from('bí mật'));
    expect(Buffer.from(vault.openSecret('hub', sealed)).toString()).toBe('bí mật');
    expect(() => vault.openSecret('proxy', sealed)).toThrow(
      expect.objectContaining({ code: 'secret-unreadable' }),
    );
  });

  it('refuses sealed bytes of which any one was changed, cut or put elsewhere', () => {
    const key = new Uint8Array(32).fill(7);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (plain, at, flip) => {
          const sealed = seal(key, plain, 'here');
          expect(Buffer.from(unseal(key, sealed, 'here') ?? []).equals(plain)).toBe(true);
          expect(unseal(key, sealed, 'there')).toBeNull();
          expect(unseal(key, sealed.subarray(0, at % sealed.length), 'here')).toBeNull();
          const changed = Uint8Array.from(sealed);
          changed[at % sealed.length] = (changed[at % sealed.length] ?? 0) ^ flip;
          expect(unseal(key, changed, 'here')).toBeNull();
        },
      ),
    );
  });
});
