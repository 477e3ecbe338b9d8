// English words of reading files of other kinds than PDF.
import type { viReading } from './vi.reading';

export const enReading: Record<keyof typeof viReading, string> = {
  'kinds.making': 'Making a PDF to look at. The original stays as it is.',
  'kinds.text-utf-8': 'The words of the file.',
  'kinds.text-utf-16': 'The words of the file.',
  'kinds.text-legacy':
    'The words of the file, turned from an older code into Unicode to be read; the original stays as it is.',
  'kinds.text-office': 'Words only, without layout and pictures. To see all of it, save it to the machine.',
  'kinds.cut': 'The file is longer; the rest is in the file saved to the machine.',
  'kinds.list-about': 'An archive of {count} entries, {size} unpacked. None of them has been opened.',
  'kinds.entry-name': 'Name',
  'kinds.entry-size': 'Unpacked',
  'kinds.entry-locked': '(under a password)',
  'kinds.entries-more': 'and {count} more',
};
