// The PIN window's port as the host serves it: every try is a person's, every PIN is overwritten, every end has a code.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PinAnswer } from '../../preload/contract/pin';
import { type PinPort, TokenHost } from './host-core';
import type { HostReply, TokenCallName } from './protocol';
import { opening, ProbedToken, userPin } from './softhsm.fixture';

/** The window's end of a port: what the page would see and do. */
class WindowEnd implements PinPort {
  readonly seen: PinAnswer[] = [];
  closed = false;
  private listener: (message: unknown) => void = () => undefined;
  private closeListener: () => void = () => undefined;
  private readonly waiters: { kind: string; done: (answer: PinAnswer) => void }[] = [];

  post(message: PinAnswer): void {
    this.seen.push(message);
    const index = this.waiters.findIndex((one) => one.kind === message.kind);
    if (index >= 0) this.waiters.splice(index, 1)[0]?.done(message);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.listener = listener;
  }
  onClose(listener: () => void): void {
    this.closeListener = listener;
  }
  close(): void {
    this.closed = true;
  }
  send(message: unknown): void {
    this.listener(message);
  }
  shut(): void {
    this.closeListener();
  }
  next(kind: PinAnswer['kind']): Promise<PinAnswer> {
    return new Promise((done) => {
      this.waiters.push({ kind, done });
    });
  }
  kinds(): string[] {
    return this.seen.map((one) => one.kind);
  }
}

let token: ProbedToken;
let host: (call: TokenCallName, input: unknown, port?: PinPort) => Promise<HostReply>;
let lastId = 0;
let serial: string;

const content = Buffer.from('nội dung');
const before = { ...process.env };

function codeOf(reply: HostReply): string {
  if ('working' in reply) return 'working';
  return reply.ok ? 'ok' : reply.code;
}

async function opened(contents: readonly Uint8Array[] = [content]): Promise<number> {
  const reply = await host('open', opening(token, serial, 'rsa', contents));
  if (!('ok' in reply) || !reply.ok) throw new Error(JSON.stringify(reply));
  return (reply.value as { session: number }).session;
}

beforeAll(async () => {
  token = new ProbedToken();
  token.put('rsa', '01', 'rsa');
  // The host runs in this very process here: the driver reads the environment of this process.
  for (const name of ['SOFTHSM2_CONF', 'PROBE_MODULE', 'PROBE_SCRIPT', 'PROBE_LOG']) {
    process.env[name] = token.env[name];
  }
  const waiting = new Map<number, (reply: HostReply) => void>();
  let listener: (message: unknown, ports: readonly PinPort[]) => void = () => undefined;
  new TokenHost({
    post: (reply) => {
      if (!('working' in reply)) waiting.get(reply.id)?.(reply);
    },
    onRequest: (given) => {
      listener = given;
    },
  });
  host = (call, input, port) =>
    new Promise((done) => {
      lastId += 1;
      waiting.set(lastId, done);
      listener({ id: lastId, call, input }, port === undefined ? [] : [port]);
    });
  const reply = await host('inspect', { module: token.module });
  if (!('ok' in reply) || !reply.ok) throw new Error(JSON.stringify(reply));
  serial = (reply.value as { tokens: { serial: string }[] }).tokens[0]?.serial ?? '';
}, 120_000);

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  token?.remove();
});

beforeEach(() => token.reset());

