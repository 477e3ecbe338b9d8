// A machine without a keyring: the store is opened by a passphrase that is set once, on the real unlock window.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf } from '../../preload/contract/ids';
import { waitForDesk } from '../desk/actions';
import { launchDesk, type RunningDesk, stateFolder } from '../desk/launch';
import { openSandbox, type Sandbox, writeProfile } from '../sandbox/sandbox';

let sandbox: Sandbox;
let profile: string;
const passphrase = 'một cụm mật khẩu dài';

beforeAll(async () => {
  mkdirSync(stateFolder(''), { recursive: true });
  const folder = stateFolder('sandbox-tests');
  sandbox = await openSandbox({ folder, programs: resolve('out/sandbox'), today: dayOf(new Date()) });
  profile = stateFolder('profile-unlock');
  rmSync(profile, { recursive: true, force: true });
  writeProfile(folder, {
    folder: profile,
    profile: 'clerk',
    endpoint: sandbox.endpoint,
    systemId: sandbox.record.systemId,
    secretFrom: 'VAN_THU_HUB_SECRET',
    plainHttpHosts: ['127.0.0.1'],
    syncSeconds: 3600,
  });
  const path = join(profile, 'settings.json');
  const settings = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  // As on a clerk's machine: nothing holds the passphrase, and no recovery key came with a policy.
  writeFileSync(path, JSON.stringify({ ...settings, passphraseFrom: undefined, recoveryKey: undefined }));
});

afterAll(async () => {
  await sandbox?.stop();
});

function launch(): Promise<RunningDesk> {
  const { VAN_THU_PASSPHRASE: _left, ...env } = sandbox.env;
  return launchDesk({ profile, env });
}

/** Presses the main button and gives the desk's window that opens then. */
async function opened(desk: RunningDesk, unlock: Page): Promise<Page> {
  const opening = desk.app.waitForEvent('window', { timeout: 60_000 });
  await unlock.locator('#open').click();
  return opening;
}

describe('the first start without a keyring', () => {
  it('asks for a passphrase twice, shows the recovery phrase, and opens only when they agree', async () => {
    const desk = await launch();
    try {
      const unlock = desk.page;
      await unlock
        .locator('#recovery-text')
        .filter({ hasText: /^\w{5}(-\w{5}){5}$/ })
        .waitFor();
      await unlock.locator('#kept').check();
      await unlock.locator('#pass').fill(passphrase);
      await unlock.locator('#again').fill('khác hẳn đi');
      await unlock.locator('#open').click();
      await unlock.locator('#error').filter({ hasText: 'chưa giống nhau' }).waitFor();
      await unlock.locator('#pass').fill('ngắn');
      await unlock.locator('#again').fill('ngắn');
      await unlock.locator('#open').click();
      await unlock.locator('#error').filter({ hasText: 'vault-passphrase-weak' }).waitFor();
      await unlock.locator('#pass').fill(passphrase);
      await unlock.locator('#again').fill(passphrase);
      await waitForDesk(await opened(desk, unlock));
    } finally {
      await desk.quit();
    }
  });

  it('does not open the next time with another passphrase, keeps everything, and opens with the right one', async () => {
    const desk = await launch();
    try {
      const unlock = desk.page;
      await unlock.locator('#pass').fill('không phải cụm đó đâu');
      await unlock.locator('#open').click();
      await unlock.locator('#error').filter({ hasText: 'vault-passphrase-wrong' }).waitFor();
      expect(await unlock.locator('#pass').inputValue()).toBe('');
      await unlock.locator('#pass').fill(passphrase);
      await waitForDesk(await opened(desk, unlock));
    } finally {
      await desk.quit();
    }
  });
});
