// For the tests of the token host: a token with certificates behind the probe, a host in a process of its own, made anew for
// each test. It asserts nothing.
import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type TimeLimits, TokenClient, type TokenSession } from './client';
import { nodeHost } from './node-host';
import type { TokenCard } from './protocol';
import { bundleHost, type LeafName, opening, ProbedToken, userPin } from './softhsm.fixture';

/** A certificate, its CKA_ID, and whose key goes with it. */
export type Content = readonly [name: LeafName | 'ca', id: string, key?: LeafName];

export const first = Buffer.from('nội dung thứ nhất');
export const second = Buffer.from('nội dung thứ hai');
export const pin = (): Buffer => Buffer.from(userPin);

/** The only token that a client's look shows. */
export async function onlyToken(from: TokenClient, module: string): Promise<TokenCard> {
  const [report] = await from.list([module]);
  if (report === undefined || !report.ok) throw new Error(JSON.stringify(report));
  const [found] = report.module.tokens;
  if (found === undefined) throw new Error('no token');
  return found;
}

/** A host of the tests in one file; its parts are there once `beforeAll` has run. */
export class HostUnderTest {
  private made: { readonly token: ProbedToken; readonly entry: string } | undefined;
  private running: TokenClient | undefined;
  private serial = '';

  constructor(
    private readonly name: string,
    private readonly contents: readonly Content[],
  ) {}

  private get parts(): { readonly token: ProbedToken; readonly entry: string } {
    if (this.made === undefined) throw new Error('beforeAll has not run');
    return this.made;
  }

  get token(): ProbedToken {
    return this.parts.token;
  }

  get client(): TokenClient {
    if (this.running === undefined) throw new Error('no client');
    return this.running;
  }

  async make(): Promise<void> {
    this.made = { token: new ProbedToken(), entry: bundleHost(this.name) };
    for (const content of this.contents) this.token.put(...content);
    this.start();
    this.serial = (await this.seen()).serial;
    this.client.close();
  }

  /** A fresh client with these limits; its host starts with the first question. */
  start(limits: Partial<TimeLimits> = {}, tell?: (note: string) => void): TokenClient {
    this.running?.close();
    this.running = new TokenClient(() => nodeHost(this.parts.entry, this.token.env), limits, tell);
    return this.running;
  }

  close(): void {
    this.running?.close();
  }

  remove(): void {
    if (this.made === undefined) return;
    this.made.token.remove();
    rmSync(this.made.entry, { force: true });
  }

  seen(): Promise<TokenCard> {
    return onlyToken(this.client, this.token.module);
  }

  open(name: LeafName, contents: readonly Uint8Array[], more: object = {}): Promise<TokenSession> {
    return this.client.open({ ...opening(this.token, this.serial, name, contents), ...more });
  }

  /** Opened and logged in. */
  async ready(name: LeafName, contents: readonly Uint8Array[], more: object = {}): Promise<TokenSession> {
    const session = await this.open(name, contents, more);
    await session.login(pin(), false);
    return session;
  }
}

/** Registers the host's making and its end with the tests of a file. */
export function hostWith(name: string, contents: readonly Content[]): HostUnderTest {
  const host = new HostUnderTest(name, contents);
  beforeAll(() => host.make(), 240_000);
  afterAll(() => host.remove());
  beforeEach(() => {
    host.token.reset();
    host.start();
  });
  afterEach(() => host.close());
  return host;
}
