// One signing session on one token: the chosen certificate, one person's PIN, a frozen list of what may be signed.
// It never logs in twice by itself, never signs outside its list, and keeps no handle after a failure.
import { createHash } from 'node:crypto';
import { assert, assertNever, Failure, isFailure } from '../../preload/contract/failure';
import { type CertificateFacts, chainOf, reasonAgainst } from './certificate';
import { CryptokiFailure, ckr, saysPinWrong } from './ckr';
import { type Cryptoki, ck, closeQuietly, type Handle, quietly, type TokenInfo } from './cryptoki';
import { certificatesOn } from './inspect';
import { hasPinPad, type PinState, pinStateOf, stopBefore } from './pin-state';
import type { OpenedSession, SignatureAlgorithm, TokenInput } from './protocol';
import { type Pause, patiently } from './reader-busy';
import { algorithmFor, checkedSignature, type Way, waysFor } from './signatures';
import { checkLength, readable, slotsOf } from './slots';

/**
 * ```
 *   open ──▶ chosen ──login──▶ ready ──sign──▶ ready ──▶ … ──end──▶ ended
 *             │  ▲               │
 *             │  └── PIN refused │ any other failure of the driver
 *             └──────────────────┴──────────────────────────▶ ended
 * ```
 * A refused PIN leads back to `chosen`: only a person may send another. What `ended` forgets: handles, key, PIN.
 */
type State =
  | { readonly kind: 'chosen'; readonly handle: Handle }
  | { readonly kind: 'ready'; readonly handle: Handle; readonly key: SigningKey }
  | { readonly kind: 'ended'; readonly code: Failure['code'] };

interface SigningKey {
  readonly object: Handle;
  /**
   * CKA_ALWAYS_AUTHENTICATE: the PIN before each signature (undefined: the reader's own pad); kept for this session's list
   * and overwritten at its end. It is the PIN of the login until a person gives the key's own.
   */
  readonly again: { pin: Uint8Array | undefined } | undefined;
}

/** Refusals of a mechanism after which no signature exists and another way of the same algorithm may be tried. */
const mechanismRefusals = new Set(
  [
    'CKR_MECHANISM_INVALID',
    'CKR_MECHANISM_PARAM_INVALID',
    'CKR_FUNCTION_NOT_SUPPORTED',
    'CKR_KEY_TYPE_INCONSISTENT',
    'CKR_FUNCTION_FAILED',
  ].map(ckr),
);

export class SigningSession {
  private state: State;
  private readonly ways: readonly Way[];
  private wayIndex = 0;
  private note = '';
  /** A login was accepted: the end logs out, wherever the way to the key broke off. */
  private loggedIn = false;
  private readonly waiting: Set<string>;
  private readonly listed: ReadonlySet<string>;

  private constructor(
    private readonly module: Cryptoki,
    private readonly slot: Handle,
    private readonly chosen: TokenInput<'open'>,
    handle: Handle,
    readonly facts: CertificateFacts,
    readonly algorithm: SignatureAlgorithm,
    readonly opened: Omit<OpenedSession, 'session'>,
    ways: readonly Way[],
  ) {
    this.state = { kind: 'chosen', handle };
    this.ways = ways;
    this.listed = new Set(chosen.hashes);
    this.waiting = new Set(chosen.hashes);
  }

  /** Finds the chosen certificate on its own token, before any PIN; every reason not to sign is said here. */
  static open(module: Cryptoki, chosen: TokenInput<'open'>, now: number): SigningSession {
    // One card may show itself in several slots of one name, each with a part of its certificates.
    for (const { slot, info } of slotsOf(module, chosen)) {
      const stop = stopBefore(pinStateOf(info.flags));
      if (stop !== undefined) throw new Failure(stop);
      const session = SigningSession.openIn(module, slot, info, chosen, now);
      if (session !== undefined) return session;
    }
    throw new Failure('token-certificate-absent');
  }

