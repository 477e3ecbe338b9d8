// A link of a foreign file, told to the person in main's own dialog: a listed site of the state may be opened by the system's
// browser, any other address is only copied, or not even that. It never opens by itself.
import { type BrowserWindow, clipboard, dialog, shell } from 'electron';
import { linkQuestion } from './link-question';

/** True when it was opened; false when the person did not want to, or the address may not be opened. */
export async function openLink(parent: BrowserWindow | null, address: string): Promise<boolean> {
  const { message, detail, act, close } = linkQuestion(address);
  const buttons = act === null ? [close] : [act.label, close];
  const last = buttons.length - 1;
  const options: Electron.MessageBoxOptions = {
    ...{ type: act === null ? 'warning' : 'question', title: 'Liên kết ra ngoài', message, detail },
    ...{ buttons, defaultId: last, cancelId: last, noLink: true },
  };
  const { response } = await (parent === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options));
  if (act === null || response !== 0) return false;
  if (act.kind === 'open') await shell.openExternal(act.address);
  else clipboard.writeText(act.address);
  return act.kind === 'open';
}
