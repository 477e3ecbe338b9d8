// Reads a message of the PIN window's port. It is the only reader of PIN bytes besides the login itself.
import type { PinMessage } from '../../preload/contract/pin';

/** A message of the PIN window, or undefined when it is none. At most 256 bytes of PIN. */
export function pinMessage(value: unknown): PinMessage | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  if (value.kind === 'cancel') return { kind: 'cancel' };
  if (value.kind === 'same') return { kind: 'same' };
  const confirmed = 'confirmed' in value && value.confirmed === true;
  if (value.kind === 'pad') return { kind: 'pad', confirmed };
  if (value.kind !== 'pin' || !('pin' in value)) return undefined;
  const { pin } = value;
  if (!(pin instanceof Uint8Array) || pin.length > 256) return undefined;
  return { kind: 'pin', pin, confirmed };
}
