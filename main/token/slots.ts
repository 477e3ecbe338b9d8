// Finds the slots that hold the chosen token now, and judges a PIN's length by what that token says. It logs in nowhere.
import { Failure, isFailure } from '../../preload/contract/failure';
import { losesHandles } from './ckr';
import type { Cryptoki, Handle, TokenInfo } from './cryptoki';
import { pinStateOf } from './pin-state';

/** A PIN of impossible length never reaches the token, where it might cost a try. Drivers without limits say 0. */
export function checkLength(length: number, info: TokenInfo): void {
  const limited = info.minPin > 0 && info.maxPin >= info.minPin;
  if (length === 0 || (limited && (length < info.minPin || length > info.maxPin))) {
    throw new Failure('token-pin-length');
  }
}

/**
 * The slots that hold the chosen token now, at least one. Serial and label both: some vendors give every token one serial.
 * Throws `token-changed` when only others are there, else `token-removed`.
 */
export function slotsOf(
  module: Cryptoki,
  chosen: { readonly tokenSerial: string; readonly tokenLabel: string },
): { slot: Handle; info: TokenInfo }[] {
  const present = module.slots().flatMap((slot) => {
    const info = readable(() => module.tokenInfo(slot));
    // An empty slot of a software token is no token.
    return info === undefined || pinStateOf(info.flags).kind === 'not-initialized' ? [] : [{ slot, info }];
  });
  const own = present.filter(
    ({ info }) => info.serial === chosen.tokenSerial && info.label === chosen.tokenLabel,
  );
  if (own.length > 0) return own;
  throw new Failure(present.length > 0 ? 'token-changed' : 'token-removed');
}

/** A value, or undefined when its slot has just lost its token. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isFailure(error) && losesHandles(error.code)) return undefined;
    throw error;
  }
}