  /** The session in one slot, or undefined when the chosen certificate is not there. */
  private static openIn(
    module: Cryptoki,
    slot: Handle,
    info: TokenInfo,
    chosen: TokenInput<'open'>,
    now: number,
  ): SigningSession | undefined {
    const handle = module.openSession(slot);
    let session: SigningSession | undefined;
    try {
      const { readable } = certificatesOn(module, handle);
      const own = readable.find((one) => one.facts.fingerprint === chosen.fingerprint);
      if (own === undefined) return undefined;
      const reason = reasonAgainst(own.facts, 'hidden', now);
      if (reason !== undefined) throw new Failure(reason);
      const algorithm = algorithmFor(own.facts.key, chosen.pss);
      const ways = waysFor(algorithm, module.mechanisms(slot));
      if (ways.length === 0) throw new Failure('token-mechanism-absent', algorithm);
      const opened = {
        algorithm,
        certificate: own.facts.der,
        chain: chainOf(
          own.facts,
          readable.map((one) => one.facts),
        ),
        pin: pinStateOf(info.flags).kind,
        pinPad: hasPinPad(info.flags),
        minPin: info.minPin,
        maxPin: info.maxPin,
      };
      session = new SigningSession(module, slot, chosen, handle, own.facts, algorithm, opened, ways);
      return session;
    } finally {
      if (session === undefined) closeQuietly(module, handle);
    }
  }

  /** After the end: whether the driver logged out and closed, so that it may serve another session. */
  leftClean = true;

  /** Whether a PIN may be sent now. */
  get mayLogIn(): boolean {
    return this.state.kind === 'chosen';
  }

  /** The chosen token, still in its slot. Throws `token-removed` or `token-changed`. */
  private present(): TokenInfo {
    const here = slotsOf(this.module, this.chosen).find(({ slot }) => slot.equals(this.slot));
    if (here === undefined) throw new Failure('token-removed', 'it came back in another slot');
    return here.info;
  }

  /** Lets another program finish with the reader before a PIN is sent. What else is wrong, the login itself says. */
  async waitForReader(pause?: Pause): Promise<void> {
    try {
      await patiently(() => this.present(), pause);
    } catch (error) {
      if (!isFailure(error)) throw error;
    }
  }

  /** The tries as the token tells them now. */
  pinState(): PinState {
    return pinStateOf(this.module.tokenInfo(this.slot).flags);
  }

  /**
   * One login with one PIN (undefined: the reader's own pad). At the last try it must have been confirmed.
   * After `token-pin-wrong` and `token-pin-length` the session stays; after anything else it has ended.
   * The caller overwrites `pin`.
   */
  login(pin: Uint8Array | undefined, confirmed: boolean): void {
    if (this.state.kind !== 'chosen') throw new Failure('token-session-ended', `login in ${this.state.kind}`);
    const { handle } = this.state;
    this.guard(() => {
      // The token may have been taken out, or another put in, while the PIN was typed.
      const info = this.present();
      const state = pinStateOf(info.flags);
      const stop = stopBefore(state);
      if (stop !== undefined) throw new Failure(stop);
      if (state.kind === 'final' && !confirmed) throw new Failure('token-pin-confirm');
      if (pin !== undefined) checkLength(pin.length, info);
      if (state.kind !== 'none') this.sendPin(handle, pin);
      this.loggedIn = true;
      this.state = { kind: 'ready', handle, key: this.findKey(handle, pin) };
    });
  }

  private sendPin(handle: Handle, pin: Uint8Array | undefined): void {
    // Left over from a session that ended badly: asked for beforehand, so that one typed PIN is one C_Login, always.
    if (this.module.isLoggedIn(handle)) logoutQuietly(this.module, handle);
    try {
      this.module.login(handle, ck.user, pin);
    } catch (error) {
      // Nobody's login is to be used: the next act finds the token logged out.
      if (error instanceof CryptokiFailure && error.value === ckr('CKR_USER_ALREADY_LOGGED_IN'))
        logoutQuietly(this.module, handle);
      throw error;
    }
  }

