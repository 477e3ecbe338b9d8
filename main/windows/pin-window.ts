// The PIN window: shows what main knows is being signed, and joins its page to the token host by a port of their own.
// Main sees the ends of the port leave and never a PIN.
import { join } from 'node:path';
import { type BrowserWindow, MessageChannelMain } from 'electron';
import type { PinRequest } from '../../preload/contract/pin';
import { pinRequestChannel } from '../../preload/contract/pin-channel';
import type { TokenSession } from '../token/client';
import { createWindow, loadPage } from './factory';
import { bundleFolders, openSession } from './sessions';

export interface PinWindowPlace {
  readonly appFolder: string;
  readonly parent: () => BrowserWindow | null;
  readonly report: (what: string, detail: string) => void;
}

/**
 * Asks for the PIN of a session. A window closed by its frame takes its end of the port along: the host then takes it
 * as "không ký". Throws Failure `cancelled` or the token's own; the window is gone either way. */
export async function askPin(
  place: PinWindowPlace,
  request: PinRequest,
  session: TokenSession,
): Promise<void> {
  const folders = bundleFolders(place.appFolder);
  const parent = place.parent();
  const window = createWindow({
    host: 'pin',
    session: openSession('pin', folders.renderer, null, place.report),
    preload: join(folders.preload, 'pin.cjs'),
    width: 420,
    height: 540,
    title: 'Nhập mã PIN',
    hiddenFromCapture: true,
    report: place.report,
    ...(parent === null ? {} : { parent }),
  });
  const { port1, port2 } = new MessageChannelMain();
  try {
    await loadPage(window, 'pin');
    const loggedIn = session.loginByWindow(port2);
    window.webContents.postMessage(pinRequestChannel, request, [port1]);
    window.show();
    window.focus();
    await loggedIn;
  } finally {
    if (!window.isDestroyed()) window.destroy();
  }
}
