// The PIN state of a device as a word and how grave it is. Pure; a state of a newer main is only said to be unknown.
import type { TextKey } from '../../i18n/text';
import type { Tone } from '../../ui/chip';

export interface PinWords {
  readonly key: TextKey;
  readonly tone: Tone;
}

const known: Readonly<Record<string, PinWords>> = {
  ready: { key: 'devices.pin-ready', tone: 'good' },
  none: { key: 'devices.pin-none', tone: 'neutral' },
  low: { key: 'devices.pin-low', tone: 'warning' },
  final: { key: 'devices.pin-final', tone: 'bad' },
  locked: { key: 'devices.pin-locked', tone: 'bad' },
  'must-change': { key: 'devices.pin-must-change', tone: 'warning' },
  'not-set': { key: 'devices.pin-not-set', tone: 'warning' },
  'not-initialized': { key: 'devices.pin-not-initialized', tone: 'warning' },
};

export function pinWords(state: string): PinWords {
  return Object.hasOwn(known, state) && known[state] !== undefined
    ? known[state]
    : { key: 'devices.pin-unknown', tone: 'neutral' };
}
