// The preload of the unlock window: asks what is wanted and hands over a passphrase. It keeps nothing.
import { contextBridge, ipcRenderer } from 'electron';
import { unlockChannel } from './channels';

const api = Object.freeze({
  state: () => ipcRenderer.invoke(unlockChannel, { ask: 'state' }),
  submit: (passphrase: string) =>
    ipcRenderer.invoke(unlockChannel, { ask: 'submit', passphrase: String(passphrase) }),
  recover: (recovery: string, passphrase: string) =>
    ipcRenderer.invoke(unlockChannel, {
      ask: 'recover',
      recovery: String(recovery),
      passphrase: String(passphrase),
    }),
  quit: () => ipcRenderer.invoke(unlockChannel, { ask: 'quit' }),
});
contextBridge.exposeInMainWorld('unlock', api);
