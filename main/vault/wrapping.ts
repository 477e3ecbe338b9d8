// The ways to wrap the 32-byte data key: keyring, passphrase, recovery key, recovery passphrase. It keeps nothing.
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  scrypt,
} from 'node:crypto';
import { Failure } from '../../preload/contract/failure';
import type { ScryptCost, Wrap } from './key-file';
import { seal, unseal } from './seal';

/**
 * The keyring of the operating system as a value. `backend` names it: `dpapi`, `keychain`, `gnome_libsecret`, `kwallet6`...
 * A runtime that cannot tell says `unknown`.
 */
export interface Keyring {
  readonly backend: string;
  isAvailable(): boolean | Promise<boolean>;
  wrap(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** Throws when the system refuses. */
  unwrap(wrapped: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** What opens the store each day. */
export type Unlocker =
  | { readonly way: 'keyring'; readonly keyring: Keyring }
  | { readonly way: 'passphrase'; readonly passphrase: string };

/** What opens the store when the daily way is lost: made at first run. */
export type Recovery =
  | { readonly way: 'recovery-key'; readonly publicKeyPem: string }
  | { readonly way: 'recovery-passphrase'; readonly passphrase: string };

/** The means of a recovery, held by the organisation or on the clerk's paper. */
export type RecoveryMeans =
  | { readonly way: 'recovery-key'; readonly privateKeyPem: string; readonly keyPassphrase?: string }
  | { readonly way: 'recovery-passphrase'; readonly passphrase: string };

/** 128 MiB and about half a second on an office PC. */
export const defaultCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };
const shortestPassphrase = 12;

/** `basic_text` is a fixed key known to everybody; `unknown` may be it. Neither protects anything. */
export async function keyringUsable(keyring: Keyring): Promise<boolean> {
  if (keyring.backend === 'basic_text' || keyring.backend === 'unknown') return false;
  return await keyring.isAvailable();
}

function stretch(passphrase: string, salt: Uint8Array, cost: ScryptCost): Promise<Uint8Array> {
  // Two input methods may compose a Vietnamese letter differently; spaces at the ends are typing.
  const typed = Buffer.from(passphrase.normalize('NFKC').trim(), 'utf8');
  const maxmem = 128 * cost.N * cost.r + 128 * cost.r * cost.p + (16 << 20);
  return new Promise((resolve, reject) => {
    scrypt(typed, salt, 32, { ...cost, maxmem }, (error, key) => {
      typed.fill(0);
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function context(id: string, way: string): string {
  return `van-thu-vault|1|${id}|${way}`;
}

async function wrapByPassphrase(
  way: 'passphrase' | 'recovery-passphrase',
  key: Uint8Array,
  passphrase: string,
  id: string,
  cost: ScryptCost,
): Promise<Wrap> {
  if ([...passphrase.normalize('NFKC').trim()].length < shortestPassphrase) {
    throw new Failure('vault-passphrase-weak');
  }
  const salt = randomBytes(16);
  const stretched = await stretch(passphrase, salt, cost);
  const sealed = seal(stretched, key, context(id, way));
  stretched.fill(0);
  return {
    way,
    salt: salt.toString('base64'),
    cost,
    sealed: Buffer.from(sealed).toString('base64'),
  };
}

/** A public key for OAEP, or Failure `vault-recovery-key-unusable`. */
function recoveryPublicKey(pem: string): { key: KeyObject; fingerprint: string } {
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch (error) {
    throw new Failure('vault-recovery-key-unusable', 'not a public key', { cause: error });
  }
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
    throw new Failure('vault-recovery-key-unusable', 'RSA of 2048 bits or more is needed');
  }
  const spki = key.export({ type: 'spki', format: 'der' });
  return { key, fingerprint: createHash('sha256').update(spki).digest('hex') };
}

/** Wraps the data key for every day. Throws Failure `vault-keyring-unavailable`, `vault-passphrase-weak`. */
export async function wrapDaily(
  unlocker: Unlocker,
  key: Uint8Array,
  id: string,
  cost: ScryptCost,
): Promise<Wrap> {
  if (unlocker.way === 'passphrase') {
    return wrapByPassphrase('passphrase', key, unlocker.passphrase, id, cost);
  }
  const { keyring } = unlocker;
  if (!(await keyringUsable(keyring))) throw new Failure('vault-keyring-unavailable', keyring.backend);
  let sealed: Uint8Array;
  try {
    sealed = await keyring.wrap(key);
  } catch (error) {
    throw new Failure('vault-keyring-unavailable', keyring.backend, { cause: error });
  }
  return { way: 'keyring', backend: keyring.backend, sealed: Buffer.from(sealed).toString('base64') };
}

/** Wraps the data key for recovery. Throws Failure `vault-recovery-key-unusable`, `vault-passphrase-weak`. */
export async function wrapForRecovery(
  recovery: Recovery,
  key: Uint8Array,
  id: string,
  cost: ScryptCost,
): Promise<Wrap> {
  if (recovery.way === 'recovery-passphrase') {
    return wrapByPassphrase('recovery-passphrase', key, recovery.passphrase, id, cost);
  }
  const { key: publicKey, fingerprint } = recoveryPublicKey(recovery.publicKeyPem);
  const sealed = publicEncrypt(
    {
      key: publicKey,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(context(id, 'recovery-key'), 'utf8'),
    },
    key,
  );
  return { way: 'recovery-key', fingerprint, sealed: sealed.toString('base64') };
}

async function unwrapByPassphrase(
  wrap: Extract<Wrap, { salt: string }>,
  passphrase: string,
  id: string,
): Promise<Uint8Array | null> {
  const stretched = await stretch(passphrase, Buffer.from(wrap.salt, 'base64'), wrap.cost);
  const key = unseal(stretched, Buffer.from(wrap.sealed, 'base64'), context(id, wrap.way));
  stretched.fill(0);
  return key;
}

/** The data key from one daily wrap. Throws Failure `vault-passphrase-wrong`, `vault-keyring-refused`, `vault-keyring-unavailable`. */
export async function unwrapDaily(
  wraps: readonly Wrap[],
  unlocker: Unlocker,
  id: string,
): Promise<Uint8Array> {
  if (unlocker.way === 'passphrase') {
    for (const wrap of wraps) {
      if (wrap.way !== 'passphrase') continue;
      const key = await unwrapByPassphrase(wrap, unlocker.passphrase, id);
      if (key !== null) return key;
    }
    throw new Failure('vault-passphrase-wrong');
  }
  const { keyring } = unlocker;
  const wrapped = wraps.filter((one) => one.way === 'keyring');
  if (wrapped.length === 0) throw new Failure('vault-passphrase-needed');
  if (!(await keyringUsable(keyring))) throw new Failure('vault-keyring-unavailable', keyring.backend);
  let cause: unknown;
  for (const wrap of wrapped) {
    try {
      return Uint8Array.from(await keyring.unwrap(Buffer.from(wrap.sealed, 'base64')));
    } catch (error) {
      cause = error;
    }
  }
  throw new Failure('vault-keyring-refused', keyring.backend, { cause });
}

/** The data key from a recovery wrap. Throws Failure `vault-recovery-refused`. */
export async function unwrapByRecovery(
  wraps: readonly Wrap[],
  means: RecoveryMeans,
  id: string,
): Promise<Uint8Array> {
  for (const wrap of wraps) {
    if (wrap.way === 'recovery-passphrase' && means.way === wrap.way) {
      const key = await unwrapByPassphrase(wrap, means.passphrase, id);
      if (key !== null) return key;
    }
    if (wrap.way === 'recovery-key' && means.way === wrap.way) {
      const key = unwrapByPrivateKey(wrap.sealed, means, id);
      if (key !== null) return key;
    }
  }
  throw new Failure('vault-recovery-refused');
}

function unwrapByPrivateKey(
  sealed: string,
  means: Extract<RecoveryMeans, { way: 'recovery-key' }>,
  id: string,
): Uint8Array | null {
  try {
    const key = createPrivateKey({ key: means.privateKeyPem, passphrase: means.keyPassphrase ?? '' });
    return privateDecrypt(
      {
        key,
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: 'sha256',
        oaepLabel: Buffer.from(context(id, 'recovery-key'), 'utf8'),
      },
      Buffer.from(sealed, 'base64'),
    );
  } catch {
    // A wrong key and a wrong passphrase of the key end alike: this means does not open the store.
    return null;
  }
}

/** A recovery passphrase for the clerk's paper: 6 groups of 5 letters that cannot be confused, 150 bits. */
export function newRecoveryPassphrase(): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const picked = Array.from(randomBytes(30), (byte) => letters.charAt(byte & 31)).join('');
  return (picked.match(/.{5}/g) ?? []).join('-');
}
