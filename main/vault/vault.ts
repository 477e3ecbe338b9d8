// The vault: creates, opens, recovers and locks the store's one data key, and derives the keys of the rooms from it.
// It never goes on without the key the store was written with, and never writes a key that was not read back first.
import { createHmac, hkdfSync, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { assert, Failure } from '../../preload/contract/failure';
import { diskFailure, isNotFound } from '../runtime/disk-failure';
import { makeFolder } from '../runtime/durable-file';
import { type KeyFile, knownWraps, readKeyFile, type ScryptCost, type Wrap, writeKeyFile } from './key-file';
import { seal, unseal } from './seal';
import {
  defaultCost,
  type Recovery,
  type RecoveryMeans,
  type Unlocker,
  unwrapByRecovery,
  unwrapDaily,
  wrapDaily,
  wrapForRecovery,
} from './wrapping';

export const roomNames = ['records', 'blobs', 'journal', 'settings', 'validation'] as const;
export type RoomName = (typeof roomNames)[number];

export interface Vault {
  /** Name of this store; new for every data key. */
  readonly id: string;
  readonly locked: boolean;
  /** A copy of a room's 32-byte key; the caller overwrites it when done. Throws Failure `vault-locked`. */
  roomKey(room: RoomName): Uint8Array;
  /** Seals a secret such as a hub's password; `name` must be given again to open it. */
  sealSecret(name: string, secret: Uint8Array): Uint8Array;
  /** Throws Failure `secret-unreadable`. */
  openSecret(name: string, sealed: Uint8Array): Uint8Array;
  /** Overwrites the keys here. Rooms that were opened before hold their own copy and close by themselves. */
  lock(): void;
}

/**
 *   absent ──create──▶ open ◀──unlock── sealed ◀──(next start)── open
 *                                         │
 *   key-missing, damaged, newer           └──recover──▶ open (wrapped anew)
 *   (visible states: nothing is created or overwritten in them)
 */
export type VaultState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'sealed'; readonly ways: readonly Wrap['way'][]; readonly backend: string | null }
  | {
      readonly kind: 'stopped';
      readonly code: 'vault-key-missing' | 'vault-key-damaged' | 'vault-from-the-future';
    };

async function holdsFiles(folder: string): Promise<boolean> {
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) return true;
      if (await holdsFiles(`${folder}/${entry.name}`)) return true;
    }
    return false;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw diskFailure(error);
  }
}

/** What can be done with the store in `folder`; `dependents` are the folders that are worthless without its key. */
export async function inspectVault(folder: string, dependents: readonly string[]): Promise<VaultState> {
  try {
    const file = await readKeyFile(folder);
    if (file !== null) {
      const wraps = knownWraps(file);
      const keyring = wraps.find((one) => one.way === 'keyring');
      return { kind: 'sealed', ways: wraps.map((one) => one.way), backend: keyring?.backend ?? null };
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === 'vault-key-damaged' || error.code === 'vault-from-the-future') {
      return { kind: 'stopped', code: error.code };
    }
    throw error;
  }
  for (const dependent of dependents) {
    if (await holdsFiles(dependent)) return { kind: 'stopped', code: 'vault-key-missing' };
  }
  return { kind: 'absent' };
}

function checkOf(key: Uint8Array, id: string): Buffer {
  return createHmac('sha256', key).update(`van-thu-vault|1|${id}|check`).digest();
}

function isTheKey(key: Uint8Array, file: KeyFile): boolean {
  const expected = Buffer.from(file.check, 'base64');
  const actual = checkOf(key, file.id);
  return key.length === 32 && expected.length === actual.length && timingSafeEqual(expected, actual);
}

function openWith(dataKey: Uint8Array, id: string): Vault {
  const keys = new Map(
    roomNames.map((room) => [
      room,
      new Uint8Array(hkdfSync('sha256', dataKey, Buffer.from(id, 'utf8'), `van-thu|1|${room}`, 32)),
    ]),
  );
  dataKey.fill(0);
  function keyOf(room: RoomName): Uint8Array {
    const key = keys.get(room);
    if (key === undefined) throw new Failure('vault-locked');
    return key;
  }
  return {
    id,
    get locked() {
      return keys.size === 0;
    },
    roomKey: (room) => Uint8Array.from(keyOf(room)),
    sealSecret: (name, secret) => seal(keyOf('settings'), secret, `secret|1|${name}`),
    openSecret(name, sealed) {
      const secret = unseal(keyOf('settings'), sealed, `secret|1|${name}`);
      if (secret === null) throw new Failure('secret-unreadable', name);
      return secret;
    },
    lock() {
      for (const key of keys.values()) key.fill(0);
      keys.clear();
    },
  };
}

