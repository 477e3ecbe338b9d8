// The document window: made hidden, shown at its first content, hidden instead of closed where policy says so.
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { knowWindow } from '../ipc/register';
import type { BlobReader } from './blob-range';
import { createWindow, loadPage } from './factory';
import { bundleFolders, openSession } from './sessions';

/** Makes and shows the desk's window. */
export async function openDesk(
  appFolder: string,
  blobs: BlobReader,
  report: (what: string, detail: string) => void,
): Promise<BrowserWindow> {
  const folders = bundleFolders(appFolder);
  const window = createWindow({
    host: 'desk',
    session: openSession('desk', folders.renderer, blobs, report),
    preload: join(folders.preload, 'document.cjs'),
    width: 1366,
    height: 768,
    title: 'Văn Thư',
    report,
  });
  knowWindow(window.webContents, 'document');
  window.webContents.on('render-process-gone', (_event, details) => report('renderer-gone', details.reason));
  await loadPage(window, 'desk');
  window.show();
  return window;
}
