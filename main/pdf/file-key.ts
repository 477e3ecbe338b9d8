// Derives the file encryption key of the standard security handler from a password (ISO 32000-1, 7.6.3; ISO 32000-2, 7.6.4)
// and says whether the password is one of the two. It reads no file and encrypts no content.
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { rc4 } from './rc4';

/** The entries of the encryption dictionary that a key comes from. */
export interface KeyFacts {
  readonly revision: number;
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  readonly ownerKey: Uint8Array;
  readonly userKey: Uint8Array;
  readonly permissions: number;
  readonly encryptsMetadata: boolean;
  /** First part of /ID, empty where there is none. */
  readonly id: Uint8Array;
}

export interface UnlockedKey {
  readonly key: Uint8Array;
  /** The password was the owner's, whom no permission binds. */
  readonly isOwner: boolean;
}

const padding = Uint8Array.from(
  Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex'),
);

function md5(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function padded(password: Uint8Array): Uint8Array {
  return Buffer.concat([password, padding]).subarray(0, 32);
}

/** Algorithm 2. `length` in bytes. */
function oldKey(facts: KeyFacts, password: Uint8Array, length: number): Uint8Array {
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(facts.permissions | 0);
  const open = facts.revision >= 4 && !facts.encryptsMetadata;
  const tail = open ? Uint8Array.of(255, 255, 255, 255) : new Uint8Array(0);
  let key = md5(padded(password), facts.owner.subarray(0, 32), permissions, facts.id, tail);
  if (facts.revision >= 3) for (let round = 0; round < 50; round += 1) key = md5(key.subarray(0, length));
  return key.subarray(0, length);
}

function xored(key: Uint8Array, value: number): Uint8Array {
  return key.map((byte) => byte ^ value);
}

/** Algorithms 4, 5 and 6. */
function isOldUser(facts: KeyFacts, key: Uint8Array): boolean {
  if (facts.revision === 2) return sameBytes(rc4(key, padding), facts.user.subarray(0, 32));
  let value = md5(padding, facts.id);
  for (let round = 0; round < 20; round += 1) value = rc4(xored(key, round), value);
  return sameBytes(value, facts.user.subarray(0, 16));
}

/** Algorithm 7, its first half: the user's password as the owner's unlocks it. */
function userPassword(facts: KeyFacts, password: Uint8Array, length: number): Uint8Array {
  let key = md5(padded(password));
  if (facts.revision >= 3) for (let round = 0; round < 50; round += 1) key = md5(key);
  key = key.subarray(0, length);
  let value: Uint8Array = facts.owner.subarray(0, 32);
  if (facts.revision === 2) return rc4(key, value);
  for (let round = 19; round >= 0; round -= 1) value = rc4(xored(key, round), value);
  return value;
}

/** Algorithm 2.B; revision 5 (Adobe's extension level 3) is one SHA-256. */
function newHash(revision: number, password: Uint8Array, salt: Uint8Array, user: Uint8Array): Uint8Array {
  let key: Uint8Array = createHash('sha256').update(password).update(salt).update(user).digest();
  if (revision < 6) return key;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
    const block = Buffer.concat([password, key, user]);
    const repeated = Buffer.concat(Array.from({ length: 64 }, () => block));
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32));
    cipher.setAutoPadding(false);
    const mixed = Buffer.concat([cipher.update(repeated), cipher.final()]);
    const rest = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(rest === 0 ? 'sha256' : rest === 1 ? 'sha384' : 'sha512')
      .update(mixed)
      .digest();
    last = mixed.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}

/** Algorithm 2.A. */
function newKey(facts: KeyFacts, password: Uint8Array): UnlockedKey | undefined {
  const { revision, owner, user, ownerKey, userKey } = facts;
  const known = user.subarray(0, 48);
  const none = new Uint8Array(0);
  const ways = [
    { own: owner, salted: known, sealed: ownerKey, isOwner: true },
    { own: user, salted: none, sealed: userKey, isOwner: false },
  ];
  for (const { own, salted, sealed, isOwner } of ways) {
    const hash = newHash(revision, password, own.subarray(32, 40), salted);
    if (own.length < 48 || sealed.length < 32 || !sameBytes(hash, own.subarray(0, 32))) continue;
    const unlocking = newHash(revision, password, own.subarray(40, 48), salted);
    const decipher = createDecipheriv('aes-256-cbc', unlocking, new Uint8Array(16));
    decipher.setAutoPadding(false);
    return { key: Buffer.concat([decipher.update(sealed.subarray(0, 32)), decipher.final()]), isOwner };
  }
  return undefined;
}

/**
 * The file encryption key when `password` is the user's or the owner's, else undefined. `lengths` are the key lengths in
 * bytes that the dictionary may mean, up to revision 4: the check value says which one it is.
 */
export function fileKey(
  facts: KeyFacts,
  password: Uint8Array,
  lengths: readonly number[],
): UnlockedKey | undefined {
  if (facts.revision >= 5) return newKey(facts, password);
  for (const length of lengths) {
    const key = oldKey(facts, userPassword(facts, password, length), length);
    if (isOldUser(facts, key)) return { key, isOwner: true };
    const own = oldKey(facts, password, length);
    if (isOldUser(facts, own)) return { key: own, isOwner: false };
  }
  return undefined;
}
