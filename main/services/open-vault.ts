// Opens the store at start: by the keyring, by a test profile's environment, or by what the unlock window is told.
// It never makes a new store where an old one may be.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentenceOf } from '../../preload/contract/codes';
import { codeOf, Failure } from '../../preload/contract/failure';
import type { UnlockAnswer, UnlockQuestion, UnlockState } from '../../preload/contract/unlock';
import {
  createVault,
  inspectVault,
  type Keyring,
  keyringUsable,
  newRecoveryPassphrase,
  type Recovery,
  recoverVault,
  type Unlocker,
  unlockVault,
  type Vault,
} from '../vault';

export interface VaultPlace {
  readonly folder: string;
  readonly dependents: readonly string[];
  readonly keyring: Keyring;
  /** The organisation's recovery key, a PEM file of policy; without one the clerk keeps a recovery phrase. */
  readonly recoveryKeyFile: string | undefined;
  /** A test profile's passphrase. */
  readonly passphrase: string | undefined;
  readonly now: () => Date;
}

/** Folders of a profile whose content is worthless without the vault's key. */
export function dependentFolders(profile: string): readonly string[] {
  return [join(profile, 'blobs'), join(profile, 'journal')];
}

function organisationRecovery(place: VaultPlace): Recovery | null {
  if (place.recoveryKeyFile === undefined) return null;
  return { way: 'recovery-key', publicKeyPem: readFileSync(place.recoveryKeyFile, 'utf8') };
}

async function open(place: VaultPlace, unlocker: Unlocker, recovery: Recovery | null): Promise<Vault> {
  const state = await inspectVault(place.folder, place.dependents);
  if (state.kind === 'stopped') throw new Failure(state.code);
  if (state.kind === 'sealed') return unlockVault({ ...place, unlocker });
  if (recovery === null) throw new Failure('profile-locked', 'no recovery is prepared');
  return createVault({ ...place, unlocker, recoveries: [recovery], now: place.now() });
}

/** Opens without asking anybody. */
export type QuietWay = () => Promise<Vault>;

/**
 * How to open without asking anybody, found in no time; null when a person must be asked. Stretching a passphrase takes a
 * second, half of it on the very thread that asks (BoringSSL).
 */
export async function quietWay(place: VaultPlace): Promise<QuietWay | null> {
  const recovery = organisationRecovery(place);
  const { passphrase } = place;
  if (passphrase !== undefined) return () => open(place, { way: 'passphrase', passphrase }, recovery);
  const state = await inspectVault(place.folder, place.dependents);
  if (state.kind === 'stopped') return null;
  const usable = await keyringUsable(place.keyring);
  if (state.kind === 'sealed' && usable && state.ways.includes('keyring')) {
    const unlocker = { way: 'keyring', keyring: place.keyring } as const;
    return () => unlockVault({ ...place, unlocker });
  }
  if (state.kind === 'absent' && usable && recovery !== null) {
    return () => open(place, { way: 'keyring', keyring: place.keyring }, recovery);
  }
  return null;
}

/** Opens without asking anybody, or null when a person must be asked. */
export async function openQuietly(place: VaultPlace): Promise<Vault | null> {
  const way = await quietWay(place);
  return way === null ? null : way();
}

export interface UnlockDialogue {
  answer(question: UnlockQuestion): Promise<UnlockAnswer>;
  /** Resolves with the open vault. */
  readonly opened: Promise<Vault>;
}

/** The conversation with the unlock window. */
export function unlockDialogue(place: VaultPlace): UnlockDialogue {
  let finish: (vault: Vault) => void = () => undefined;
  const opened = new Promise<Vault>((resolve) => {
    finish = resolve;
  });
  const recovery = organisationRecovery(place);
  const phrase = recovery === null ? newRecoveryPassphrase() : null;

  async function state(): Promise<UnlockState> {
    const found = await inspectVault(place.folder, place.dependents);
    if (found.kind === 'stopped')
      return { mode: 'stopped', code: found.code, sentence: sentenceOf(found.code) };
    return found.kind === 'absent' ? { mode: 'create', recovery: phrase } : { mode: 'enter' };
  }

  async function unlocked(vault: Promise<Vault>): Promise<UnlockAnswer> {
    try {
      finish(await vault);
      return { ok: true, state: { mode: 'open' } };
    } catch (error) {
      const code = codeOf(error);
      return { ok: false, code, sentence: sentenceOf(code) };
    }
  }

  return {
    opened,
    async answer(question) {
      switch (question.ask) {
        case 'state':
        case 'quit':
          return { ok: true, state: await state() };
        case 'submit':
          return unlocked(
            open(
              place,
              { way: 'passphrase', passphrase: question.passphrase },
              recovery ?? (phrase === null ? null : { way: 'recovery-passphrase', passphrase: phrase }),
            ),
          );
        case 'recover':
          return unlocked(
            recoverVault({
              ...place,
              means: { way: 'recovery-passphrase', passphrase: question.recovery },
              unlocker: { way: 'passphrase', passphrase: question.passphrase },
            }),
          );
      }
    },
  };
}
