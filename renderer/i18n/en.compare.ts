// English words of comparing two versions of a file, and of going back and forth between documents.
import type { viCompare } from './vi.compare';

export const enCompare: Record<keyof typeof viCompare, string> = {
  'compare.title': 'Compare two versions',
  'compare.open': 'Compare with another version',
  'compare.left': 'Earlier',
  'compare.right': 'Later',
  'compare.none-yet': '(not chosen yet)',
  'compare.choose': 'Choose a file of this machine',
  'compare.choose-title': 'Compare with which file?',
  'compare.choose-about':
    'Choose a PDF as the earlier version. It is only read to be compared: it enters no register and is sent nowhere.',
  'compare.not-pdf': 'Only PDFs can be compared; {name} is none. Nothing has changed, choose another file.',
  'compare.one-file': 'Both sides are one file, byte for byte. Choose another version on one side.',
  'compare.not-opened': 'Not compared: {name}.',
  'compare.pane-left': 'Earlier version: {name}',
  'compare.pane-right': 'Later version: {name}',
  'compare.list': 'Differences',
  'compare.reading': 'Reading the text: page {page} of {pages}.',
  'compare.looking': '{count} differences so far. Comparing pictures: page {page} of {pages}.',
  'compare.same': 'The versions do not differ: text and pictures of every page are the same.',
  'compare.same-words':
    'The text does not differ. On {count} pages it stands elsewhere, so their pictures could not be compared; look at them.',
  'compare.found': '{count} differences.',
  'compare.words-only': 'On {count} pages only the text could be compared, not the pictures.',
  'compare.failed': 'Not compared to the end: a page cannot be read. Both files are untouched; look at each.',
  'compare.previous': 'Previous difference',
  'compare.next': 'Next difference',
  'compare.together': 'Scroll together',
  'compare.added': 'Page {page}: added “{after}”',
  'compare.removed': 'Page {page} of the earlier version: removed “{before}”',
  'compare.changed': 'Page {page}: “{before}” became “{after}”',
  'compare.picture': 'Page {page}: pictures differ',
  'compare.page-added': 'Page {page}: only the later version has it',
  'compare.page-removed': 'Page {page} of the earlier version: the later one does not have it',
  'command.compare': 'Compare the shown file with another version',
};
