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
  'act.arrival-stamp': 'Save a copy with the arrival stamp…',
  'act.urgency-mark': 'Put the urgency mark on the document…',
  'stamp.arrival-title': 'Copy with the arrival stamp',
  'stamp.arrival-label': 'Arrival stamp 50 × 35 mm',
  'stamp.arrival-about':
    'The stamp carries number {number}, day {day}. The original stays as it is, byte for byte; the stamp is on the saved copy alone.',
  'stamp.arrival-unregistered': 'Register and accept the document first.',
  'stamp.arrival-save': 'Save the stamped copy…',
  'stamp.arrival-saved': 'The stamped copy was saved. The original is unchanged.',
  'stamp.arrival-saved-changed':
    'The stamped copy was saved. On it, the signatures of {names} show as changed; the original is unchanged.',
  'stamp.place-guessed':
    'No free paper below the number or the date is large enough: move the box where it belongs.',
  'stamp.forwarded': 'Forwarded to',
  'stamp.file-symbol': 'Number and symbol of the file',
  'stamp.signed-note':
    'The file is signed by {names}. On the stamped copy other programs may say that these signatures were changed. Use the original as proof.',
  'stamp.urgency-title': 'Put the urgency mark',
  'stamp.urgency-1': 'Urgent (20 × 8 mm)',
  'stamp.urgency-2': 'Very urgent (40 × 8 mm)',
  'stamp.urgency-3': 'Most urgent (30 × 8 mm)',
  'stamp.urgency-law':
    'The competent person decides on urgency before signing. Nobody can add this mark once the document is signed.',
  'stamp.urgency-put': 'Put the mark on the draft',
  'stamp.urgency-done':
    'The urgency mark is on the draft and saved. The file as it was is kept in the store.',
};
