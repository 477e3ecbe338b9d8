// The operating system's keyring as the vault takes it, over Electron versions that differ. It wraps and keeps nothing.
import { safeStorage } from 'electron';
import type { Keyring } from '../vault';

interface BackendAware {
  getSelectedStorageBackend?: () => string;
}

/**
 * The name of what safeStorage stands on. On Linux an older runtime cannot tell whether it is `basic_text`, a fixed key
 * known to everybody, so it says `unknown` and the vault asks for a passphrase instead.
 */
export function keyringBackend(platform: NodeJS.Platform, storage: BackendAware): string {
  if (platform === 'win32') return 'dpapi';
  if (platform === 'darwin') return 'keychain';
  return storage.getSelectedStorageBackend?.() ?? 'unknown';
}

/** safeStorage as a value. Base64 inside, since it wraps strings. */
export function systemKeyring(): Keyring {
  return {
    backend: keyringBackend(process.platform, safeStorage as BackendAware),
    isAvailable: () => safeStorage.isEncryptionAvailable(),
    wrap: (bytes) => safeStorage.encryptString(Buffer.from(bytes).toString('base64')),
    unwrap: (wrapped) => Buffer.from(safeStorage.decryptString(Buffer.from(wrapped)), 'base64'),
  };
}
