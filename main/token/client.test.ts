// Main's side of the token host over a host that answers by hand: what one question learns costs no other its answer.
import { describe, expect, it } from 'vitest';
import { type HostProcess, TokenClient } from './client';

class HandHost implements HostProcess {
  readonly asked: { readonly id: number; readonly input: { readonly module: string } }[] = [];
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