  /** The private key of the certificate, found again after the login and compared with the certificate, never by slot or order. */
  private findKey(handle: Handle, pin: Uint8Array | undefined): SigningKey {
    const { readable } = certificatesOn(this.module, handle);
    const own = readable.find((one) => one.facts.fingerprint === this.chosen.fingerprint);
    if (own === undefined) throw new Failure('token-changed');
    const ofClass = { type: ck.attribute.class, value: ck.objectPrivateKey };
    const byId =
      own.id.length === 0
        ? []
        : this.module.find(handle, [ofClass, { type: ck.attribute.id, value: own.id }]);
    // Some vendors give the key another identifier than its certificate: then the modulus decides.
    const candidates = byId.length > 0 ? byId : this.module.find(handle, [ofClass]);
    const object = candidates.find((one) => this.isKeyOf(handle, one, own.facts, byId.length > 0));
    if (object === undefined) throw new Failure('token-certificate-no-key');
    const always = this.module.attribute(handle, object, ck.attribute.alwaysAuthenticate);
    const again =
      always !== undefined && always[0] === 1
        ? { pin: pin === undefined ? undefined : copyOf(pin) }
        : undefined;
    return { object, again };
  }

  private isKeyOf(handle: Handle, object: Handle, facts: CertificateFacts, byId: boolean): boolean {
    if (facts.key.kind !== 'rsa') {
      const type = this.module.attribute(handle, object, ck.attribute.keyType);
      // CKK_EC: its public point is not on the private key, so the checked signature is the proof.
      return byId && (type === undefined || type[0] === 3);
    }
    const modulus = this.module.attribute(handle, object, ck.attribute.modulus);
    if (modulus === undefined) return byId;
    const start = modulus.findIndex((byte) => byte !== 0);
    return Buffer.compare(modulus.subarray(Math.max(start, 0)), facts.key.modulus) === 0;
  }

  /**
   * One signature over bytes whose SHA-256 is in the frozen list, each once; checked with the certificate's key.
   * Any failure of the driver ends the session.
   */
  async sign(bytes: Uint8Array): Promise<Buffer> {
    switch (this.state.kind) {
      case 'ended':
        throw new Failure('token-session-ended', this.state.code);
      case 'chosen':
        throw new Failure('token-login-needed');
      case 'ready':
        break;
      default:
        return assertNever(this.state);
    }
    const { handle, key } = this.state;
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (!this.listed.has(hash)) throw new Failure('token-not-listed');
    if (!this.waiting.delete(hash)) throw new Failure('token-already-signed');
    try {
      const raw = await this.makeSignature(handle, key, bytes);
      return checkedSignature(this.algorithm, this.facts.spki, bytes, raw);
    } catch (error) {
      const told = this.diagnosed(error);
      this.end(isFailure(told) ? told.code : 'internal');
      throw told;
    }
  }

  /** Drivers name a pulled token in many ways; whether it is still there says what happened. */
  private diagnosed(error: unknown): unknown {
    const vague = ['token-driver-error', 'token-device-error', 'token-session-ended', 'token-login-needed'];
    if (!(error instanceof CryptokiFailure) || !vague.includes(error.code)) return error;
    try {
      this.present();
      return error;
    } catch (absent) {
      return isFailure(absent) && absent.code === 'token-removed'
        ? new Failure('token-removed', error.detail, { cause: error })
        : error;
    }
  }

  /** True when the key wants a PIN for each signature: only the person knows whether the device has one PIN or two. */
  get wantsSignaturePin(): boolean {
    return this.state.kind === 'ready' && this.state.key.again?.pin !== undefined;
  }

  /** True when a person will have to use the reader's own keys for each signature. */
  get wantsPadEach(): boolean {
    const again = this.state.kind === 'ready' ? this.state.key.again : undefined;
    return again !== undefined && again.pin === undefined;
  }

  /** Signatures that this login may still make. */
  get count(): number {
    return this.waiting.size;
  }

  /**
   * Takes the key's own PIN in place of that of the login; a key that wants none is left as it is. The caller overwrites
   * `pin`. Throws `token-pin-length` for an empty one.
   */
  takeSignaturePin(pin: Uint8Array): void {
    if (pin.length === 0) throw new Failure('token-pin-length');
    if (this.state.kind !== 'ready' || this.state.key.again?.pin === undefined) return;
    this.state.key.again.pin.fill(0);
    this.state.key.again.pin = copyOf(pin);
  }

