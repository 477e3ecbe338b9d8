// An application without Electron and releases of one file, for tests of updates. It serves nothing.
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Release } from './release';
import { release as plain } from './release.fixture';
import type { Application } from './transport';

/** The file of the release, and its bytes. */
export const name = 'van-thu-9.0.1-x86_64.AppImage';
export const fresh = randomBytes(300_000);

/** What electron-updater wants to know of the application, without Electron. */
export function application(folder: string, version: string): Application {
  const config = join(folder, 'app-update.yml');
  writeFileSync(
    config,
    'provider: generic\nurl: https://updates.invalid/\nupdaterCacheDirName: van-thu-updater\n',
  );
  return {
    version,
    name: 'van-thu',
    isPackaged: true,
    appUpdateConfigPath: config,
    userDataPath: folder,
    baseCachePath: join(folder, 'cache'),
    whenReady: async () => undefined,
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  };
}

const sha512 = (bytes: Buffer): string => createHash('sha512').update(bytes).digest('base64');

export function releaseOf(more: Partial<Release> = {}, bytes = fresh): Release {
  return {
    ...plain,
    files: [{ kind: 'AppImage', name, size: bytes.length, sha512: sha512(bytes) }],
    ...more,
  };
}
