// The kept handling sheet of an incoming document as its screens list it: the files, newest first, and the line among the facts. Pure.
import type { Attachment, IncomingDocument } from '../../../preload/contract/records';
import { instantText } from '../../i18n/formats';
import type { Words } from '../../i18n/text';

/** What came in, then the sheet's versions, newest first; a version that was made again is listed once. */
export function filesWithSheet({ attachments, sheet }: IncomingDocument): Attachment[] {
  const seen = new Set<string>(attachments.map(({ sha256 }) => sha256));
  const versions = [...(sheet?.versions ?? [])].reverse().map(({ file }) => file);
  const fresh = versions.filter(({ sha256 }) => {
    const first = !seen.has(sha256);
    seen.add(sha256);
    return first;
  });
  return [...attachments, ...fresh];
}

/** Which version is the newest, of when and by whom; empty where none is kept. */
export function sheetWords({ sheet }: IncomingDocument, t: Words['t']): string {
  const newest = sheet?.versions.at(-1);
  if (sheet === undefined || newest === undefined) return '';
  return t('sheet.fact-words', {
    version: sheet.versions.length,
    at: instantText(newest.at),
    by: newest.by,
  });
}
