// English words of files that come in. The Vietnamese ones are the source of truth.
import type { viIntake } from './vi.intake';

export const enIntake: Record<keyof typeof viIntake, string> = {
  'intake.convert-title': 'Make it a PDF?',
  'intake.convert-do': 'Make it a PDF',
  'intake.convert-office':
    'This file is no PDF yet, so it cannot be signed. LibreOffice on this machine will make a PDF of it; macros are not run and nothing goes over the network.',
  'intake.convert-picture': 'This file is a picture. It will be placed on a PDF page at 200 dpi or more.',
  'intake.convert-pictures':
    'These are {count} pictures. They will become one PDF in the order above, at 200 dpi or more.',
  'intake.convert-kept':
    'The original is kept byte for byte beside the PDF. Look at the PDF before it is signed.',
  'intake.no-pdf-title': 'This file cannot be used yet',
  'intake.refused-title': '{count} files could not be brought in',
  'intake.refused-others': '{count} other files were brought in.',
  'intake.working-title': 'Making a PDF…',
  'intake.working-about': 'It can be stopped at any time; the original is untouched.',
  'intake.stop': 'Stop',
  'intake.made-converted': 'This PDF was made from {name}. Look at each page before it is signed.',
  'intake.made-repaired':
    'This PDF was made anew from the damaged file {name}. Look at each page before it is signed.',
  'intake.and-more': '{name} and {count} more files',
  'intake.damaged-title': 'The PDF is damaged',
  'intake.repair': 'Make a new file of what can be read',
  'intake.repair-about':
    'Better ask the sender for a sound file. Where there is none, a new file can be made of what can still be read; the damaged one stays byte for byte, and the new one says which file it was made from.',
  'intake.repaired-title': 'A new file was made',
  'intake.repaired-use': 'Use the new file',
  'intake.repaired-leave': 'Do not use it',
  'intake.repaired-pages': 'The new file has {pages} pages.',
  'intake.repaired-pages-of': 'The new file has {pages} pages; the damaged one says it has {declared}.',
  'intake.repaired-found':
    '{count} pages that were lost from the list of pages stand at the end: check their order.',
  'intake.repaired-signatures': '{count} digital signatures are lost:',
  'intake.repaired-kept': 'The damaged file {name} is kept as it is beside the new one.',
  'intake.password-title': 'The file has a password',
  'intake.password': 'Password of the file',
  'intake.password-about':
    'The password stays in memory until the application is closed. The file stays encrypted, also once it is signed.',
  'intake.keep': 'Keep the password of this file on this machine (locked with the profile)',
  'intake.unlock': 'Open the file',
  'intake.owner-title': 'The file lets nothing be changed',
  'intake.owner-password': 'Owner password of the file',
  'intake.owner-later': 'Later',
  'intake.save-original': 'Save the original…',
};
