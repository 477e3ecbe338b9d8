// Puts updates together out of policy, shipped keys and the way this application was installed, and answers the calls about
// them. What is Electron's comes as a value.
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RestartObstacle, UpdateMode, UpdateView } from '../../preload/contract/updates';
import type { CallHandlers } from '../ipc/answer-call';
import { httpFetchBy } from '../runtime/http-fetcher';
import { checkPayload, installDeb, replaceAppImage } from './installer';
import { memoryFile } from './memory';
import { type Policy, policyPath, readPolicy } from './policy';
import { readRegistryPolicy } from './registry-policy';
import { type PackageKind, readUpdateKeys, type UpdateKey } from './release';
import { routeOf, type UpdateRoute } from './route';
import { createUpdates, type UpdateService } from './service';
import { folderSource, type UpdateSource, webSource } from './source';
import type { Transport } from './transport';

export interface OpenUpdatesParts {
  readonly profile: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly packaged: boolean;
  /** Where the shipped keys lie. */
  readonly appFolder: string;
  /** Electron's resources folder, beside the archive. */
  readonly resources: string;
  readonly busy: () => Promise<readonly RestartObstacle[]>;
  readonly tell: (view: UpdateView) => void;
  readonly report: (what: string, detail: string) => void;
  readonly chooseFolder: () => Promise<string | null>;
  readonly copyText: (text: string) => void;
  /** Starts `program`, or this one, again once this process has ended, and ends it. */
  readonly restart: (program: string | null) => void;
  readonly now: () => Date;
}

/** How this application was installed, as the packages of a release are called. */
export function installedAs(
  parts: Pick<OpenUpdatesParts, 'env' | 'packaged' | 'resources'>,
  platform: NodeJS.Platform = process.platform,
): PackageKind | null {
  if (!parts.packaged) return null;
  if (platform === 'win32') return 'nsis';
  if (platform === 'darwin') return 'mac-zip';
  if (parts.env.APPIMAGE !== undefined) return 'AppImage';
  try {
    const kind = readFileSync(join(parts.resources, 'package-type'), 'utf8').trim();
    return kind === 'deb' || kind === 'rpm' ? kind : null;
  } catch {
    // An unpacked archive: nobody installed it, so nobody updates it.
    return null;
  }
}

/** The mode that holds: policy, else what fits who may write the program's folder. Without keys nothing can be trusted. */
export function modeOf(
  policy: Policy['updates'],
  kind: PackageKind | null,
  keys: readonly UpdateKey[],
): UpdateMode {
  if (keys.length === 0) return 'off';
  const mode = policy.mode ?? (kind === 'AppImage' || kind === 'nsis' ? 'self' : 'managed');
  if (mode !== 'offline' && mode !== 'off' && policy.feed === undefined) return 'off';
  return mode;
}

function shippedKeys(appFolder: string): readonly UpdateKey[] {
  return readUpdateKeys(readFileSync(join(appFolder, 'resources', 'update-keys.json'), 'utf8'));
}

function sourceOf(mode: UpdateMode, policy: Policy['updates'], route: UpdateRoute): UpdateSource | null {
  if (mode === 'offline') return policy.folder === undefined ? null : folderSource(policy.folder);
  return policy.feed === undefined ? null : webSource(policy.feed, httpFetchBy(route));
}

export type UpdateHandlers = Pick<
  CallHandlers,
  | 'updates.view'
  | 'updates.check'
  | 'updates.take'
  | 'updates.restart'
  | 'updates.chooseFolder'
  | 'updates.copyDiagnostics'
>;

function handlersOf(service: UpdateService, mode: UpdateMode, parts: OpenUpdatesParts): UpdateHandlers {
  return {
    'updates.view': async () => service.view(),
    'updates.check': async () => {
      await service.check();
      return {};
    },
    // The answer does not wait for the download: its progress is told.
    'updates.take': async () => {
      service.take().catch((error: unknown) => parts.report('update-lost', String(error)));
      return {};
    },
    'updates.restart': async ({ obstacles }) => ({ obstacles: [...(await service.restart(obstacles))] }),
    'updates.chooseFolder': async () => {
      const folder = mode === 'offline' ? await parts.chooseFolder() : null;
      if (folder === null) return { chosen: false };
      await service.lookInto(folderSource(folder));
      return { chosen: true };
    },
    'updates.copyDiagnostics': async () => {
      const lines = await service.diagnostics();
      parts.copyText(lines.join('\n'));
      return { lines: lines.length };
    },
  };
}

const firstLookMs = 30_000;

/** The service with its handlers; `begin` starts the clock of its questions. Throws Failure `policy-broken`. */
export function openUpdates(parts: OpenUpdatesParts) {
  const registry = readRegistryPolicy(process.platform, parts.env);
  const policy = readPolicy(policyPath(process.platform, parts.env), registry).updates;
  const keys = shippedKeys(parts.appFolder);
  const installed = installedAs(parts);
  const mode = modeOf(policy, installed, keys);
  // An rpm is put in by its own tools only; who is managed takes nothing by himself.
  const kind = mode === 'managed' || installed === 'rpm' ? null : installed;
  const route = routeOf(policy);
  const log = (line: string): void => parts.report('update-carrier', line.slice(0, 500));
  let carrier: Transport | null = null;
  const service = createUpdates({
    mode,
    ring: policy.ring,
    automatic: policy.automatic,
    current: parts.version,
    platform: `${process.platform}-${process.arch}`,
    kind,
    keys,
    source: sourceOf(mode, policy, route),
    memory: memoryFile(join(parts.profile, 'updates'), () => randomInt(100)),
    async carrier() {
      // electron-updater and what it needs: a third of main's code, which no start waits for.
      const { updaterTransport } = await import('./transport');
      carrier = updaterTransport(kind ?? 'deb', mode === 'offline' ? {} : route, log);
      return carrier;
    },
    async install(path, release, file) {
      if (kind === 'AppImage') {
        const running = parts.env.APPIMAGE ?? '';
        await replaceAppImage(running, path, file);
        parts.restart(running);
      } else if (kind === 'deb') {
        await installDeb(join(parts.resources, 'install-package'), path, file, release.version);
        parts.restart(null);
      } else {
        await checkPayload(path, file);
        carrier?.handOver();
      }
    },
    busy: parts.busy,
    changed: parts.tell,
    report: parts.report,
    now: parts.now,
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    service,
    handlers: handlersOf(service, mode, parts),
    async begin() {
      // The desk opens whatever becomes of this, also where nothing can be written.
      await service.start().catch((error: unknown) => parts.report('update-not-remembered', String(error)));
      if (mode === 'off') return;
      const look = (): void => {
        service.check().catch((error: unknown) => parts.report('update-refused', String(error)));
        timer = setTimeout(look, policy.everyHours * 3_600_000);
      };
      timer = setTimeout(look, firstLookMs);
    },
    close() {
      clearTimeout(timer);
      service.close();
    },
  };
}
