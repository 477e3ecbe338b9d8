// What a token says about its PIN before anybody types one, as a union with words. It reads flags; it calls no driver.
import { assertNever } from '../../preload/contract/failure';
import type { TokenCode } from './ckr';

/**
 * ```
 *            wrong           wrong          wrong
 *   ready ──────────▶ low ──────────▶ final ──────────▶ locked
 *     ▲                │                │                 │ only the authority
 *     └──── right ─────┴───── right ────┘                 ▼ unlocks
 *   must-change, not-set, not-initialized: another tool comes first
 * ```
 * The counter lives in the device: this union is read from its flags each time and never kept.
 */
export type PinState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'low' }
  | { readonly kind: 'final' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'must-change' }
  | { readonly kind: 'not-set' }
  | { readonly kind: 'not-initialized' }
  /** The token signs without a login. */
  | { readonly kind: 'none' };

export type PinStateKind = PinState['kind'];

export const pinStateKinds = [
  'ready',
  'low',
  'final',
  'locked',
  'must-change',
  'not-set',
  'not-initialized',
  'none',
] as const satisfies readonly PinStateKind[];

/** CK_TOKEN_INFO.flags, PKCS#11 v2.40 section 3.2. */
export const tokenFlags = {
  loginRequired: 0x4,
  userPinInitialized: 0x8,
  protectedAuthenticationPath: 0x100,
  tokenInitialized: 0x400,
  userPinCountLow: 0x10000,
  userPinFinalTry: 0x20000,
  userPinLocked: 0x40000,
  userPinToBeChanged: 0x80000,
} as const;

/** The gravest state that the flags say. LOCKED wins over FINAL_TRY, which some drivers leave standing beside it. */
export function pinStateOf(flags: number): PinState {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  // Some drivers forget one of these two flags on a working token: only their absence together is believed.
  if (!has(tokenFlags.tokenInitialized) && !has(tokenFlags.userPinInitialized))
    return { kind: 'not-initialized' };
  if (has(tokenFlags.userPinLocked)) return { kind: 'locked' };
  if (!has(tokenFlags.userPinInitialized) && has(tokenFlags.loginRequired)) return { kind: 'not-set' };
  if (has(tokenFlags.userPinFinalTry)) return { kind: 'final' };
  if (has(tokenFlags.userPinToBeChanged)) return { kind: 'must-change' };
  if (has(tokenFlags.userPinCountLow)) return { kind: 'low' };
  if (!has(tokenFlags.loginRequired)) return { kind: 'none' };
  return { kind: 'ready' };
}

/** True when the PIN is typed on the reader itself and must not be asked for on screen. */
export function hasPinPad(flags: number): boolean {
  return (flags & tokenFlags.protectedAuthenticationPath) !== 0;
}

/** The code that stops before a PIN is asked for, or undefined when one may be typed. */
export function stopBefore(state: PinState): TokenCode | undefined {
  switch (state.kind) {
    case 'ready':
    case 'low':
    case 'final':
    case 'none':
    // The driver itself answers CKR_USER_PIN_NOT_INITIALIZED, which costs no try, if the flag is true.
    case 'not-set':
      return undefined;
    case 'locked':
      return 'token-pin-locked';
    case 'must-change':
      return 'token-pin-expired';
    case 'not-initialized':
      return 'token-not-initialized';
    default:
      return assertNever(state);
  }
}
