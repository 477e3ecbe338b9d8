// An update server with releases of the packages under test, signed as the publishing script signs, or by a stranger.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { type FeedServer, openFeedServer } from '../../../main/updates/feed-server.fixture';
import { asRoot, folder } from './packages';

interface FeedScript {
  describe(plan: object, packages: readonly string[]): Buffer;
  signatureFile(bytes: Buffer, pems: readonly string[]): Buffer;
}

export interface Offer {
  readonly packages: readonly string[];
  readonly version: string;
  readonly serial: number;
  readonly signedBy?: 'current' | 'next' | 'stranger' | 'nobody';
  /** Days until it is out of date. */
  readonly days?: number;
  /** Served in place of the packages that were described. */
  readonly change?: (bytes: Buffer) => Buffer;
  /** Served in place of the description that was signed. */
  readonly rewrite?: (text: string) => string;
  /** The signature that lies there now is left there. */
  readonly oldSignature?: boolean;
}

export interface Feed {
  readonly server: FeedServer;
  offer(wish: Offer): void;
  /** How often the description was asked for. */
  questions(): number;
  /** Waits until an application that was just started has asked by itself: from then on it asks only when it is told to. */
  firstQuestion(before: number): Promise<void>;
}

const description = 'van-thu-linux-x64-general.json';

/** Opens the server; nothing is offered yet. */
export async function openFeed(): Promise<Feed> {
  const script = (await import(join(process.cwd(), 'build/package/feed.mjs'))) as FeedScript;
  const keys = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as Record<
    'current' | 'next',
    { readonly privateKey: string }
  >;
  const stranger = generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const server = await openFeedServer();
  const questions = (): number => server.asked.filter((one) => one === description).length;
  return {
    server,
    questions,
    async firstQuestion(before) {
      await expect.poll(questions, { timeout: 300_000 }).toBeGreaterThan(before);
    },
    offer({ packages, version, serial, signedBy = 'current', days = 7, change, rewrite, oldSignature }) {
      const plan = {
        ...{ platform: 'linux-x64', ring: 'general', serial, version, now: Date.now(), days, staged: 100 },
        ...{ rollbackFrom: [], deadline: null, notes: 'Bản thử.' },
      };
      const bytes = script.describe(plan, packages);
      const before = server.files.get(`${description}.sig`);
      server.files.clear();
      for (const path of packages) {
        const whole = readFileSync(path);
        server.files.set(basename(path), change === undefined ? whole : change(whole));
      }
      server.files.set(description, rewrite === undefined ? bytes : Buffer.from(rewrite(bytes.toString())));
      if (oldSignature === true && before !== undefined) server.files.set(`${description}.sig`, before);
      else if (signedBy !== 'nobody') {
        const key = signedBy === 'stranger' ? stranger : keys[signedBy].privateKey;
        server.files.set(`${description}.sig`, script.signatureFile(bytes, [key]));
      }
    },
  };
}

function writePolicy(updates: object): void {
  const policy = { updates: { ...updates, automatic: false, everyHours: 168 } };
  asRoot(['/usr/bin/tee', '/etc/van-thu/policy.json'], JSON.stringify(policy));
}

/** The policy of this machine for the tests: updates from this server, every step by the clerk's hand. */
export function setPolicy(url: string): void {
  writePolicy({ mode: 'self', feed: url });
}

/** As `setPolicy`, for a machine without a network: updates lie in this folder. */
export function setOfflinePolicy(folder: string): void {
  writePolicy({ mode: 'offline', folder });
}
