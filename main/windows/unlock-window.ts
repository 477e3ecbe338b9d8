// The window that asks for the passphrase of the store. It lives only until the store is open and knows no key.

import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { registerUnlock } from '../ipc/register';
import type { UnlockDialogue } from '../services/open-vault';
import type { Vault } from '../vault';
import { createWindow, loadPage } from './factory';
import { bundleFolders, openSession } from './sessions';

/** Shows the window and resolves with the open store; null when the person quits. */
export async function askForVault(
  appFolder: string,
  dialogue: UnlockDialogue,
  report: (what: string, detail: string) => void,
): Promise<Vault | null> {
  const folders = bundleFolders(appFolder);
  const window: BrowserWindow = createWindow({
    host: 'unlock',
    session: openSession('unlock', folders.renderer, null, report),
    preload: join(folders.preload, 'unlock.cjs'),
    width: 520,
    height: 520,
    title: 'Mở khóa Văn Thư',
    hiddenFromCapture: true,
    report,
  });
  const closed = new Promise<null>((resolve) => window.once('closed', () => resolve(null)));
  const stop = registerUnlock(window.webContents, async (question) => {
    if (question.ask === 'quit') window.close();
    return dialogue.answer(question);
  });
  await loadPage(window, 'unlock');
  window.show();
  const vault = await Promise.race([dialogue.opened, closed]);
  stop();
  if (!window.isDestroyed()) window.destroy();
  return vault;
}
