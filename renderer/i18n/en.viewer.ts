// The English words of the reading view's tools; vi.viewer.ts is the source of truth.
import type { viViewer } from './vi.viewer';

export const enViewer: Record<keyof typeof viViewer, string> = {
  'viewer.pages': 'Pages of the file',
  'viewer.side': 'Side column',
  'viewer.side-pages': 'Pages',
  'viewer.side-outline': 'Outline',
  'viewer.side-notes': 'Notes',
  'viewer.side-enclosed': 'Files',
  'viewer.no-outline': 'This file has no outline.',
  'viewer.outline-untitled': '(untitled)',
  'viewer.no-notes': 'There are no notes on this file yet.',
  'viewer.notes-search': 'Search in notes',
  'viewer.kind-highlight': 'Highlight',
  'viewer.kind-note': 'Note',
  'viewer.no-enclosed': 'There are no other files inside this PDF.',
  'viewer.enclosed-about':
    'These files lie inside the PDF. They are not opened here; save one to this computer if you need it.',
  'viewer.more': 'Other ways to view',
  'viewer.fit-page': 'Fit whole page',
  'viewer.two-pages': 'Two pages side by side',
  'viewer.turn': 'Turn right',
  'viewer.turn-back': 'Turn left',
  'viewer.colours': 'High-contrast colours',
  'viewer.present': 'Present on the whole screen',
  'viewer.print': 'Print',
  'viewer.printing': 'Preparing to print: page {page} of {pages}',
  'viewer.print-failed':
    'Not printed: a page could not be drawn. No sheet was printed; the file itself is unchanged.',
  'viewer.print-mark':
    'Print-out for reading, printed {at} by {user}. The version with legal force is the signed electronic file.',
  'viewer.link-page': 'Link to page {page}',
  'viewer.link-address': 'Link to outside: {address}',
  'command.turn': 'Turn the shown page',
  'command.side': 'Open or close the side column of the file',
  'command.present': 'Present on the whole screen',
  'command.print': 'Print the shown file',
};