/** Unwraps what was just wrapped: a keyring that cannot give the key back must be found before the first document. */
async function checkRoundTrip(wrap: Wrap, unlocker: Unlocker, key: Uint8Array, id: string): Promise<void> {
  const back = await unwrapDaily([wrap], unlocker, id);
  const same = back.length === key.length && timingSafeEqual(back, key);
  back.fill(0);
  if (!same) throw new Failure('vault-keyring-unavailable', 'the keyring gave back another key');
}

export interface CreateOptions {
  readonly folder: string;
  readonly dependents: readonly string[];
  readonly unlocker: Unlocker;
  /** At least one, else unsent work is lost with the daily way. */
  readonly recoveries: readonly [Recovery, ...Recovery[]];
  readonly now: Date;
  readonly cost?: ScryptCost;
}

/**
 * Makes the store's key. Only in state `absent`; the key file is durable before this returns.
 * Throws the Failure of the state, `vault-keyring-unavailable`, `vault-passphrase-weak`, `vault-recovery-key-unusable`, `disk-full`.
 */
export async function createVault(options: CreateOptions): Promise<Vault> {
  const cost = options.cost ?? defaultCost;
  const state = await inspectVault(options.folder, options.dependents);
  if (state.kind === 'stopped') throw new Failure(state.code);
  assert(state.kind === 'absent', 'a store is created once');
  const key = randomBytes(32);
  const id = randomUUID();
  const daily = await wrapDaily(options.unlocker, key, id, cost);
  await checkRoundTrip(daily, options.unlocker, key, id);
  const wraps: Wrap[] = [daily];
  for (const recovery of options.recoveries) wraps.push(await wrapForRecovery(recovery, key, id, cost));
  try {
    await makeFolder(options.folder);
  } catch (error) {
    throw diskFailure(error);
  }
  await writeKeyFile(options.folder, {
    format: 'van-thu-vault',
    version: 1,
    id,
    createdAt: options.now.toISOString(),
    check: checkOf(key, id).toString('base64'),
    wraps,
  });
  key.fill(0);
  return unlockVault(options);
}

async function requireKeyFile(folder: string, dependents: readonly string[]): Promise<KeyFile> {
  const state = await inspectVault(folder, dependents);
  if (state.kind === 'stopped') throw new Failure(state.code);
  const file = await readKeyFile(folder);
  assert(file !== null, 'a store is created before it is opened');
  return file;
}

/** Opens the store for the day. Throws the Failure of the state, `vault-passphrase-wrong`, `vault-keyring-refused`... */
export async function unlockVault(options: {
  readonly folder: string;
  readonly dependents: readonly string[];
  readonly unlocker: Unlocker;
}): Promise<Vault> {
  const file = await requireKeyFile(options.folder, options.dependents);
  const key = await unwrapDaily(knownWraps(file), options.unlocker, file.id);
  if (!isTheKey(key, file)) {
    throw new Failure(options.unlocker.way === 'keyring' ? 'vault-keyring-refused' : 'vault-key-damaged');
  }
  return openWith(key, file.id);
}

/** Opens the store by its recovery and wraps it anew for every day; recovery wraps stay. Throws `vault-recovery-refused`. */
export async function recoverVault(options: {
  readonly folder: string;
  readonly dependents: readonly string[];
  readonly means: RecoveryMeans;
  readonly unlocker: Unlocker;
  readonly cost?: ScryptCost;
}): Promise<Vault> {
  const file = await requireKeyFile(options.folder, options.dependents);
  const key = await unwrapByRecovery(knownWraps(file), options.means, file.id);
  if (!isTheKey(key, file)) throw new Failure('vault-recovery-refused');
  const daily = await wrapDaily(options.unlocker, key, file.id, options.cost ?? defaultCost);
  await checkRoundTrip(daily, options.unlocker, key, file.id);
  const kept = file.wraps.filter((one) => one.way !== 'keyring' && one.way !== 'passphrase');
  await writeKeyFile(options.folder, { ...file, wraps: [daily, ...kept] });
  return openWith(key, file.id);
}
