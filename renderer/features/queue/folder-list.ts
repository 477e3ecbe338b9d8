// The left pane as data: which folders, under which headings, and what makes a count red. It reads no counts.
import type { TextKey } from '../../i18n/text';
import type { Folder } from '../../ledger';

export interface FolderEntry {
  readonly folder: Folder | 'check';
  readonly label: TextKey;
  /** Late or sent back: the only counts that are red. */
  readonly alarming?: boolean;
  /** A place without a count. */
  readonly uncounted?: boolean;
  /** Shown only while it holds something. */
  readonly onlyWhenFilled?: boolean;
}

export interface FolderGroup {
  readonly heading: TextKey | null;
  readonly entries: readonly FolderEntry[];
}

/** A clerk's folders. */
export const clerkFolders: readonly FolderGroup[] = [
  { heading: null, entries: [{ folder: 'today', label: 'folder.today' }] },
  {
    heading: 'folder.incoming',
    entries: [
      { folder: 'in-to-accept', label: 'folder.in-to-accept' },
      { folder: 'in-to-present', label: 'folder.in-to-present' },
      { folder: 'in-to-assign', label: 'folder.in-to-assign' },
      { folder: 'in-progress', label: 'folder.in-progress' },
      { folder: 'in-overdue', label: 'folder.in-overdue', alarming: true },
      { folder: 'in-finished', label: 'folder.in-finished' },
      { folder: 'in-set-aside', label: 'folder.in-set-aside' },
    ],
  },
  {
    heading: 'folder.outgoing',
    entries: [
      { folder: 'out-draft', label: 'folder.out-draft' },
      { folder: 'out-to-sign', label: 'folder.out-to-sign' },
      { folder: 'out-to-number', label: 'folder.out-to-number' },
      { folder: 'out-to-send', label: 'folder.out-to-send' },
      { folder: 'out-sent', label: 'folder.out-sent' },
      { folder: 'out-returned', label: 'folder.out-returned', alarming: true },
      { folder: 'out-recalled', label: 'folder.out-recalled' },
    ],
  },
  {
    heading: 'folder.books',
    entries: [
      { folder: 'register-incoming', label: 'folder.register-incoming', uncounted: true },
      { folder: 'register-outgoing', label: 'folder.register-outgoing', uncounted: true },
      { folder: 'check', label: 'folder.check', uncounted: true },
    ],
  },
];

/** A leader signs; everything else is the clerk's. */
export const leaderFolders: readonly FolderGroup[] = [
  {
    heading: 'folder.outgoing',
    entries: [
      { folder: 'out-draft', label: 'folder.out-draft' },
      { folder: 'out-to-sign', label: 'folder.out-to-sign' },
      { folder: 'out-to-number', label: 'folder.leader-signed' },
    ],
  },
  { heading: 'folder.books', entries: [{ folder: 'check', label: 'folder.check', uncounted: true }] },
];
