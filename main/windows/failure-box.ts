// Says why the desk cannot open, with its code, and that nothing was touched. It repairs nothing.
import { dialog } from 'electron';
import { type Code, sentenceOf } from '../../preload/contract/codes';

/** A box of the operating system: it must work when no page of ours can. */
export function showFailure(code: Code, title = 'Văn Thư chưa mở được', about = ''): void {
  const more = about === '' ? '' : `\n\n${about}`;
  dialog.showErrorBox(title, `${sentenceOf(code)}${more}\n\nMã: ${code}`);
}