  /** Which mechanism was refused before another signed, once; '' when there is nothing to tell. */
  takeNote(): string {
    const { note } = this;
    this.note = '';
    return note;
  }

  private async makeSignature(handle: Handle, key: SigningKey, bytes: Uint8Array): Promise<Buffer> {
    let refusal: unknown;
    for (;;) {
      const way = this.ways[this.wayIndex];
      assert(way !== undefined, 'a session has a way to sign');
      try {
        this.module.signInit(handle, way.mechanism, key.object);
        // No call may come between C_SignInit, the login for this operation, and C_Sign (PKCS#11 v2.40, 5.11).
        if (key.again !== undefined) this.loginForKey(handle, key.again.pin);
        return await this.module.sign(handle, way.input(bytes));
      } catch (error) {
        // Some drivers keep the operation that they refused: what they said first is what happened.
        if (refusal !== undefined && isActive(error)) throw refusal;
        const refused = error instanceof CryptokiFailure && mechanismRefusals.has(error.value);
        refusal = error;
        // Another way would mean a second login where each signature wants one: never by itself.
        if (!refused || key.again !== undefined || this.wayIndex + 1 >= this.ways.length) throw error;
        this.wayIndex += 1;
        this.note = `0x${way.mechanism.mechanism.toString(16)}: ${error.detail}`;
      }
    }
  }

  /** A refusal here is the key's own PIN's: the PIN of the login was right, and the clerk must not doubt that one. */
  private loginForKey(handle: Handle, pin: Uint8Array | undefined): void {
    try {
      this.module.login(handle, ck.contextSpecific, pin);
    } catch (error) {
      const code = isFailure(error) ? error.code : 'internal';
      const detail = isFailure(error) ? error.detail : '';
      if (saysPinWrong(code)) throw new Failure('token-signature-pin-wrong', detail, { cause: error });
      if (code === 'token-pin-locked')
        throw new Failure('token-signature-pin-locked', detail, { cause: error });
      throw error;
    }
  }

  /** Runs a step of `chosen`; what is not a refused PIN ends the session. */
  private guard(step: () => void): void {
    try {
      step();
    } catch (error) {
      const told = this.lockedNow(this.diagnosed(error));
      const code = isFailure(told) ? told.code : 'internal';
      if (!saysPinWrong(code) && code !== 'token-pin-confirm') this.end(code);
      throw told;
    }
  }

  /** The try that locks a token is called "incorrect" by some drivers: the flags say the truth. */
  private lockedNow(error: unknown): unknown {
    if (!(error instanceof CryptokiFailure) || !saysPinWrong(error.code)) return error;
    const state = readable(() => this.pinState());
    return state?.kind === 'locked' ? new Failure('token-pin-locked', error.detail, { cause: error }) : error;
  }

  /** Logs out, closes, overwrites a kept PIN. Safe to call at any time, any number of times. */
  end(code: Failure['code'] = 'token-session-ended'): void {
    const { state } = this;
    if (state.kind === 'ended') return;
    this.state = { kind: 'ended', code };
    this.waiting.clear();
    if (state.kind === 'ready') state.key.again?.pin?.fill(0);
    const out = !this.loggedIn || logoutQuietly(this.module, state.handle);
    const closed = closeQuietly(this.module, state.handle);
    this.leftClean = out && closed;
  }
}

function isActive(error: unknown): boolean {
  return error instanceof CryptokiFailure && error.value === ckr('CKR_OPERATION_ACTIVE');
}

/** False when the driver would not. */
function logoutQuietly(module: Cryptoki, handle: Handle): boolean {
  return quietly(() => module.logout(handle));
}

/** A copy with memory of its own: `slice` of a Buffer would share what the caller is about to overwrite. */
function copyOf(pin: Uint8Array): Uint8Array {
  return Uint8Array.from(pin);
}
