// The public surface of the vault: the store's key, its ways in, and sealing of small secrets.
export { seal, sealOverhead, unseal } from './seal';
export {
  createVault,
  inspectVault,
  type RoomName,
  recoverVault,
  unlockVault,
  type Vault,
  type VaultState,
} from './vault';
export {
  type Keyring,
  keyringUsable,
  newRecoveryPassphrase,
  type Recovery,
  type RecoveryMeans,
  type Unlocker,
} from './wrapping';
