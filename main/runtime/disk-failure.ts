// Turns what the operating system says about a disk into one of our closed codes. It never decides what to do then.
import { Failure, isFailure } from '../../preload/contract/failure';

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** True when the file or folder is simply not there. */
export function isNotFound(error: unknown): boolean {
  return systemCode(error) === 'ENOENT';
}

/**
 * The Failure for an error of the file system: `disk-full`, `store-unwritable` or `disk-error`.
 * A Failure passes unchanged; anything that is no system error is our own mistake and passes unchanged too.
 */
export function diskFailure(error: unknown): unknown {
  if (isFailure(error)) return error;
  const code = systemCode(error);
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new Failure('disk-full', code, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Failure('store-unwritable', code, { cause: error });
    default:
      return /^E[A-Z0-9]+$/.test(code) ? new Failure('disk-error', code, { cause: error }) : error;
  }
}
