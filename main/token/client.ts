// Main's side of the token host: starts it, asks it, gives up on it when it hangs, starts a fresh one next time.
// It loads no driver, keeps no PIN and repeats no call: what was lost with a host is a person's to start again.
import { Failure, isFailure } from '../../preload/contract/failure';
import type { TokenCode } from './ckr';
import {
  type Diagnosis,
  hostReply,
  type ModuleCard,
  type OpenedSession,
  type SignatureAlgorithm,
  type TokenCallName,
  type TokenCard,
  type TokenInput,
  type TokenOutput,
  tokenCalls,
} from './protocol';

/** A running host, whatever starts it. */
export interface HostProcess {
  /** `ports` are Electron's MessagePortMain, transferred. `sent` is called when the message has left this process. */
  post(message: unknown, ports: readonly unknown[], sent: () => void): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (detail: string) => void): void;
  kill(): void;
}

/** Milliseconds of driver work after which the host is given up; the time a person takes to type does not count. */
export interface TimeLimits {
  readonly inspect: number;
  readonly open: number;
  readonly login: number;
  readonly sign: number;
  /** Time for the host to begin with a call at all (start-up of the process included). */
  readonly begin: number;
}

/** Slow tokens need 1.6 s a signature and some drivers 10 s for their first slot list; a pad gives a person time. */
export const defaultLimits: TimeLimits = {
  inspect: 30_000,
  open: 30_000,
  login: 90_000,
  sign: 60_000,
  begin: 20_000,
};

/** The limits of seconds that a person set for looks, logins and signatures. */
export function limitsOf(seconds: Readonly<Record<'look' | 'login' | 'sign', number>>): Partial<TimeLimits> {
  const look = seconds.look * 1000;
  return { inspect: look, open: look, login: seconds.login * 1000, sign: seconds.sign * 1000 };
}

interface Pending {
  readonly call: TokenCallName;
  readonly resolve: (value: unknown) => void;
  readonly reject: (failure: Failure) => void;
  timer: NodeJS.Timeout | undefined;
}

interface RunningHost {
  readonly process: HostProcess;
  readonly pending: Map<number, Pending>;
  /** Sessions that were opened and not yet ended. */
  sessions: number;
  /** Milliseconds more for a signature: a reader with keys of its own may wait for a person each time. */
  patience: number;
  gone: boolean;
  /** Nothing new is asked of it; it ends with the last answer it still owes. */
  retired: boolean;
}

/** What one driver showed, or the code of why it showed nothing. */
export type ModuleReport =
  | { readonly path: string; readonly ok: true; readonly module: ModuleCard }
  | {
      readonly path: string;
      readonly ok: false;
      readonly code: TokenCode | Failure['code'];
      readonly detail: string;
    };

export class TokenClient {
  private host: RunningHost | undefined;
  private lastId = 0;
  private emptyLooks = 0;
  private readonly limits: TimeLimits;

  constructor(
    private readonly startHost: () => HostProcess,
    limits: Partial<TimeLimits> = {},
    /** Hears which mechanism a token refused before another signed. */
    private readonly tell: (note: string) => void = () => undefined,
  ) {
    this.limits = { ...defaultLimits, ...limits };
  }

  /** Starts the host ahead of the first question: it loads while the caller does something else. */
  start(): void {
    this.running();
  }

  /** Reads every driver, one after another: one that hangs or crashes costs its own report and a fresh host, no more. */
  async list(paths: readonly string[]): Promise<ModuleReport[]> {
    const reports: ModuleReport[] = [];
    for (const path of paths) {
      try {
        reports.push({ path, ok: true, module: await this.call('inspect', { module: path }) });
      } catch (error) {
        if (!isFailure(error)) throw error;
        reports.push({ path, ok: false, code: error.code, detail: error.detail });
        this.dropStaleHost(error.code);
      }
    }
    this.forgetWhatIsGone(reports);
    return reports;
  }

  /** Everything one driver tells about itself; the Failure of why it tells nothing. */
  async diagnose(path: string): Promise<Diagnosis | Failure> {
    try {
      return await this.call('diagnose', { module: path });
    } catch (error) {
      if (!isFailure(error)) throw error;
      this.dropStaleHost(error.code);
      return error;
    }
  }

