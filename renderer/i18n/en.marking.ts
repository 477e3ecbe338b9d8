// English words of vi.marking.ts.
import type { viMarking } from './vi.marking';

export const enMarking = {
  'command.save-marked': 'Save a copy with notes',
  'marking.copy': 'Save a copy with notes',
  'marking.copy-about':
    'The original keeps every byte. The notes are written into another file, saved where you choose.',
  'marking.way': 'How they are written',
  'marking.way-annotations': 'As PDF notes: other programs can show, answer and take them off',
  'marking.way-flattened': 'Drawn into the page: they cannot be taken off; words can still be searched',
  'marking.layers': 'Layers',
  'marking.layer-count': '{layer} ({count})',
  'marking.words-behind':
    'The words of {count} notes are printed on pages at the end of the copy, under the number drawn beside each note.',
  'marking.imported-stay': 'Notes already in the file stay in the new one.',
  'marking.checking': 'Looking whether the new file touches a signature…',
  'marking.check-failed':
    'Whether the new file touches a signature could not be seen. If you save it anyway, that is looked at again and told once it is saved.',
  'marking.signed-none': 'The file is signed; the copy with notes makes no signature show a change.',
  'marking.signed-changed':
    'On the copy, the signature of {names} will show that something was added after it.',
  'marking.signed-broken': 'On the copy, the signature of {names} will show as changed and no longer valid.',
  'marking.signer-unnamed': 'a signer without a name',
  'marking.signed-about':
    'The copy is another document, for reference; it does not stand for the signed one. The original keeps its signatures.',
  'marking.nothing': 'There is no note on the chosen layers yet.',
  'marking.save': 'Save the copy',
  'marking.saved': 'A copy with {count} notes was saved. The original is untouched.',
  'marking.unshown':
    'The font of this application lacks these signs; on the page they show as a box: {signs}',
  'marking.into-draft': 'Write into the draft',
  'marking.into-draft-about':
    'Nobody has signed the draft: the notes can be written into it for the signer to see. The earlier version is kept.',
  'marking.drafted': '{count} notes were written into the draft. The earlier version is kept.',
  'sheet.open': 'Handling sheet',
  'sheet.title': 'Handling sheet of an incoming document',
  'sheet.about':
    'Filled from the document and the notes; every word can be changed. A sheet kept with the document stays on this machine and is never sent.',
  'sheet.parent': 'Agency above',
  'sheet.agency': 'Agency',
  'sheet.number': 'Arrival number',
  'sheet.arrival-date': 'Arrival date',
  'sheet.type': 'Type',
  'sheet.author': 'Issued by',
  'sheet.notation': 'Number and symbol',
  'sheet.document-date': 'Date of the document',
  'sheet.subject': 'Subject',
  'sheet.opinion': 'Opinion {number}',
  'sheet.opinion-of': 'Goes to',
  'sheet.of-leader': "The agency's leader",
  'sheet.of-unit': "The unit's leader",
  'sheet.of-handler': 'Proposal of who handles it',
  'sheet.of-none': 'Not on the sheet',
  'sheet.opinion-text': 'Words',
  'sheet.opinion-by': 'Name',
  'sheet.opinion-day': 'Day',
  'sheet.add': 'Add an opinion',
  'sheet.show': 'Show the sheet',
  'sheet.back': 'Change it',
  'sheet.keep': 'Keep with the document',
  'sheet.kept': 'The handling sheet is kept with the document. Earlier versions stay.',
  'sheet.news':
    'Since it was kept, {count} opinions came, changed or went: the sheet below has them, and keeping it makes a new version.',
  'sheet.save': 'Save as a file',
  'sheet.saved': 'The handling sheet was saved as a file.',
  'sheet.file-name': 'Handling sheet {number}.pdf',
  'sheet.version-name': 'Handling sheet {number} (version {version}).pdf',
  'sheet.fact': 'Handling sheet',
  'sheet.fact-words': 'Version {version}, {at}, {by}',
  'history.sheet-kept': 'Handling sheet kept',
} as const satisfies Record<keyof typeof viMarking, string>;
