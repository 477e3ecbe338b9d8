// The names of packages in an exchange folder: what this desk calls its own files and which foreign ones it looks at.
// Pure; a name is only a hint, what a package is its content says.
import type { MessageKind } from '../hub';

/** What a name of ours tells. */
export interface OwnName {
  readonly kind: MessageKind;
  readonly from: string;
  readonly to: readonly string[];
  /** Lower-case hex SHA-256 of the content. */
  readonly sha256: string;
}

/** FAT, NTFS and ext4 take 255 characters or bytes; Vietnamese letters need up to three bytes. */
export const longestName = 255;

const longestReceivers = 80;
const safeCode = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,38}[A-Za-z0-9])?$/;
/** Names that Windows gives to devices, in any folder. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const ownForm =
  /^van-thu_(edoc|status)_([A-Za-z0-9.-]+)_(?:([A-Za-z0-9.+-]+)_)?([0-9a-f]{64})(?:\s?\(\d+\))?\.edxml$/;

/** True when a code may be part of a name or the name of a folder on every file system. */
export function isSafeCode(code: string): boolean {
  return safeCode.test(code) && !deviceName.test(code);
}

/** The name of a package to send; receivers stand in it where they fit. Codes must be safe. */
export function ownName(name: OwnName): string {
  const receivers = name.to.join('+');
  const to = receivers.length > 0 && receivers.length <= longestReceivers ? `_${receivers}` : '';
  return `van-thu_${name.kind}_${name.from}${to}_${name.sha256}.edxml`;
}

/** What a name of ours says, also with the ` (2)` that copying tools add; null for any other name. */
export function readOwnName(name: string): OwnName | null {
  const match = ownForm.exec(name);
  if (match === null) return null;
  const [, kind, from = '', to = '', sha256 = ''] = match;
  return {
    kind: kind === 'status' ? 'status' : 'edoc',
    from,
    to: to === '' ? [] : to.split('+'),
    sha256,
  };
}

/** Packages only: no hidden file, no file that a copying tool has not finished, nothing of another kind. */
export function isPackageName(name: string): boolean {
  return /\.edxml$/i.test(name) && !name.startsWith('.') && !name.startsWith('~');
}

/** A name for a file that may not have its own, within the longest that file systems take. */
export function withSuffix(name: string, suffix: string): string {
  const stem = name.replace(/\.edxml$/i, '');
  let kept = stem;
  while (Buffer.byteLength(`${kept}.${suffix}.edxml`) > longestName) kept = [...kept].slice(0, -1).join('');
  return `${kept}.${suffix}.edxml`;
}
