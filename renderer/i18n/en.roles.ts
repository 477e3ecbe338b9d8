// English words of what the agency makes beside documents of its own: electronic copies of others' documents.
import type { viRoles } from './vi.roles';

export const enRoles: Record<keyof typeof viRoles, string> = {
  'act.copy': 'Make a copy',
  'act.copy-of': 'Make a copy…',
  'act.seal-copy': 'Sign the copy for the agency',
  'command.copy': 'Make a copy (true copy, extended copy, excerpt)',
  'copy.title': 'Make an electronic copy',
  'copy.choose-title': 'Choose the PDF to be copied',
  'copy.choose-about':
    'A colour scan at full size, 200 dpi or more; for an excerpt, a file that holds the excerpt alone. The original file stays as it is, byte for byte.',
  'copy.form': 'Form of the copy',
  'copy.form-SAO Y': 'True copy (sao y)',
  'copy.form-SAO LỤC': 'Extended copy (sao lục)',
  'copy.form-TRÍCH SAO': 'Excerpt (trích sao)',
  'copy.source': 'Copied from',
  'copy.source-paper-original': 'A scanned paper original',
  'copy.source-paper-copy': 'A scanned paper true copy',
  'copy.source-electronic': 'An electronic original',
  'copy.will-show': 'The upper right corner of page 1 will read: “{form}; {agency}; time of signing”.',
  'copy.law':
    'The competent person decides on copying. Copies have a series of numbers of their own each year, shared by all three forms.',
  'copy.lacks-file': 'Choose the PDF to be copied.',
  'copy.save': 'Save and go on to the number',
  'copy.seal-about':
    'The agency’s signature stands in the upper right corner of page 1 as text, without the picture of a seal. The PIN is asked for in its own window.',
  'copy.number-about':
    'The number is from the copies’ own series of the year; nothing is written on the copied page.',
  'copy.place-label': 'The signature of the copy',
  'done.copy-sealed': 'The copy is signed and was checked again from the disk. It can be sent or saved.',
};
