// The preload of the PIN window: hands the page what main says and the port to the token host. It exposes no API, keeps
// nothing and never sees a PIN.
import { ipcRenderer } from 'electron';
import type { PinRequest, PinWindowMessage } from './contract/pin';
import { pinRequestChannel } from './contract/pin-channel';

ipcRenderer.once(pinRequestChannel, (event, request: PinRequest) => {
  const message: PinWindowMessage = { kind: 'pin-request', request };
  // A message is the one road on which a port crosses from the isolated world to the page.
  window.postMessage(message, location.origin, [...event.ports]);
});
