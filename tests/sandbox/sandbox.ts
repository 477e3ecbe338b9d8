// Makes the sandbox once and starts its processes: PKI server, hub, tokens, sample packages and the desk's profiles.
// Everything lies in one folder and survives a restart; nothing here is part of the application.

import { generateKeyPairSync } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { freePort, type Running, runProgram, startProgram } from './process';

export interface SandboxPlan {
  readonly folder: string;
  /** Where out/sandbox/*.cjs lie. */
  readonly programs: string;
  /** The calendar day in Vietnam that samples are dated around, yyyy-MM-dd. */
  readonly today: string;
}

/** What sandbox.json keeps. */
export interface SandboxRecord {
  readonly pkiPort: number;
  readonly hubPort: number;
  readonly systemId: string;
  readonly secret: string;
  readonly passphrase: string;
}

export const deskAgency = {
  code: 'H37',
  name: 'UBND tỉnh Lạng Sơn',
  notation: 'UBND',
  place: 'Lạng Sơn',
} as const;
/** The secret every agency of the sandbox's hub has; a sandbox on the loopback address protects nothing. */
export const sandboxSecret = 'sandbox-secret';

const recordOf = (folder: string): SandboxRecord =>
  JSON.parse(readFileSync(join(folder, 'sandbox.json'), 'utf8')) as SandboxRecord;

export interface ProfileWish {
  readonly folder: string;
  readonly profile: 'clerk' | 'leader';
  readonly endpoint: string;
  readonly systemId: string;
  readonly secretFrom: string;
  readonly plainHttpHosts: readonly string[];
  readonly syncSeconds: number;
  /** Signatures are raised with the sandbox's own authority of time. */
  readonly timeStamps?: boolean;
}

/** Writes settings.json of one profile of the desk. */
export function writeProfile(sandbox: string, wish: ProfileWish): void {
  mkdirSync(wish.folder, { recursive: true, mode: 0o700 });
  const pki = JSON.parse(readFileSync(join(sandbox, 'pki/index.json'), 'utf8')) as {
    anchors: string[];
    tsa: string;
  };
  const tokens = JSON.parse(readFileSync(join(sandbox, 'tokens/index.json'), 'utf8')) as { module: string };
  const settings = {
    agency: { code: wish.systemId, name: deskAgency.name },
    notation: deskAgency.notation,
    place: deskAgency.place,
    user: wish.profile === 'clerk' ? 'Nguyễn Thị Hường' : 'Trần Thị Bình',
    profile: wish.profile,
    hub: {
      kind: 'vxp',
      endpoint: wish.endpoint,
      systemId: wish.systemId,
      plainHttpHosts: wish.plainHttpHosts,
      secretFrom: wish.secretFrom,
    },
    modules: [tokens.module],
    anchors: pki.anchors.map((path) => join(sandbox, 'pki', path)),
    ...(wish.timeStamps === true ? { validation: { tsa: [pki.tsa], tsaRequests: 1000 } } : {}),
    images: {
      leader: join(sandbox, 'samples/images/leader.png'),
      seal: join(sandbox, 'samples/images/seal.png'),
    },
    recoveryKey: join(sandbox, 'recovery.pem'),
    passphraseFrom: 'VAN_THU_PASSPHRASE',
    syncSeconds: wish.syncSeconds,
  };
  writeFileSync(join(wish.folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`, {
    mode: 0o600,
  });
}

async function make(plan: SandboxPlan): Promise<void> {
  const { folder, programs } = plan;
  const work = `${folder}.new`;
  rmSync(work, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pkiPort = await freePort();
  await runProgram(join(programs, 'pki.cjs'), [
    'make',
    '--out',
    join(folder, 'pki'),
    '--port',
    String(pkiPort),
  ]);
  await runProgram(join(programs, 'token.cjs'), [
    'make',
    '--pki',
    join(folder, 'pki'),
    '--out',
    join(folder, 'tokens'),
  ]);
  await runProgram(join(programs, 'samples.cjs'), [
    '--out',
    join(folder, 'samples'),
    '--pki',
    join(folder, 'pki'),
    '--to',
    deskAgency.code,
    '--date',
    plan.today,
  ]);
  const recovery = generateKeyPairSync('rsa', { modulusLength: 3072 });
  writeFileSync(join(folder, 'recovery.pem'), recovery.publicKey.export({ type: 'spki', format: 'pem' }));
  const record: SandboxRecord = {
    pkiPort,
    hubPort: await freePort(),
    systemId: deskAgency.code,
    secret: sandboxSecret,
    passphrase: 'hộp cát của văn thư',
  };
  const draft = join(folder, 'sandbox.json.new');
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(draft, join(folder, 'sandbox.json'));
}

export interface Sandbox {
  readonly folder: string;
  readonly record: SandboxRecord;
  readonly endpoint: string;
  /** Environment the desk needs: the token's configuration and the two secrets of a test profile. */
  readonly env: Readonly<Record<string, string>>;
  readonly pki: Running;
  startHub(options?: { readonly seed?: boolean }): Promise<Running>;
  stop(): Promise<void>;
}

/** Makes what is missing and starts the PKI server; the hub is started by the caller, who may stop it again. */
export async function openSandbox(plan: SandboxPlan): Promise<Sandbox> {
  if (!existsSync(join(plan.folder, 'sandbox.json'))) await make(plan);
  const record = recordOf(plan.folder);
  const tokens = JSON.parse(readFileSync(join(plan.folder, 'tokens/index.json'), 'utf8')) as { conf: string };
  const pki = await startProgram(join(plan.programs, 'pki.cjs'), [
    'serve',
    '--dir',
    join(plan.folder, 'pki'),
    '--port',
    String(record.pkiPort),
  ]);
  let hub: Running | null = null;
  return {
    folder: plan.folder,
    record,
    endpoint: `http://127.0.0.1:${record.hubPort}/XrdAdapter/RestService/forward/mocdoc`,
    env: {
      SOFTHSM2_CONF: tokens.conf,
      VAN_THU_HUB_SECRET: record.secret,
      VAN_THU_PASSPHRASE: record.passphrase,
    },
    pki,
    async startHub(options = {}) {
      const args = [
        '--dir',
        join(plan.folder, 'hub'),
        '--port',
        String(record.hubPort),
        '--secret',
        record.secret,
      ];
      if (options.seed !== false) args.push('--seed-dir', join(plan.folder, 'samples'));
      hub = await startProgram(join(plan.programs, 'hub.cjs'), [...args, '--lag', '3', '--reply-after', '2']);
      writeFileSync(join(plan.folder, 'hub-ready.json'), JSON.stringify(hub.ready.listening));
      return hub;
    },
    async stop() {
      await hub?.stop();
      await pki.stop();
    },
  };
}

/** A copy of a draft of the samples, for a form that takes files. */
export function sampleDraft(sandbox: Sandbox, name: string, target: string): string {
  copyFileSync(join(sandbox.folder, 'samples', name), target);
  return target;
}
