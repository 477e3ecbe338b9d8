// The token host: answers typed calls over a transport, one driver call at a time, one session at a time.
// It is the only place that sees a PIN, and it overwrites each at once. It never tries a PIN that nobody sent it anew.
import { type Code, sentences } from '../../preload/contract/codes';
import { assert, Failure, isFailure } from '../../preload/contract/failure';
import type { PinAnswer, PinMessage } from '../../preload/contract/pin';
import { saysPinWrong } from './ckr';
import { Cryptoki } from './cryptoki';
import { diagnose } from './diagnose';
import { InsertionCache } from './insertion-cache';
import { inspect, type Look, type ShownOnToken } from './inspect';
import { pinMessage } from './pin-message';
import {
  type HostReply,
  hostRequest,
  type TokenCallName,
  type TokenInput,
  type TokenOutput,
  tokenCalls,
} from './protocol';
import { type Pause, patiently } from './reader-busy';
import { SigningSession } from './session';

/** A port from the PIN window, the same on Electron and in tests. */
export interface PinPort {
  post(message: PinAnswer): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** The way to main. */
export interface HostTransport {
  post(reply: HostReply): void;
  onRequest(listener: (message: unknown, ports: readonly PinPort[]) => void): void;
}

type Outcome<N extends TokenCallName> = TokenOutput<N> | Promise<TokenOutput<N>>;

export class TokenHost {
  private readonly modules = new Map<string, Cryptoki>();
  private readonly shown = new InsertionCache<ShownOnToken>();
  private session: { readonly id: number; readonly signing: SigningSession } | undefined;
  private asking: { readonly id: number; readonly cancel: (code: Code) => void } | undefined;
  private lastSession = 0;
  private lane: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly transport: HostTransport,
    private readonly load: (path: string) => Cryptoki = Cryptoki.load,
    private readonly now: () => number = Date.now,
    private readonly pause?: Pause,
  ) {
    transport.onRequest((message, ports) => this.receive(message, ports));
  }

  private receive(message: unknown, ports: readonly PinPort[]): void {
    const request = hostRequest.safeParse(message);
    if (!request.success) {
      for (const port of ports) port.close();
      return;
    }
    const { id, call, input } = request.data;
    this.run(id, call, input, ports).then(
      (value) => this.transport.post({ id, ok: true, value: tokenCalls[call].output.parse(value) }),
      (error: unknown) => this.transport.post({ id, ok: false, ...replyOf(error) }),
    );
  }

  private async run(
    id: number,
    call: TokenCallName,
    input: unknown,
    ports: readonly PinPort[],
  ): Promise<TokenOutput<TokenCallName>> {
    const parsed = tokenCalls[call].input.safeParse(input);
    if (!parsed.success)
      throw new Failure('call-refused', `${call}: ${parsed.error.issues[0]?.message ?? ''}`);
    switch (call) {
      case 'inspect':
        return this.work(id, () =>
          inspect(this.module((parsed.data as TokenInput<'inspect'>).module), this.look()),
        );
      case 'diagnose':
        return this.work(id, () =>
          diagnose(this.module((parsed.data as TokenInput<'diagnose'>).module), this.look()),
        );
      case 'open':
        return this.work(id, () => this.open(parsed.data as TokenInput<'open'>));
      case 'login':
        return this.work(id, () => this.login(parsed.data as TokenInput<'login'>));
      case 'ask':
        return this.ask(id, (parsed.data as TokenInput<'ask'>).session, ports[0]);
      case 'sign':
        return this.work(id, () => this.sign(parsed.data as TokenInput<'sign'>));
      case 'end':
        return this.end(id, (parsed.data as TokenInput<'end'>).session);
    }
  }

  /** Runs one piece of driver work after all earlier ones, and tells main while it runs. */
  private work<N extends TokenCallName>(id: number, step: () => Outcome<N>): Promise<TokenOutput<N>> {
    const mine = this.lane.then(async () => {
      this.transport.post({ id, working: true });
      try {
        return await step();
      } finally {
        this.transport.post({ id, working: false });
      }
    });
    this.lane = mine.catch(() => undefined);
    return mine;
  }

  /** A driver stays loaded: unloading is where vendors' libraries hang. */
  private module(path: string): Cryptoki {
    const known = this.modules.get(path);
    if (known !== undefined) return known;
    const loaded = this.load(path);
    this.modules.set(path, loaded);
    return loaded;
  }

  private look(): Look {
    return {
      now: this.now(),
      cache: this.shown,
      ...(this.pause === undefined ? {} : { pause: this.pause }),
    };
  }

  private async open(input: TokenInput<'open'>): Promise<TokenOutput<'open'>> {
    if (this.session !== undefined) throw new Failure('token-busy', 'another session is open');
    const module = this.module(input.module);
    const signing = await patiently(() => SigningSession.open(module, input, this.now()), this.pause);
    this.lastSession += 1;
    this.session = { id: this.lastSession, signing };
    return { session: this.lastSession, ...signing.opened };
  }

  private current(id: number): SigningSession {
    if (this.session?.id !== id) throw new Failure('token-session-ended');
    return this.session.signing;
  }

