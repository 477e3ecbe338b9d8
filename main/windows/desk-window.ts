// The document window: made hidden, shown at its first content, hidden instead of closed where policy says so.
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
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

export interface OpeningDesk {
  readonly window: BrowserWindow;
  /** Resolves once it is shown and its page is loaded; rejects where it cannot be. */
  readonly loaded: Promise<BrowserWindow>;
}

/** A page that is loaded and draws nothing while it is hidden is shown after this time. */
const drawnMilliseconds = 250;

const after = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function showWhenDrawn(window: BrowserWindow): Promise<BrowserWindow> {
  // Its first words are drawn before its code is there.
  const drawn = new Promise<void>((resolve) => window.once('ready-to-show', () => resolve()));
  const loaded = loadPage(window, 'desk');
  await Promise.race([drawn, loaded.then(() => after(drawnMilliseconds))]);
  if (!window.isDestroyed()) window.show();
  await loaded;
  return window;
}

/** Makes the desk's window and begins to load its page. */
export function openDesk(
  appFolder: string,
  blobs: BlobReader,
  report: (what: string, detail: string) => void,
): OpeningDesk {
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
  bringBack(window, report);
  return { window, loaded: showWhenDrawn(window) };
}
