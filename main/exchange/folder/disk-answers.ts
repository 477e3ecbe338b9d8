// What the operating system says about an exchange folder, as answers of a hub. Pure; it decides no retry.
import type { HubFailure } from '../hub';

export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The folder is there and says no: a person has to mend it, so these are refusals in words. */
const refusals: Readonly<Record<string, string>> = {
  EROFS: 'Thư mục trao đổi chỉ cho đọc.',
  EACCES: 'Tài khoản này không có quyền trong thư mục trao đổi.',
  EPERM: 'Tài khoản này không có quyền trong thư mục trao đổi.',
  ENOSPC: 'Thư mục trao đổi hoặc thẻ nhớ đã đầy.',
  EDQUOT: 'Thư mục trao đổi đã hết hạn mức dung lượng.',
  EFBIG: 'Thẻ nhớ không chứa được tệp lớn như vậy.',
  ENAMETOOLONG: 'Tên tệp quá dài đối với thư mục trao đổi.',
};

export function refused(errorCode: string, errorDesc: string): HubFailure {
  return { kind: 'refused', errorCode, errorDesc };
}

/** A failure before anything could be seen in the folder. Throws what is no error of the system: our own mistake. */
export function nothingDone(error: unknown): HubFailure {
  const code = systemCode(error);
  const words = refusals[code];
  if (words !== undefined) return refused(code, words);
  if (!/^E[A-Z0-9]+$/.test(code)) throw error;
  return { kind: 'not-sent', reason: 'folder-missing', detail: code, retryAfterSeconds: null };
}

/** A failure of the very step that makes a change visible: only errors that say "no" prove that it did not happen. */
export function maybeDone(error: unknown): HubFailure {
  const code = systemCode(error);
  if (refusals[code] !== undefined || code === 'ENOENT' || code === 'ENOTDIR') return nothingDone(error);
  if (!/^E[A-Z0-9]+$/.test(code)) throw error;
  return { kind: 'unknown', reason: 'cut', detail: code, retryAfterSeconds: null };
}
