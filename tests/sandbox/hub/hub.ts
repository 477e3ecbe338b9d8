// Puts the hub together on one folder: memory, packages, played agencies, both servers. It reads no command line.
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { adminServer } from './admin';
import { EventLog } from './event-log';
import type { HubEvent } from './events';
import { Faults } from './faults';
import type { Hub } from './operation';
import { PackageStore } from './package-store';
import { readFacts } from './packages';
import { playAgencies } from './player';
import { offerSeeds } from './seeds';
import { hubServer } from './server';
import { agencyKey, HubState } from './state';

export interface HubSettings {
  readonly dir: string;
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  readonly seedDir: string | undefined;
  readonly lagSeconds: number;
  readonly replyAfterSeconds: number;
  readonly refusing: readonly string[];
  /** The secret of every agency that has none of its own. */
  readonly secret: string;
  /** Agencies with secrets of their own; they are attended from the start. */
  readonly agencies: readonly { readonly code: string; readonly secret: string }[];
  readonly toleranceSeconds: number;
  readonly maxPackageBytes: number;
  readonly now?: () => Date;
}

export interface RunningHub {
  readonly port: number;
  readonly adminPort: number;
  close(): Promise<void>;
}

/** How often due answers are looked for. */
const playEveryMs = 100;

export async function startHub(settings: HubSettings): Promise<RunningHub> {
  mkdirSync(settings.dir, { recursive: true });
  const now = settings.now ?? (() => new Date());
  const log = EventLog.open<HubEvent>(join(settings.dir, 'events.jsonl'));
  const state = new HubState(log);
  const packages = new PackageStore(settings.dir);
  const hub: Hub = {
    state,
    packages,
    settings: { lagSeconds: settings.lagSeconds, maxPackageBytes: settings.maxPackageBytes },
    readFacts: (docId) => readFacts(packages.path(docId)),
  };
  const secrets = new Map<string, string>();
  for (const { code, secret } of settings.agencies) {
    if (state.agency(code) === undefined) {
      const entry = { id: code.toLowerCase(), pid: '0', code, name: code, mail: '' };
      state.record({ type: 'agency', at: now().toISOString(), entry });
    }
    secrets.set(state.keyOf(code), secret);
    state.attend(state.keyOf(code), now().toISOString());
  }
  const secretOf = (systemId: string) => {
    const agency = state.agency(systemId);
    if (agency === undefined || agency.deleted) return undefined;
    return secrets.get(agencyKey(agency.code)) ?? settings.secret;
  };
  const offer = async () => (settings.seedDir === undefined ? 0 : offerSeeds(hub, settings.seedDir, now()));
  await offer();
  const faults = new Faults();
  const server = hubServer(hub, faults, { secretOf, toleranceSeconds: settings.toleranceSeconds, now });
  const admin = adminServer({ state, faults, offerSeeds: offer });
  const play = {
    replyAfterSeconds: settings.replyAfterSeconds,
    refusing: settings.refusing.map((code) => state.keyOf(code)),
  };
  let playing: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    playing = playAgencies(hub, play, now())
      .catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      })
      .finally(() => {
        busy = false;
      });
  }, playEveryMs);
  const port = await listen(server, settings.port, settings.host);
  const adminPort = await listen(admin, settings.adminPort, '127.0.0.1');
  return {
    port,
    adminPort,
    async close() {
      clearInterval(timer);
      await Promise.all([stop(server), stop(admin)]);
      await playing;
      log.close();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
