// A loaded PKCS#11 driver with typed failures and plain values. It knows functions, not purposes: no policy, no PIN kept.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute } from 'node:path';
import type { PKCS11 } from 'pkcs11js';
import { Failure, isFailure } from '../../preload/contract/failure';
import { CryptokiFailure, ckr, type TokenCode } from './ckr';
import { fitsThisProcess } from './machine';

export type Handle = Buffer;

/** Constants of PKCS#11 v2.40 that this room uses. */
export const ck = {
  serialSession: 0x4,
  osLockingOk: 0x2,
  tokenPresent: 0x1,
  readOnlyUser: 1,
  readWriteUser: 3,
  user: 1,
  contextSpecific: 2,
  objectCertificate: 1,
  objectPrivateKey: 3,
  attribute: {
    class: 0x0,
    label: 0x3,
    value: 0x11,
    certificateType: 0x80,
    keyType: 0x100,
    id: 0x102,
    modulus: 0x120,
    alwaysAuthenticate: 0x202,
  },
} as const;

export interface TokenInfo {
  readonly label: string;
  readonly serial: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly flags: number;
  readonly minPin: number;
  readonly maxPin: number;
}

export type Template = readonly { readonly type: number; readonly value: number | Buffer | boolean }[];
export interface Mechanism {
  readonly mechanism: number;
  readonly parameter?: { type: number; hashAlg: number; mgf: number; saltLen: number };
}

/** Turns what pkcs11js throws ("CKR_NAME:number", wrapped or bare) into a CryptokiFailure. */
export function failureOf(method: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'number' && code > 0) return new CryptokiFailure(method, code);
  const found = /CKR_\w+:(\d+)/.exec(text);
  if (found !== null) return new CryptokiFailure(method, Number(found[1]));
  return new Failure('token-driver-error', `${method}: ${text.slice(0, 300)}`, { cause: error });
}

/** Padded text of PKCS#11: blanks, and with some drivers NULs, at its end. */
function plain(text: string): string {
  const nul = text.indexOf('\0');
  return (nul < 0 ? text : text.slice(0, nul)).trim().normalize('NFC');
}

/** What the system's loader says when something the library needs is missing: Windows' error 126, dlopen's words. */
const missingPart =
  /\b126\b|specified module could not be found|cannot open shared object file|library not loaded/i;

/** Words of a failed load as a code: it needs something that is not there, it is no PKCS#11, or it is damaged. */
function loadCode(words: string): TokenCode {
  if (missingPart.test(words)) return 'token-driver-dependency';
  return /C_GetFunctionList/.test(words) ? 'token-driver-not-pkcs11' : 'token-driver-broken';
}

const requireNative = createRequire(import.meta.url);

function loadNative(): typeof import('pkcs11js') {
  try {
    // Required late: the bundle leaves it outside, and a host without it still answers with a code.
    return requireNative('pkcs11js') as typeof import('pkcs11js');
  } catch (error) {
    throw new Failure('token-native-missing', error instanceof Error ? error.message : '', { cause: error });
  }
}

/** One driver, loaded and initialized. Every method may throw a Failure of this room. */
export class Cryptoki {
  private readonly inUse = new Set<unknown>();

  private constructor(
    readonly path: string,
    private readonly driver: PKCS11,
  ) {}

  /** Checks the path and the library's machine, loads it, initializes it. */
  static load(path: string): Cryptoki {
    if (!isAbsolute(path)) throw new Failure('token-driver-path', path);
    if (!existsSync(path)) throw new Failure('token-driver-absent', path);
    let fits: ReturnType<typeof fitsThisProcess>;
    try {
      fits = fitsThisProcess(path);
    } catch (error) {
      throw new Failure('token-driver-broken', `${path}: unreadable`, { cause: error });
    }
    if (fits === 'narrow') throw new Failure('token-driver-32-bit', path);
    if (fits === 'wrong-machine') throw new Failure('token-driver-wrong-machine', path);
    if (fits === 'no-library') throw new Failure('token-driver-broken', `${path}: no shared library`);
    if (fits === 'not-pkcs11') throw new Failure('token-driver-not-pkcs11', path);
    const native = loadNative();
    const driver = new native.PKCS11();
    try {
      driver.load(path);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      throw new Failure(loadCode(words), `${path}: ${words.slice(0, 300)}`, { cause: error });
    }
    initialize(driver);
    return new Cryptoki(path, driver);
  }

  private run<T>(method: string, call: (driver: PKCS11) => T): T {
    try {
      return call(this.driver);
    } catch (error) {
      throw failureOf(method, error);
    }
  }

  info(): { description: string; manufacturer: string; version: string; cryptokiVersion: string } {
    const info = this.run('C_GetInfo', (driver) => driver.C_GetInfo());
    return {
      cryptokiVersion: `${info.cryptokiVersion.major}.${info.cryptokiVersion.minor}`,
      description: plain(info.libraryDescription),
      manufacturer: plain(info.manufacturerID),
      version: `${info.libraryVersion.major}.${info.libraryVersion.minor}`,
    };
  }

  /** Slots with a token in them, counted afresh. */
  slots(): Handle[] {
    return this.run('C_GetSlotList', (driver) => driver.C_GetSlotList(true));
  }

  /** Every slot, filled or not. */
  allSlots(): Handle[] {
    return this.run('C_GetSlotList', (driver) => driver.C_GetSlotList(false));
  }

