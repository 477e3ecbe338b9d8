// One world of a process test: the shared sandbox of this run, a hub and a profile of its own, the desk on them. It keeps the
// real parts apart from each other and asserts nothing.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dayOf } from '../../../preload/contract/ids';
import { launchDesk, type RunningDesk, stateFolder } from '../../desk/launch';
import { freePort, type Running, startProgram } from '../../sandbox/process';
import { openSandbox, type Sandbox, writeProfile } from '../../sandbox/sandbox';

/** What the hub accepted from the desk, in order; a repeated package stands here twice. */
export interface SentPackage {
  readonly docId: string;
  readonly sha256: string;
  readonly to: readonly string[];
  readonly messagetype: 'edoc' | 'status';
  readonly DocumentId: string;
  readonly code: string;
}

/** What lies in somebody's list at the hub. */
export interface HubDelivery {
  readonly docId: string;
  readonly senderDocId: string;
  readonly origin: 'client' | 'seed' | 'played';
  readonly to: string;
  readonly messagetype: 'edoc' | 'status';
  readonly DocumentId: string;
  readonly code: string;
  readonly status: string;
}

export interface WorldWish {
  readonly name: string;
  /** Folder of packages the hub offers, or the sandbox's own samples; none: an empty hub. */
  readonly seeds?: string;
  readonly syncSeconds?: number;
  /** Seconds until a package shows in the hub's sent list. */
  readonly lag?: number;
  readonly replyAfter?: number;
  /** More environment of the desk. */
  readonly env?: Readonly<Record<string, string>>;
  /** A PKCS#11 driver in place of the tokens' own, and of every other on this machine. */
  readonly driver?: string;
  /** Signatures are raised with the sandbox's own authority of time. */
  readonly timeStamps?: boolean;
  /** More of the profile's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where the profile lies, when not in the world's own folder. */
  readonly profile?: string;
}

export interface World {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly profile: string;
  readonly env: Readonly<Record<string, string>>;
  startHub(): Promise<void>;
  /** Ends the hub, or kills it; what it had answered for is there at its next start. */
  stopHub(signal?: NodeJS.Signals): Promise<void>;
  launch(): Promise<RunningDesk>;
  log(): Promise<readonly SentPackage[]>;
  deliveries(): Promise<readonly HubDelivery[]>;
  /** Orders the hub's next answers of an operation to go wrong. */
  fault(order: Readonly<Record<string, unknown>>): Promise<void>;
  clearFaults(): Promise<void>;
  /** Makes the hub look for new packages in its seed folder; tells how many it offered. */
  offer(): Promise<number>;
  close(): Promise<void>;
}

/** The tokens' PINs, as the sandbox made them. */
export const pins = { leader: '24681357', agency: '13572468' } as const;

/** Opens a world with an empty hub folder and a new profile. The sandbox itself is made once for all process tests. */
export async function openWorld(wish: WorldWish): Promise<World> {
  mkdirSync(stateFolder(''), { recursive: true });
  const sandbox = await openSandbox({
    folder: stateFolder('sandbox-tests'),
    programs: resolve('out/sandbox'),
    today: dayOf(new Date()),
  });
  const folder = stateFolder(`world-${wish.name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const profile = wish.profile ?? join(folder, 'profile');
  const port = await freePort();
  writeProfile(sandbox.folder, {
    folder: profile,
    profile: 'clerk',
    endpoint: `http://127.0.0.1:${port}/XrdAdapter/RestService/forward/mocdoc`,
    systemId: sandbox.record.systemId,
    secretFrom: 'VAN_THU_HUB_SECRET',
    plainHttpHosts: ['127.0.0.1'],
    syncSeconds: wish.syncSeconds ?? 3600,
    timeStamps: wish.timeStamps ?? false,
  });
  if (wish.driver !== undefined || wish.settings !== undefined) {
    const file = join(profile, 'settings.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const driver = wish.driver === undefined ? {} : { modules: [wish.driver], searchDrivers: false };
    writeFileSync(file, JSON.stringify({ ...settings, ...driver, ...wish.settings }));
  }
  const env = { ...sandbox.env, ...wish.env };
  const seeds = wish.seeds === 'samples' ? join(sandbox.folder, 'samples') : wish.seeds;
  let hub: Running | null = null;
  const admin = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const ready = hub?.ready.listening as { readonly adminPort: number } | undefined;
    if (ready === undefined) throw new Error('the hub is not running');
    const answer = await fetch(`http://127.0.0.1:${ready.adminPort}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  return {
    sandbox,
    folder,
    profile,
    env,
    async startHub() {
      const args = ['--dir', join(folder, 'hub'), '--port', String(port), '--secret', sandbox.record.secret];
      if (seeds !== undefined) args.push('--seed-dir', seeds);
      args.push('--lag', String(wish.lag ?? 1), '--reply-after', String(wish.replyAfter ?? 2));
      hub = await startProgram(resolve('out/sandbox/hub.cjs'), args);
    },
    async stopHub(signal) {
      await hub?.stop(signal);
      hub = null;
    },
    launch: () => launchDesk({ profile, env }),
    log: async () => (await admin('GET', '/admin/log')).sends as SentPackage[],
    deliveries: async () => (await admin('GET', '/admin/deliveries')).deliveries as HubDelivery[],
    fault: async (order) => void (await admin('POST', '/admin/fault', order)),
    clearFaults: async () => void (await admin('DELETE', '/admin/fault')),
    offer: async () => Number((await admin('POST', '/admin/seeds')).offered),
    async close() {
      await hub?.stop();
      await sandbox.stop();
    },
  };
}