describe('the PIN window’s port', () => {
  it('takes a wrong PIN, lets the person type again, and signs; both PINs are overwritten', async () => {
    const session = await opened();
    const window = new WindowEnd();
    const done = host('ask', { session }, window);
    const wrong = Buffer.from('11112222');
    const refused = window.next('refused');
    window.send({ kind: 'pin', pin: wrong, confirmed: false });
    expect(await refused).toMatchObject({ code: 'token-pin-wrong', tries: 'low' });
    const right = Buffer.from(userPin);
    window.send({ kind: 'pin', pin: right, confirmed: false });
    expect(codeOf(await done)).toBe('ok');
    expect(window.kinds()).toEqual(['trying', 'refused', 'trying', 'accepted']);
    expect([...wrong, ...right].every((byte) => byte === 0)).toBe(true);
    expect(codeOf(await host('sign', { session, bytes: content }))).toBe('ok');
    expect([token.calls('C_Login'), token.calls('C_Sign')]).toEqual([2, 1]);
    await host('end', { session });
  });

  it('asks for the key’s own PIN where the key wants one each time, and signs with it', async () => {
    token.say('C_SignInit * always 4711');
    const session = await opened();
    const window = new WindowEnd();
    const done = host('ask', { session }, window);
    const second = window.next('second');
    window.send({ kind: 'pin', pin: Buffer.from(userPin), confirmed: false });
    await second;
    const own = Buffer.from('4711');
    window.send({ kind: 'pin', pin: own, confirmed: false });
    expect(codeOf(await done)).toBe('ok');
    expect(window.kinds()).toEqual(['trying', 'second', 'accepted']);
    expect(own.every((byte) => byte === 0)).toBe(true);
    expect(codeOf(await host('sign', { session, bytes: content }))).toBe('ok');
    expect([token.calls('C_Login'), token.calls('C_Login:context')]).toEqual([1, 1]);
    await host('end', { session });
  });

  it.each([
    ['said to be the one PIN of the device', { kind: 'same' }],
    ['typed wrong', { kind: 'pin', pin: Buffer.from('4712'), confirmed: false }],
  ])('tells of a key’s own PIN %s that it was wrong, and sends nothing again', async (_, message) => {
    token.say('C_SignInit * always 4711');
    const session = await opened();
    const window = new WindowEnd();
    const done = host('ask', { session }, window);
    const second = window.next('second');
    window.send({ kind: 'pin', pin: Buffer.from(userPin), confirmed: false });
    await second;
    window.send(message);
    expect(codeOf(await done)).toBe('ok');
    expect(codeOf(await host('sign', { session, bytes: content }))).toBe('token-signature-pin-wrong');
    expect(codeOf(await host('sign', { session, bytes: content }))).toBe('token-session-ended');
    expect([token.calls('C_Login'), token.calls('C_Login:context'), token.calls('C_Sign')]).toEqual([
      1, 1, 0,
    ]);
    await host('end', { session });
  });

  it('uses the one PIN for both when the person says so, and none when the person stops there', async () => {
    token.say('C_SignInit * always');
    for (const [message, code] of [
      [{ kind: 'same' }, 'ok'],
      [{ kind: 'cancel' }, 'cancelled'],
    ] as const) {
      const session = await opened();
      const window = new WindowEnd();
      const done = host('ask', { session }, window);
      const second = window.next('second');
      window.send({ kind: 'pin', pin: Buffer.from(userPin), confirmed: false });
      await second;
      window.send(message);
      expect(codeOf(await done)).toBe(code);
      if (code === 'ok') expect(codeOf(await host('sign', { session, bytes: content }))).toBe('ok');
      await host('end', { session });
    }
    expect([token.calls('C_Login'), token.calls('C_Login:context')]).toEqual([2, 1]);
  });

  it('says how often a reader with keys will ask before a list is signed, and signs it with the reader alone', async () => {
    const other = Buffer.from('nội dung khác');
    const pad = `C_Login * pad ${userPin}`;
    token.say('C_GetTokenInfo * flags 0x100', 'C_SignInit * always', pad);
    for (const answer of ['pad', 'cancel'] as const) {
      const session = await opened([content, other]);
      const window = new WindowEnd();
      const done = host('ask', { session }, window);
      const each = window.next('each');
      window.send({ kind: 'pad', confirmed: false });
      expect(await each).toEqual({ kind: 'each', count: 2 });
      expect(token.calls('C_Sign')).toBe(answer === 'pad' ? 0 : 2);
      window.send(answer === 'pad' ? { kind: 'pad', confirmed: false } : { kind: 'cancel' });
      expect(codeOf(await done)).toBe(answer === 'pad' ? 'ok' : 'cancelled');
      if (answer === 'pad') {
        expect(codeOf(await host('sign', { session, bytes: content }))).toBe('ok');
        expect(codeOf(await host('sign', { session, bytes: other }))).toBe('ok');
      }
      await host('end', { session });
    }
    expect([token.calls('C_Login'), token.calls('C_Login:context')]).toEqual([2, 2]);
  });

  it('drops a second press while the first is with the token', async () => {
    const session = await opened();
    const window = new WindowEnd();
    const done = host('ask', { session }, window);
    const again = Buffer.from('11112222');
    window.send({ kind: 'pin', pin: Buffer.from(userPin), confirmed: false });
    window.send({ kind: 'pin', pin: again, confirmed: false });
    expect(codeOf(await done)).toBe('ok');
    expect(token.calls('C_Login')).toBe(1);
    expect(again.every((byte) => byte === 0)).toBe(true);
    await host('end', { session });
  });

  it.each([
    ['cancel', (window: WindowEnd) => window.send({ kind: 'cancel' })],
    ['a closed window', (window: WindowEnd) => window.shut()],
    ['a message that is none', (window: WindowEnd) => window.send({ kind: 'pin', pin: '12345678' })],
  ])('ends on %s without a login', async (_, act) => {
    const session = await opened();
    const window = new WindowEnd();
    const done = host('ask', { session }, window);
    act(window);
    expect(codeOf(await done)).toBe('cancelled');
    expect(window.seen.at(-1)).toEqual({ kind: 'ended', code: 'cancelled' });
    window.send({ kind: 'pin', pin: Buffer.from(userPin), confirmed: false });
    await host('end', { session });
    expect(token.calls('C_Login')).toBe(0);
  });

  it('is cancelled when main ends the session', async () => {
    const session = await opened();
    const window = new WindowEnd();
    const done = host('ask', { session }, window);
    expect(codeOf(await host('end', { session }))).toBe('ok');
    expect(codeOf(await done)).toBe('cancelled');
    expect(window.kinds()).toEqual(['ended']);
  });

  it('ends when the token is locked, and asks no more', async () => {
    token.say('C_Login 1 return 0xa4');
    const session = await opened();
    const window = new WindowEnd();
    const done = host('ask', { session }, window);
    token.say('C_Login * return 0xa4');
    window.send({ kind: 'pin', pin: Buffer.from(userPin), confirmed: false });
    expect(codeOf(await done)).toBe('token-pin-locked');
    expect(window.seen.at(-1)).toEqual({ kind: 'ended', code: 'token-pin-locked' });
    await host('end', { session });
  });

  it('does not send an unconfirmed PIN at the last try, and says what state the token is in', async () => {
    const session = await opened();
    token.say('C_GetTokenInfo * flags 0x20000');
    const window = new WindowEnd();
    const done = host('ask', { session }, window);
    const refused = window.next('refused');
    window.send({ kind: 'pin', pin: Buffer.from(userPin), confirmed: false });
    expect(await refused).toEqual({ kind: 'refused', code: 'token-pin-confirm', tries: 'final' });
    expect(token.calls('C_Login')).toBe(0);
    window.send({ kind: 'pin', pin: Buffer.from(userPin), confirmed: true });
    expect(codeOf(await done)).toBe('ok');
    await host('end', { session });
  });

  it('belongs to one asking at a time', async () => {
    const session = await opened();
    const window = new WindowEnd();
    const other = new WindowEnd();
    const done = host('ask', { session }, window);
    expect(codeOf(await host('ask', { session }, other))).toBe('token-busy');
    expect(other.closed).toBe(true);
    await host('end', { session });
    await done;
  });

  it('refuses a call that is none', async () => {
    expect(codeOf(await host('open', { module: 5 }))).toBe('call-refused');
  });
});
