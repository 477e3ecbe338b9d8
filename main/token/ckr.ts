// The return values of PKCS#11 (v2.40 and the additions of v3.0) and the closed code each ends in. It calls no driver.
import type { tokenCodes } from '../../preload/contract/codes/token';
import { Failure } from '../../preload/contract/failure';

/** A code of this room, or `cancelled`, which is the clerk's own act. */
export type TokenCode = keyof typeof tokenCodes | 'cancelled';

type Row = readonly [value: number, name: string, code: TokenCode];

/**
 * Only CKR_PIN_INCORRECT, _INVALID and _LEN_RANGE say that the PIN is wrong (CKR_PIN_EXPIRED and _LOCKED have their own
 * words): a driver's general failure shown as a wrong PIN makes people type it until the device locks.
 */
const rows: readonly Row[] = [
  [0x001, 'CKR_CANCEL', 'token-refused'],
  [0x002, 'CKR_HOST_MEMORY', 'token-memory'],
  [0x003, 'CKR_SLOT_ID_INVALID', 'token-removed'],
  [0x005, 'CKR_GENERAL_ERROR', 'token-driver-error'],
  [0x006, 'CKR_FUNCTION_FAILED', 'token-driver-error'],
  [0x007, 'CKR_ARGUMENTS_BAD', 'token-driver-error'],
  [0x008, 'CKR_NO_EVENT', 'token-driver-error'],
  [0x009, 'CKR_NEED_TO_CREATE_THREADS', 'token-driver-error'],
  [0x00a, 'CKR_CANT_LOCK', 'token-driver-error'],
  [0x010, 'CKR_ATTRIBUTE_READ_ONLY', 'token-driver-error'],
  [0x011, 'CKR_ATTRIBUTE_SENSITIVE', 'token-driver-error'],
  [0x012, 'CKR_ATTRIBUTE_TYPE_INVALID', 'token-driver-error'],
  [0x013, 'CKR_ATTRIBUTE_VALUE_INVALID', 'token-driver-error'],
  [0x01b, 'CKR_ACTION_PROHIBITED', 'token-refused'],
  [0x020, 'CKR_DATA_INVALID', 'token-driver-error'],
  [0x021, 'CKR_DATA_LEN_RANGE', 'token-driver-error'],
  [0x030, 'CKR_DEVICE_ERROR', 'token-device-error'],
  [0x031, 'CKR_DEVICE_MEMORY', 'token-memory'],
  [0x032, 'CKR_DEVICE_REMOVED', 'token-removed'],
  [0x040, 'CKR_ENCRYPTED_DATA_INVALID', 'token-driver-error'],
  [0x041, 'CKR_ENCRYPTED_DATA_LEN_RANGE', 'token-driver-error'],
  [0x050, 'CKR_FUNCTION_CANCELED', 'token-refused'],
  [0x051, 'CKR_FUNCTION_NOT_PARALLEL', 'token-driver-error'],
  [0x054, 'CKR_FUNCTION_NOT_SUPPORTED', 'token-mechanism-absent'],
  [0x060, 'CKR_KEY_HANDLE_INVALID', 'token-session-ended'],
  [0x062, 'CKR_KEY_SIZE_RANGE', 'token-mechanism-absent'],
  [0x063, 'CKR_KEY_TYPE_INCONSISTENT', 'token-mechanism-absent'],
  [0x064, 'CKR_KEY_NOT_NEEDED', 'token-driver-error'],
  [0x065, 'CKR_KEY_CHANGED', 'token-changed'],
  [0x066, 'CKR_KEY_NEEDED', 'token-driver-error'],
  [0x067, 'CKR_KEY_INDIGESTIBLE', 'token-driver-error'],
  [0x068, 'CKR_KEY_FUNCTION_NOT_PERMITTED', 'token-certificate-key-usage'],
  [0x069, 'CKR_KEY_NOT_WRAPPABLE', 'token-driver-error'],
  [0x06a, 'CKR_KEY_UNEXTRACTABLE', 'token-driver-error'],
  [0x070, 'CKR_MECHANISM_INVALID', 'token-mechanism-absent'],
  [0x071, 'CKR_MECHANISM_PARAM_INVALID', 'token-mechanism-absent'],
  [0x082, 'CKR_OBJECT_HANDLE_INVALID', 'token-session-ended'],
  [0x090, 'CKR_OPERATION_ACTIVE', 'token-busy'],
  [0x091, 'CKR_OPERATION_NOT_INITIALIZED', 'token-session-ended'],
  [0x0a0, 'CKR_PIN_INCORRECT', 'token-pin-wrong'],
  [0x0a1, 'CKR_PIN_INVALID', 'token-pin-wrong'],
  [0x0a2, 'CKR_PIN_LEN_RANGE', 'token-pin-length'],
  [0x0a3, 'CKR_PIN_EXPIRED', 'token-pin-expired'],
  [0x0a4, 'CKR_PIN_LOCKED', 'token-pin-locked'],
  [0x0b0, 'CKR_SESSION_CLOSED', 'token-session-ended'],
  [0x0b1, 'CKR_SESSION_COUNT', 'token-busy'],
  [0x0b3, 'CKR_SESSION_HANDLE_INVALID', 'token-session-ended'],
  [0x0b4, 'CKR_SESSION_PARALLEL_NOT_SUPPORTED', 'token-driver-error'],
  [0x0b5, 'CKR_SESSION_READ_ONLY', 'token-driver-error'],
  [0x0b6, 'CKR_SESSION_EXISTS', 'token-busy'],
  [0x0b7, 'CKR_SESSION_READ_ONLY_EXISTS', 'token-busy'],
  [0x0b8, 'CKR_SESSION_READ_WRITE_SO_EXISTS', 'token-busy'],
  [0x0c0, 'CKR_SIGNATURE_INVALID', 'token-signature-wrong'],
  [0x0c1, 'CKR_SIGNATURE_LEN_RANGE', 'token-signature-wrong'],
  [0x0d0, 'CKR_TEMPLATE_INCOMPLETE', 'token-driver-error'],
  [0x0d1, 'CKR_TEMPLATE_INCONSISTENT', 'token-driver-error'],
  [0x0e0, 'CKR_TOKEN_NOT_PRESENT', 'token-removed'],
  [0x0e1, 'CKR_TOKEN_NOT_RECOGNIZED', 'token-not-recognized'],
  [0x0e2, 'CKR_TOKEN_WRITE_PROTECTED', 'token-driver-error'],
  [0x0f0, 'CKR_UNWRAPPING_KEY_HANDLE_INVALID', 'token-driver-error'],
  [0x0f1, 'CKR_UNWRAPPING_KEY_SIZE_RANGE', 'token-driver-error'],
  [0x0f2, 'CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT', 'token-driver-error'],
  [0x100, 'CKR_USER_ALREADY_LOGGED_IN', 'token-busy'],
  [0x101, 'CKR_USER_NOT_LOGGED_IN', 'token-login-needed'],
  [0x102, 'CKR_USER_PIN_NOT_INITIALIZED', 'token-pin-not-set'],
  [0x103, 'CKR_USER_TYPE_INVALID', 'token-driver-error'],
  [0x104, 'CKR_USER_ANOTHER_ALREADY_LOGGED_IN', 'token-busy'],
  [0x105, 'CKR_USER_TOO_MANY_TYPES', 'token-busy'],
  [0x110, 'CKR_WRAPPED_KEY_INVALID', 'token-driver-error'],
  [0x112, 'CKR_WRAPPED_KEY_LEN_RANGE', 'token-driver-error'],
  [0x113, 'CKR_WRAPPING_KEY_HANDLE_INVALID', 'token-driver-error'],
  [0x114, 'CKR_WRAPPING_KEY_SIZE_RANGE', 'token-driver-error'],
  [0x115, 'CKR_WRAPPING_KEY_TYPE_INCONSISTENT', 'token-driver-error'],
  [0x120, 'CKR_RANDOM_SEED_NOT_SUPPORTED', 'token-driver-error'],
  [0x121, 'CKR_RANDOM_NO_RNG', 'token-device-error'],
  [0x130, 'CKR_DOMAIN_PARAMS_INVALID', 'token-certificate-key-unsupported'],
  [0x140, 'CKR_CURVE_NOT_SUPPORTED', 'token-certificate-key-unsupported'],
  [0x150, 'CKR_BUFFER_TOO_SMALL', 'token-driver-error'],
  [0x160, 'CKR_SAVED_STATE_INVALID', 'token-driver-error'],
  [0x170, 'CKR_INFORMATION_SENSITIVE', 'token-driver-error'],
  [0x180, 'CKR_STATE_UNSAVEABLE', 'token-driver-error'],
  [0x190, 'CKR_CRYPTOKI_NOT_INITIALIZED', 'token-session-ended'],
  [0x191, 'CKR_CRYPTOKI_ALREADY_INITIALIZED', 'token-driver-error'],
  [0x1a0, 'CKR_MUTEX_BAD', 'token-driver-error'],
  [0x1a1, 'CKR_MUTEX_NOT_LOCKED', 'token-driver-error'],
  [0x1b0, 'CKR_NEW_PIN_MODE', 'token-pin-expired'],
  [0x1b1, 'CKR_NEXT_OTP', 'token-driver-error'],
  [0x1b5, 'CKR_EXCEEDED_MAX_ITERATIONS', 'token-driver-error'],
  [0x1b6, 'CKR_FIPS_SELF_TEST_FAILED', 'token-device-error'],
  [0x1b7, 'CKR_LIBRARY_LOAD_FAILED', 'token-driver-broken'],
  [0x1b8, 'CKR_PIN_TOO_WEAK', 'token-pin-expired'],
  [0x1b9, 'CKR_PUBLIC_KEY_INVALID', 'token-certificate-key-unsupported'],
  [0x200, 'CKR_FUNCTION_REJECTED', 'token-refused'],
  [0x201, 'CKR_TOKEN_RESOURCE_EXCEEDED', 'token-busy'],
  [0x202, 'CKR_OPERATION_CANCEL_FAILED', 'token-driver-error'],
  [0x203, 'CKR_KEY_EXHAUSTED', 'token-refused'],
];

