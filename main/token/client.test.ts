// Main's side of the token host over a host that answers by hand: what one question learns costs no other its answer.
import { describe, expect, it } from 'vitest';
import { type HostProcess, TokenClient } from './client';

class HandHost implements HostProcess {
  readonly asked: {
    readonly id: number;
    readonly call: string;
    readonly input: { readonly module: string };
  }[] = [];
  killed = false;
  private listener: (message: unknown) => void = () => undefined;

  post(message: unknown, _ports: readonly unknown[], sent: () => void): void {
    this.asked.push(message as (typeof this.asked)[number]);
    sent();
  }
  onMessage(listener: (message: unknown) => void): void {
    this.listener = listener;
  }
  onExit(): void {
    // It never ends by itself.
  }
  kill(): void {
    this.killed = true;
  }
  private idOf(module: string): number {
    const found = this.asked.find(({ input }) => input.module === module);
    if (found === undefined) throw new Error(`${module} was not asked`);
    return found.id;
  }
  refuse(module: string): void {
    this.listener({ id: this.idOf(module), ok: false, code: 'token-driver-error', detail: '' });
  }
  /** Answers the call of this name that was made last. */
  reply(call: string, value: unknown): void {
    const found = [...this.asked].reverse().find((one) => one.call === call);
    if (found === undefined) throw new Error(`${call} was not asked`);
    this.listener({ id: found.id, ok: true, value });
  }
  answer(module: string): void {
    const value = { path: module, description: '', manufacturer: '', version: '2.6', tokens: [] };
    this.listener({ id: this.idOf(module), ok: true, value });
  }
}

describe('a host whose driver failed a look', () => {
  it('answers what it still owes before a fresh one takes its place', async () => {
    const hosts: HandHost[] = [];
    const client = new TokenClient(() => {
      const host = new HandHost();
      hosts.push(host);
      return host;
    });
    const owed = client.list(['/owed.so']);
    const failed = client.list(['/failed.so']);
    const [old] = hosts;
    old?.refuse('/failed.so');
    expect((await failed)[0]).toMatchObject({ ok: false, code: 'token-driver-error' });
    expect(old?.killed).toBe(false);
    const next = client.list(['/next.so']);
    expect(hosts).toHaveLength(2);
    old?.answer('/owed.so');
    expect((await owed)[0]).toMatchObject({ ok: true });
    expect(old?.killed).toBe(true);
    hosts[1]?.answer('/next.so');
    expect((await next)[0]).toMatchObject({ ok: true });
    client.close();
  });
});

describe('a host whose driver would not log out', () => {
  const session = {
    session: 1,
    algorithm: 'rsa-pkcs1-sha256',
    certificate: new Uint8Array([0x30, 0]),
    chain: [],
    pinPad: false,
    pin: 'ready',
    minPin: 4,
    maxPin: 16,
  };
  it.each([
    ['gives way to a fresh one before the next question', false, 2],
    ['is kept where it left clean', true, 1],
  ])('%s', async (_name, clean, count) => {
    const hosts: HandHost[] = [];
    const client = new TokenClient(() => {
      const host = new HandHost();
      hosts.push(host);
      return host;
    });
    const opening = client.open({
      ...{ module: '/a.so', tokenSerial: '1', tokenLabel: 'a', fingerprint: 'f', pss: false },
      hashes: ['0'.repeat(64)],
    });
    hosts[0]?.reply('open', session);
    const ending = (await opening).end();
    hosts[0]?.reply('end', { clean });
    await ending;
    expect(hosts[0]?.killed).toBe(!clean);
    const next = client.list(['/next.so']);
    expect(hosts).toHaveLength(count);
    hosts.at(-1)?.answer('/next.so');
    expect((await next)[0]).toMatchObject({ ok: true });
    client.close();
  });
});
