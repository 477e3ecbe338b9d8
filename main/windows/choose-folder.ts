// Asks the person for a folder in main's own dialog and gives its path to main alone.
import { type BrowserWindow, dialog } from 'electron';

/** The chosen folder, or null when the person did not want to. */
export async function chooseFolder(parent: BrowserWindow | null, title: string): Promise<string | null> {
  const options: Electron.OpenDialogOptions = { title, properties: ['openDirectory', 'dontAddToRecent'] };
  const chosen = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options));
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}
