// Hardens one session: no network for pages, no permission, no device, no download. Main itself never uses this session.
import type { Session } from 'electron';
import { pageHostOf } from './origin';
import { permissionAllowed } from './permissions';

/** Schemes a page may load; everything else is cancelled before it leaves the process. */
const localSchemes: ReadonlySet<string> = new Set(['app:', 'blob:', 'data:', 'devtools:']);

/** True when a page may ask for this address at all. */
export function isLocalAddress(address: string): boolean {
  try {
    return localSchemes.has(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** Applies every rule to a session, once, before a window uses it. */
export function hardenSession(session: Session, report: (what: string, detail: string) => void): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    const local = isLocalAddress(details.url);
    if (!local) report('network-refused', new URL(details.url).protocol);
    callback({ cancel: !local });
  });
  session.setPermissionRequestHandler((contents, permission, callback) => {
    callback(permissionAllowed(permission, contents !== null && pageHostOf(contents.getURL()) === 'desk'));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    permissionAllowed(permission, pageHostOf(origin) === 'desk'),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
    report('download-refused', '');
  });
  session.on('select-usb-device', (event) => event.preventDefault());
  session.on('select-hid-device', (event) => event.preventDefault());
  session.on('select-serial-port', (event) => event.preventDefault());
  // NTLM and Negotiate answers only to hosts of a list, and the list is empty: pages have no network.
  session.allowNTLMCredentialsForDomains('');
  session.setSpellCheckerEnabled(false);
}
