// Signing devices in the words of the foot: one entry a device, however many certificates it holds. Pure.
import type { SignerCard } from '../../../preload/contract/signing-request';
import type { TextKey } from '../../i18n/text';

export interface DeviceWords {
  readonly label: string;
  readonly key: TextKey;
}

/** Each device once: ready when one of its certificates can sign. At most three are named. */
export function deviceWords(signers: readonly SignerCard[]): DeviceWords[] {
  const devices = new Map<string, SignerCard[]>();
  for (const signer of signers) {
    devices.set(signer.tokenLabel, [...(devices.get(signer.tokenLabel) ?? []), signer]);
  }
  return [...devices.values()].slice(0, 3).flatMap((cards) => {
    const card = cards.find((one) => one.usable) ?? cards[0];
    if (card === undefined) return [];
    // A device of another role is there and well: it is only not the one this desk signs with.
    const ready = card.usable || card.reason?.startsWith('signing-') === true;
    return [{ label: card.holder, key: ready ? 'foot.device-ready' : 'foot.device-unusable' } as const];
  });
}
