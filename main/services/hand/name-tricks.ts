// What is odd about an attachment's name: folders, characters nobody sees, a second extension, a program, another content.
// It looks at names and first bytes alone and refuses nothing.
import type { HandFindingCode } from '../../../preload/contract/hand';
import { extensionOf } from '../../edxml';

const hidden = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** Endings with which Windows, a shell or an office program runs what is inside. */
const programs = new Set(
  'exe com scr pif bat cmd ps1 vbs vbe js jse wsf wsh hta msi msp cpl dll jar lnk reg url sh app docm xlsm pptm xlam iso img'.split(
    ' ',
  ),
);

/** Endings of documents: one of them before the last ending makes a reader believe it. */
const documents = new Set(
  'pdf doc docx xls xlsx ppt pptx odt ods txt rtf jpg jpeg png zip rar edxml'.split(' '),
);

const contentOf: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
};

/** Every trick of one name; `content` is what the first bytes say (`sniff`), null when nobody looked. */
export function nameTricks(name: string, content: string | null): HandFindingCode[] {
  const found: HandFindingCode[] = [];
  if (/[\\/]/.test(name) || name === '..') found.push('name-folder');
  if (hidden.test(name)) found.push('name-hidden-characters');
  const visible = name.replace(new RegExp(hidden.source, 'gu'), '');
  const last = extensionOf(visible);
  const parts = visible.split('.').map((part) => part.trim().toLowerCase());
  const before = parts.at(-2) ?? '';
  // A name like "Nghị định 30.2020.pdf" has dots too: only the ending of a document counts as one.
  if (parts.length > 2 && documents.has(before) && last !== '' && before !== last) {
    found.push('name-two-extensions');
  }
  if (programs.has(last)) found.push('name-program');
  const wanted = contentOf[last];
  if (content !== null && content !== (wanted ?? content)) found.push('name-not-its-content');
  else if (content === 'application/pdf' && wanted === undefined && last !== '') {
    found.push('name-not-its-content');
  }
  return found;
}
