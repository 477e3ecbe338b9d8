// The preload of the document window: exposes window.desk and hands the page its record key as a CryptoKey that
// cannot be exported. It keeps nothing.
import { contextBridge, ipcRenderer } from 'electron';
import { buildDeskApi } from './bridge';
import { callChannel, eventChannel, keyChannel } from './channels';
import { callNames, eventNames } from './names';

const api = buildDeskApi(callNames, eventNames, {
  invoke: (name, input) => ipcRenderer.invoke(callChannel, name, input),
  listen: (callback) => {
    const relay = (_event: unknown, name: string, payload: unknown): void => callback(name, payload);
    ipcRenderer.on(eventChannel, relay);
    return () => ipcRenderer.removeListener(eventChannel, relay);
  },
});
contextBridge.exposeInMainWorld('desk', api);

/** Must equal those of the contract; not imported, to keep zod out of the preload. */
const recordKeyMessage = 'van-thu:record-key';
const recordKeyWanted = 'van-thu:record-key-wanted';

async function handOverKey(): Promise<void> {
  const bytes: unknown = await ipcRenderer.invoke(keyChannel);
  if (!(bytes instanceof Uint8Array)) return;
  const raw = new Uint8Array(bytes);
  bytes.fill(0);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  raw.fill(0);
  // A message is the one road on which a CryptoKey crosses from the isolated world to the page.
  window.postMessage({ type: recordKeyMessage, key }, location.origin);
}

/** The page says when it listens: its code may come long after its words. */
function whenWanted(event: MessageEvent<unknown>): void {
  const data = event.data as { readonly type?: unknown } | null;
  if (event.source !== window || event.origin !== location.origin || data?.type !== recordKeyWanted) return;
  window.removeEventListener('message', whenWanted);
  void handOverKey();
}

window.addEventListener('message', whenWanted);
