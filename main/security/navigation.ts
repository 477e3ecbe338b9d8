// Keeps every window on its own page: no navigation, no new window, no webview. It opens nothing by itself.
import type { WebContents } from 'electron';
import { type PageHost, pageAddress, pageHostOf } from './origin';

/** True only for a reload of the very page the window was made for. */
export function mayNavigate(from: string, to: string): boolean {
  const own = pageHostOf(from);
  return own !== null && pageHostOf(to) === own && new URL(to).pathname === new URL(from).pathname;
}

/** Locks one window's contents to the page of `host`. Called by the factory before anything is loaded. */
export function lockNavigation(
  contents: WebContents,
  host: PageHost,
  report: (what: string, address: string) => void,
): void {
  const refuse = (event: { preventDefault(): void }, address: string, what: string): void => {
    if (mayNavigate(contents.getURL(), address)) return;
    event.preventDefault();
    report(what, address);
  };
  contents.on('will-navigate', (event, address) => refuse(event, address, 'will-navigate'));
  contents.on('will-redirect', (event, address) => refuse(event, address, 'will-redirect'));
  contents.on('will-frame-navigate', (event) => refuse(event, event.url, 'will-frame-navigate'));
  // about:blank is committed by the page's own process: nothing asks before, so the window is brought back after.
  contents.on('did-navigate', (_event, address) => {
    if (pageHostOf(address) === host || contents.isDestroyed()) return;
    report('did-navigate', address);
    contents
      .loadURL(pageAddress(host))
      .catch((error: unknown) =>
        report('not-brought-back', error instanceof Error ? error.message : 'value'),
      );
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    report('will-attach-webview', '');
  });
  contents.setWindowOpenHandler(({ url }) => {
    report('window-open', url);
    return { action: 'deny' };
  });
}