  /**
   * Some drivers go on showing what they saw when they were loaded, or its empty shell, so a device that is plugged in
   * later stays unseen: while there is no certificate, every fourth look is followed by a fresh host.
   */
  private forgetWhatIsGone(reports: readonly ModuleReport[]): void {
    const found = tokensOf(reports).some((token) => token.certificates.length > 0);
    this.emptyLooks = found ? 0 : this.emptyLooks + 1;
    if (this.emptyLooks >= 4 && this.host?.sessions === 0) {
      this.emptyLooks = 0;
      this.retire();
    }
  }

  /** Drivers that lost their device for good work again when loaded afresh: the next look starts a new host. */
  private dropStaleHost(code: Failure['code']): void {
    const stale =
      code === 'token-driver-error' || code === 'token-device-error' || code === 'token-session-ended';
    if (stale && this.host?.sessions === 0) this.retire();
  }

  /** Lets the host go for a fresh one. What somebody else still waits for is answered first: a look must not end an act. */
  private retire(): void {
    const { host } = this;
    if (host === undefined) return;
    this.host = undefined;
    host.retired = true;
    this.endRetired(host);
  }

  private endRetired(host: RunningHost): void {
    if (host.retired && host.pending.size === 0) this.lose(host, 'token-session-ended', 'retired');
  }

  /**
   * Opens the one session for a chosen certificate. `hashes` is the frozen list: lower-case hex SHA-256 of each
   * DER of signed attributes that this login may sign. No PIN is used yet.
   */
  async open(input: TokenInput<'open'>): Promise<TokenSession> {
    const host = this.running();
    host.sessions += 1;
    try {
      const opened = await this.callOn(host, 'open', input, []);
      host.patience = opened.pinPad ? this.limits.login : 0;
      return new TokenSession(
        opened,
        async (call, value, ports, sent) => {
          if (call !== 'end') return this.callOn(host, call, value, ports, sent);
          try {
            const ended = await this.callOn(host, call, value, ports, sent);
            this.dropUnlessClean(host, ended as TokenOutput<'end'>);
            return ended;
          } finally {
            host.sessions -= 1;
          }
        },
        this.tell,
      );
    } catch (error) {
      host.sessions -= 1;
      throw error;
    }
  }

  /** A driver that would not log out still is, and refuses the next PIN: the next question gets a fresh host. */
  private dropUnlessClean(host: RunningHost, { clean }: TokenOutput<'end'>): void {
    if (clean || this.host !== host || host.sessions > 1) return;
    this.retire();
  }

  /** Ends the host. Nothing blocks on a driver that hangs while unloading. */
  close(): void {
    const { host } = this;
    this.host = undefined;
    if (host !== undefined) this.lose(host, 'token-session-ended', 'closed');
  }

  private call<N extends TokenCallName>(call: N, input: TokenInput<N>): Promise<TokenOutput<N>> {
    return this.callOn(this.running(), call, input, []);
  }

  private running(): RunningHost {
    if (this.host !== undefined && !this.host.gone) return this.host;
    const process = this.startHost();
    const host: RunningHost = {
      process,
      pending: new Map(),
      sessions: 0,
      patience: 0,
      gone: false,
      retired: false,
    };
    process.onMessage((message) => this.receive(host, message));
    process.onExit((detail) => this.lose(host, 'token-crashed', detail));
    this.host = host;
    return host;
  }

  private async callOn<N extends TokenCallName>(
    host: RunningHost,
    call: N,
    input: TokenInput<N>,
    ports: readonly unknown[],
    sent: () => void = () => undefined,
  ): Promise<TokenOutput<N>> {
    if (host.gone) throw new Failure('token-session-ended', 'its host is gone');
    this.lastId += 1;
    const id = this.lastId;
    const value = await new Promise<unknown>((resolve, reject) => {
      const pending: Pending = { call, resolve, reject, timer: undefined };
      host.pending.set(id, pending);
      // A PIN being asked for waits for a person: its limit runs only while the driver works.
      if (call !== 'ask') this.startTimer(host, pending, this.limits.begin + this.limitOf(host, call));
      host.process.post({ id, call, input }, ports, sent);
    });
    return tokenCalls[call].output.parse(value) as TokenOutput<N>;
  }

  private limitOf(host: RunningHost, call: TokenCallName): number {
    switch (call) {
      case 'inspect':
      case 'diagnose':
        return this.limits.inspect;
      case 'login':
      case 'ask':
        return this.limits.login;
      case 'sign':
        return this.limits.sign + host.patience;
      case 'open':
      case 'end':
        return this.limits.open;
    }
  }

  private startTimer(host: RunningHost, pending: Pending, milliseconds: number): void {
    clearTimeout(pending.timer);
    pending.timer = setTimeout(() => this.lose(host, 'token-hung', pending.call), milliseconds);
  }