const byValue = new Map(rows.map((row) => [row[0], row] as const));
const byName = new Map(rows.map((row) => [row[1], row] as const));

/** Every return value that is known by name. */
export const ckrValues: readonly number[] = rows.map((row) => row[0]);

/** The name of a return value; a vendor's own is shown in hex. */
export function ckrName(value: number): string {
  return byValue.get(value)?.[1] ?? `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
}

/** The closed code a return value ends in; a vendor's own value is a driver error, never a wrong PIN. */
export function codeOfCkr(value: number): TokenCode {
  return byValue.get(value)?.[2] ?? 'token-driver-error';
}

/** The value of a named return value, for comparisons in code. */
export function ckr(name: string): number {
  const row = byName.get(name);
  if (row === undefined) throw new RangeError(`unknown return value ${name}`);
  return row[0];
}

/** Where a driver may speak of a PIN: the login, and the signature for which some drivers ask in a window of their own. */
const pinCalls = new Set(['C_Login', 'C_SignInit', 'C_Sign']);

/**
 * The code of a value that a function returned. A wrong PIN out of any other function is the driver's confusion: no PIN was
 * judged there, and nobody is asked to type another.
 */
export function codeAt(method: string, value: number): TokenCode {
  const code = codeOfCkr(value);
  return saysPinWrong(code) && !pinCalls.has(method) ? 'token-driver-error' : code;
}

/** A Failure that remembers which PKCS#11 function returned what. */
export class CryptokiFailure extends Failure {
  constructor(
    readonly method: string,
    readonly value: number,
  ) {
    super(codeAt(method, value), `${method} ${ckrName(value)}`);
  }
}

/** True when a driver's refusal says that this PIN was not accepted as typed. */
export function saysPinWrong(code: string): boolean {
  return code === 'token-pin-wrong' || code === 'token-pin-length';
}

/** True after a failure that leaves no handle usable: everything is found anew next time. */
export function losesHandles(code: string): boolean {
  return code === 'token-removed' || code === 'token-session-ended' || code === 'token-not-recognized';
}
