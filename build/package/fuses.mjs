// Every fuse of the shipped runtime, decided by type: a fuse that a newer packager knows and this list does not name fails
// the type check. It flips nothing; electron-builder does, and inspect.mjs reads the finished binary back.

/** @typedef {Required<import('app-builder-lib').FuseOptionsV1>} EveryFuse */

/** @type {EveryFuse} */
const decided = {
  // No general Node out of our binary: hosts are utility processes.
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  // Without effect on Linux; Windows and macOS compare the archive with its hash in the binary.
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  // On, it would need a snapshot file of our own, and the application would not start without it.
  loadBrowserProcessSpecificV8Snapshot: false,
  // Pages come from app:// only.
  grantFileProtocolExtraPrivileges: false,
  // Only of use for an unsigned build on an Apple chip.
  resetAdHocDarwinSignature: false,
};

/** Names of the fuse wire that the packager's type does not know yet stay as the runtime ships them. */
export const leftAsShipped = ['WasmTrapHandlers'];

/**
 * The fuses for electron-builder. The floor's wire ends before `grantFileProtocolExtraPrivileges`, and flipping what is
 * not there is an error.
 * @param {boolean} floor
 * @returns {import('app-builder-lib').FuseOptionsV1}
 */
export function fusesFor(floor) {
  if (!floor) return decided;
  const { grantFileProtocolExtraPrivileges, ...known } = decided;
  return known;
}

/**
 * What the finished binary must say, by the names of the fuse wire.
 * @param {boolean} floor
 * @returns {Record<string, boolean>}
 */
export function expectedWire(floor) {
  return {
    RunAsNode: decided.runAsNode,
    EnableCookieEncryption: decided.enableCookieEncryption,
    EnableNodeOptionsEnvironmentVariable: decided.enableNodeOptionsEnvironmentVariable,
    EnableNodeCliInspectArguments: decided.enableNodeCliInspectArguments,
    EnableEmbeddedAsarIntegrityValidation: decided.enableEmbeddedAsarIntegrityValidation,
    OnlyLoadAppFromAsar: decided.onlyLoadAppFromAsar,
    LoadBrowserProcessSpecificV8Snapshot: decided.loadBrowserProcessSpecificV8Snapshot,
    ...(floor ? {} : { GrantFileProtocolExtraPrivileges: decided.grantFileProtocolExtraPrivileges }),
  };
}