  private receive(host: RunningHost, message: unknown): void {
    const parsed = hostReply.safeParse(message);
    if (!parsed.success) return;
    const reply = parsed.data;
    const pending = host.pending.get(reply.id);
    if (pending === undefined) return;
    if ('working' in reply) {
      if (reply.working) this.startTimer(host, pending, this.limitOf(host, pending.call));
      else clearTimeout(pending.timer);
      return;
    }
    clearTimeout(pending.timer);
    host.pending.delete(reply.id);
    if (reply.ok) pending.resolve(reply.value);
    else pending.reject(new Failure(reply.code, reply.detail));
    this.endRetired(host);
  }

  /** Ends a host and everything that waits for it, with one code. */
  private lose(
    host: RunningHost,
    code: 'token-hung' | 'token-crashed' | 'token-session-ended',
    detail: string,
  ): void {
    if (host.gone) return;
    host.gone = true;
    if (this.host === host) this.host = undefined;
    host.process.kill();
    for (const pending of host.pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(new Failure(code, detail));
    }
    host.pending.clear();
  }
}

type SessionCall = <N extends TokenCallName>(
  call: N,
  input: TokenInput<N>,
  ports: readonly unknown[],
  sent?: () => void,
) => Promise<TokenOutput<N>>;

/** One login's worth of signatures. It dies with its host. */
export class TokenSession {
  readonly algorithm: SignatureAlgorithm;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];

  constructor(
    readonly opened: OpenedSession,
    private readonly call: SessionCall,
    private readonly tell: (note: string) => void = () => undefined,
  ) {
    this.algorithm = opened.algorithm;
    this.certificate = opened.certificate;
    this.chain = opened.chain;
  }

  /**
   * One login with the command line's PIN, which is overwritten here once it has left. `confirmed` is needed at the last try.
   * `signaturePin` is the key's own, where the device has two.
   * Failures: `token-pin-wrong`, `token-pin-length`, `token-pin-locked`, `token-removed`, and the driver's own.
   */
  async login(pin: Uint8Array, confirmed: boolean, signaturePin?: Uint8Array): Promise<void> {
    const session = this.opened.session;
    const overwrite = (): void => {
      pin.fill(0);
      signaturePin?.fill(0);
    };
    const own = signaturePin === undefined ? {} : { signaturePin };
    try {
      await this.call('login', { session, pin, confirmed, ...own }, [], overwrite);
    } finally {
      overwrite();
    }
  }

  /** Waits for the PIN window, whose port goes straight to the host. Failure `cancelled` when the clerk does not sign. */
  async loginByWindow(port: unknown): Promise<void> {
    await this.call('ask', { session: this.opened.session }, [port]);
  }

  /** Signs the DER of signed attributes, which must stand in the frozen list. ECDSA comes as DER. */
  async sign(bytes: Uint8Array): Promise<Uint8Array> {
    const { signature, note } = await this.call('sign', { session: this.opened.session, bytes }, []);
    if (note !== '') this.tell(note);
    return signature;
  }

  /** Logs out. A host that is already gone needs no logging out. */
  async end(): Promise<void> {
    try {
      await this.call('end', { session: this.opened.session }, []);
    } catch (error) {
      if (!isFailure(error)) throw error;
    }
  }
}

/** A certificate chosen by its fingerprint, with the token and driver it stands on. */
export interface ChosenCertificate {
  readonly token: TokenCard;
  readonly certificate: TokenCard['certificates'][number];
}

/** Every certificate of every token that was read, each token once even if two drivers show it. Order of the drivers. */
export function certificatesOf(reports: readonly ModuleReport[]): ChosenCertificate[] {
  const seen = new Set<string>();
  const found: ChosenCertificate[] = [];
  for (const token of tokensOf(reports)) {
    for (const certificate of token.certificates) {
      const key = `${token.serial}\n${token.label}\n${certificate.fingerprint}`;
      if (seen.has(key)) continue;
      seen.add(key);
      found.push({ token, certificate });
    }
  }
  return found;
}

/** Every token of the reports, once: the first driver that shows it wins. */
export function tokensOf(reports: readonly ModuleReport[]): TokenCard[] {
  const tokens: TokenCard[] = [];
  for (const report of reports) {
    if (!report.ok) continue;
    for (const token of report.module.tokens) {
      const same = tokens.some(
        (one) => one.module !== token.module && one.serial === token.serial && one.label === token.label,
      );
      if (!same) tokens.push(token);
    }
  }
  return tokens;
}
