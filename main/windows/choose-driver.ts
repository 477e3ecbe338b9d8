// Asks the person for a driver file in main's own dialog and gives its path to main alone.
import { type BrowserWindow, dialog } from 'electron';

const extensions: Readonly<Record<string, readonly string[]>> = {
  win32: ['dll'],
  darwin: ['dylib', 'so'],
  linux: ['so'],
};

/** The chosen file, or null when the person did not want to. */
export async function chooseDriver(parent: BrowserWindow | null): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    title: 'Chọn tệp trình điều khiển PKCS#11 của thiết bị ký số',
    properties: ['openFile', 'dontAddToRecent'],
    filters: [
      { name: 'PKCS#11', extensions: [...(extensions[process.platform] ?? ['so'])] },
      { name: '*', extensions: ['*'] },
    ],
  };
  const chosen = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options));
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}