  private async login(input: TokenInput<'login'>): Promise<TokenOutput<'login'>> {
    try {
      const signing = this.current(input.session);
      await signing.waitForReader(this.pause);
      // No PIN for a reader with keys of its own: it asks there.
      const pad = signing.opened.pinPad && input.pin.length === 0;
      signing.login(pad ? undefined : input.pin, input.confirmed);
      if (input.signaturePin !== undefined) signing.takeSignaturePin(input.signaturePin);
      return {};
    } finally {
      input.pin.fill(0);
      input.signaturePin?.fill(0);
    }
  }

  private async sign(input: TokenInput<'sign'>): Promise<TokenOutput<'sign'>> {
    const signing = this.current(input.session);
    return { signature: await signing.sign(input.bytes), note: signing.takeNote() };
  }

  /** Cancels a PIN that is being asked for at once, then closes the session when the driver is free. */
  private end(id: number, session: number): Promise<TokenOutput<'end'>> {
    if (this.asking?.id === session) this.asking.cancel('cancelled');
    return this.work<'end'>(id, () => {
      if (this.session?.id !== session) return { clean: true };
      const { signing } = this.session;
      signing.end();
      this.session = undefined;
      return { clean: signing.leftClean };
    });
  }

  /** Takes PINs from the window's port, one at a time, each typed by a person, until one is right or the asking is over. */
  private ask(id: number, session: number, port: PinPort | undefined): Promise<TokenOutput<'ask'>> {
    assert(port !== undefined, 'the PIN window’s port comes with the call');
    const signing = this.current(session);
    if (this.asking !== undefined || !signing.mayLogIn) {
      port.close();
      throw new Failure('token-busy', 'a PIN is already being asked for');
    }
    return new Promise((resolve, reject) => {
      let trying = false;
      // Logged in, and the key's own PIN is being asked for, or a person's word to begin with the reader's keys.
      let stage: 'device' | 'second' | 'each' = 'device';
      const mine = { id: session, cancel: (code: Code) => fail(new Failure(code)) };
      const finish = (outcome: { ok: true } | { ok: false; failure: Failure }): void => {
        if (this.asking !== mine) return;
        this.asking = undefined;
        port.post(outcome.ok ? { kind: 'accepted' } : { kind: 'ended', code: outcome.failure.code });
        if (outcome.ok) resolve({});
        else reject(outcome.failure);
      };
      const fail = (error: unknown): void => finish({ ok: false, failure: failureFrom(error) });
      this.asking = mine;

      const attempt = async (pin: Uint8Array | undefined, confirmed: boolean): Promise<void> => {
        trying = true;
        port.post({ kind: 'trying' });
        try {
          await this.work<'ask'>(id, async () => {
            await signing.waitForReader(this.pause);
            // Cancelled while the driver was busy with something else: this PIN is not sent.
            if (this.asking !== mine) throw new Failure('cancelled');
            signing.login(pin, confirmed);
            return {};
          });
          const { count } = signing;
          if (signing.wantsSignaturePin) stage = 'second';
          else if (signing.wantsPadEach && count > 1) stage = 'each';
          if (stage === 'device') finish({ ok: true });
          else if (this.asking === mine) port.post({ kind: stage, count });
        } catch (error) {
          const failure = failureFrom(error);
          const again = saysPinWrong(failure.code) || failure.code === 'token-pin-confirm';
          if (!again || this.asking !== mine) return fail(failure);
          port.post({ kind: 'refused', code: failure.code, tries: signing.pinState().kind });
        } finally {
          pin?.fill(0);
          trying = false;
        }
      };

      /** The key's own PIN is kept for the list that was shown; the token hears it with the first signature. */
      const own = (kind: PinMessage['kind'], pin: Uint8Array | undefined): void => {
        try {
          if (kind !== 'same') signing.takeSignaturePin(pin ?? new Uint8Array());
          finish({ ok: true });
        } catch (error) {
          fail(error);
        } finally {
          pin?.fill(0);
        }
      };

      port.onClose(() => fail(new Failure('cancelled', 'the PIN window was closed')));
      port.onMessage((message) => {
        const parsed = pinMessage(message);
        if (parsed === undefined || parsed.kind === 'cancel') return fail(new Failure('cancelled'));
        const pin = parsed.kind === 'pin' ? parsed.pin : undefined;
        if (stage === 'second') return own(parsed.kind, pin);
        if (stage === 'each') {
          pin?.fill(0);
          return parsed.kind === 'pad' ? finish({ ok: true }) : fail(new Failure('cancelled'));
        }
        if (parsed.kind === 'same') return fail(new Failure('cancelled'));
        if (trying) {
          // A second press while the first is with the token is dropped, not queued: it could spend another try.
          pin?.fill(0);
          return;
        }
        attempt(pin, parsed.confirmed).catch(fail);
      });
    });
  }
}

function failureFrom(error: unknown): Failure {
  if (isFailure(error)) return error;
  return new Failure('internal', error instanceof Error ? error.message : String(error));
}

/** What crosses to main about an error: a known code, and technical words that hold no PIN. */
function replyOf(error: unknown): { code: Code; detail: string } {
  const failure = failureFrom(error);
  return { code: failure.code in sentences ? failure.code : 'internal', detail: failure.detail };
}
