// The document window: made hidden, shown at its first content, hidden instead of closed where policy says so.
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { knowWindow } from '../ipc/register';
import type { BlobReader } from './blob-range';
import { createWindow, loadPage } from './factory';
import { showFailure } from './failure-box';
import { bundleFolders, openSession } from './sessions';

/** So many losses of the page within the span are a fault that a fresh page does not cure. */
const mostLosses = 10;
const lossSpanMilliseconds = 60_000;

/** A page whose process died is loaded anew: what was saved is in the ledger, and main's own work went on meanwhile. */
function bringBack(window: BrowserWindow, report: (what: string, detail: string) => void): void {
  let losses: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    report('renderer-gone', reason);
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    losses = [...losses.filter((at) => now - at < lossSpanMilliseconds), now];
    if (losses.length >= mostLosses) return showFailure('window-lost', 'Văn Thư');
    loadPage(window, 'desk').catch((error: unknown) =>
      report('not-brought-back', error instanceof Error ? error.message : 'value'),
    );
  });
}

/** Makes and shows the desk's window; `made` has it before its page is loaded. */
export async function openDesk(
  appFolder: string,
  blobs: BlobReader,
  report: (what: string, detail: string) => void,
  made: (window: BrowserWindow) => void,
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
  made(window);
  bringBack(window, report);
  await loadPage(window, 'desk');
  window.show();
  return window;
}
