// Asks the person, in main's own dialog, before a link of a foreign file is opened by the system's browser or mail program.
import { type BrowserWindow, dialog, shell } from 'electron';
import { askedAddress } from '../security/external-links';

/** True when it was opened; false when the person did not want to, or nothing may open such an address. */
export async function openLink(parent: BrowserWindow | null, address: string): Promise<boolean> {
  const asked = askedAddress(address);
  if (asked === null) return false;
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    title: 'Mở liên kết ra ngoài',
    message: `Tệp này dẫn đến ${asked.where}. Có mở không?`,
    detail: `${asked.address}\n\nLiên kết do người soạn tệp đặt vào; Văn Thư không kiểm tra nơi đến.`,
    buttons: ['Mở liên kết', 'Không mở'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const { response } = await (parent === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options));
  if (response !== 0) return false;
  await shell.openExternal(asked.address);
  return true;
}