  slotInfo(slot: Handle): { description: string; manufacturer: string; present: boolean } {
    const info = this.run('C_GetSlotInfo', (driver) => driver.C_GetSlotInfo(slot));
    return {
      description: plain(info.slotDescription),
      manufacturer: plain(info.manufacturerID),
      present: (info.flags & ck.tokenPresent) !== 0,
    };
  }

  tokenInfo(slot: Handle): TokenInfo {
    const info = this.run('C_GetTokenInfo', (driver) => driver.C_GetTokenInfo(slot));
    return {
      label: plain(info.label),
      serial: plain(info.serialNumber),
      manufacturer: plain(info.manufacturerID),
      model: plain(info.model),
      flags: info.flags,
      minPin: info.minPinLen,
      maxPin: info.maxPinLen,
    };
  }

  /** Mechanism numbers; empty where the driver gives none. */
  mechanisms(slot: Handle): number[] {
    try {
      return this.driver.C_GetMechanismList(slot);
    } catch (error) {
      const failure = failureOf('C_GetMechanismList', error);
      if (failure.code === 'token-removed') throw failure;
      return [];
    }
  }

  openSession(slot: Handle): Handle {
    return this.run('C_OpenSession', (driver) => driver.C_OpenSession(slot, ck.serialSession));
  }

  closeSession(session: Handle): void {
    this.run('C_CloseSession', (driver) => driver.C_CloseSession(session));
  }

  /** Whether this application is logged in to the session's token; false where the driver does not say. */
  isLoggedIn(session: Handle): boolean {
    try {
      const { state } = this.driver.C_GetSessionInfo(session);
      return state === ck.readOnlyUser || state === ck.readWriteUser;
    } catch (error) {
      // A token that is gone is noticed by the login itself, with its own words.
      failureOf('C_GetSessionInfo', error);
      return false;
    }
  }

  /** Every object that matches, at most 1000. */
  find(session: Handle, template: Template): Handle[] {
    this.run('C_FindObjectsInit', (driver) =>
      driver.C_FindObjectsInit(
        session,
        template.map((one) => ({ ...one })),
      ),
    );
    const finish = (): void => this.run('C_FindObjectsFinal', (driver) => driver.C_FindObjectsFinal(session));
    const found: Handle[] = [];
    try {
      while (found.length < 1000) {
        const some = this.run('C_FindObjects', (driver) => driver.C_FindObjects(session, 64));
        if (some.length === 0) break;
        found.push(...some);
      }
    } catch (error) {
      // What went wrong first is what happened: a token that is gone cannot end a search either.
      quietly(finish);
      throw error;
    }
    finish();
    return found;
  }

  /** One attribute, or undefined where the object has none or hides it. */
  attribute(session: Handle, object: Handle, type: number): Buffer | undefined {
    try {
      const [found] = this.driver.C_GetAttributeValue(session, object, [{ type }]);
      const value: unknown = found?.value;
      return Buffer.isBuffer(value) ? value : undefined;
    } catch (error) {
      const failure = failureOf('C_GetAttributeValue', error);
      const value = failure instanceof CryptokiFailure ? failure.value : 0;
      if (value === ckr('CKR_ATTRIBUTE_TYPE_INVALID') || value === ckr('CKR_ATTRIBUTE_SENSITIVE'))
        return undefined;
      throw failure;
    }
  }

  /** Logs in. The text lives as short as the language allows; the binding takes nothing but a string. */
  login(session: Handle, user: number, pin: Uint8Array | undefined): void {
    const text =
      pin === undefined ? '' : Buffer.from(pin.buffer, pin.byteOffset, pin.length).toString('utf8');
    this.run('C_Login', (driver) => driver.C_Login(session, user, text));
  }

  logout(session: Handle): void {
    this.run('C_Logout', (driver) => driver.C_Logout(session));
  }

  signInit(session: Handle, mechanism: Mechanism, key: Handle): void {
    this.run('C_SignInit', (driver) => driver.C_SignInit(session, { ...mechanism }, key));
  }

  /** Signs on a thread of its own, for which both buffers must stay referenced until the driver is done. */
  async sign(session: Handle, data: Buffer): Promise<Buffer> {
    const buffers = { data, out: Buffer.alloc(1024) };
    this.inUse.add(buffers);
    try {
      const signature = await this.driver.C_SignAsync(session, buffers.data, buffers.out);
      return Buffer.from(signature);
    } catch (error) {
      throw failureOf('C_Sign', error);
    } finally {
      this.inUse.delete(buffers);
    }
  }
}

/** Initializes with locking by the system; drivers that know no arguments get none. */
function initialize(driver: PKCS11): void {
  const attempts = [() => driver.C_Initialize({ flags: ck.osLockingOk }), () => driver.C_Initialize()];
  let last: Failure | undefined;
  for (const attempt of attempts) {
    try {
      attempt();
      return;
    } catch (error) {
      last = failureOf('C_Initialize', error);
      if (last instanceof CryptokiFailure && last.value === ckr('CKR_CRYPTOKI_ALREADY_INITIALIZED')) return;
    }
  }
  throw last ?? new Failure('token-driver-error', 'C_Initialize');
}

/** Tidying up after the outcome is known: a driver that fails here changes nothing for the clerk. False when it failed. */
export function quietly(step: () => void): boolean {
  try {
    step();
    return true;
  } catch (error) {
    if (!isFailure(error)) throw error;
    return false;
  }
}

/** False when the driver would not close it. */
export function closeQuietly(module: Cryptoki, handle: Handle): boolean {
  return quietly(() => module.closeSession(handle));
}
