// A link of a foreign file, told to the person in main's own dialog: a listed site of the state may be opened by the system's
// browser, any other address is only copied. It never opens by itself.
import { type BrowserWindow, clipboard, dialog, shell } from 'electron';
import { askedAddress, mayOpenOutside } from '../security/external-links';

/** True when it was opened; false when the person did not want to, or the address may only be copied. */
export async function openLink(parent: BrowserWindow | null, address: string): Promise<boolean> {
  const asked = askedAddress(address);
  if (asked === null) return false;
  const listed = mayOpenOutside(asked.address, { mailto: false });
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    title: 'Liên kết ra ngoài',
    message: listed
      ? `Tệp này dẫn đến ${asked.where}. Có mở bằng trình duyệt không?`
      : `Tệp này dẫn đến ${asked.where}. Văn Thư không mở trang ngoài danh sách của Nhà nước.`,
    detail: `${asked.address}\n\nLiên kết do người soạn tệp đặt vào; Văn Thư không kiểm tra nơi đến.`,
    buttons: listed ? ['Mở liên kết', 'Không mở'] : ['Sao chép địa chỉ', 'Đóng'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const { response } = await (parent === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options));
  if (response !== 0) return false;
  if (listed) await shell.openExternal(asked.address);
  else clipboard.writeText(asked.address);
  return listed;
}
