// Where the clerk is: which folder, which document, which screen over them. A pure reducer; it reads no data.
import type { DeskId } from '../../preload/contract/ids';
import type { Folder } from '../ledger';

/** A folder of the left pane that holds documents in a list. */
export type ListFolder = Exclude<Folder, 'register-incoming' | 'register-outgoing'>;

/** What fills the window right of the folders, or the whole window for a road or a draft. */
export type View =
  | { readonly kind: 'folder'; readonly folder: ListFolder; readonly document: DeskId | null }
  | {
      readonly kind: 'search';
      readonly text: string;
      readonly document: DeskId | null;
      readonly back: ListFolder;
    }
  | { readonly kind: 'register'; readonly which: 'incoming' | 'outgoing' }
  | { readonly kind: 'check' }
  | { readonly kind: 'draft'; readonly document: DeskId | null; readonly back: View }
  | { readonly kind: 'copy'; readonly of: DeskId | null; readonly back: View }
  | { readonly kind: 'road'; readonly document: DeskId; readonly back: View }
  | { readonly kind: 'stamp'; readonly document: DeskId; readonly back: View }
  | { readonly kind: 'batch'; readonly back: View };

export type ViewAct =
  | { readonly kind: 'folder'; readonly folder: Folder | 'check' }
  | { readonly kind: 'select'; readonly document: DeskId | null }
  | { readonly kind: 'open'; readonly folder: ListFolder; readonly document: DeskId }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'draft'; readonly document: DeskId | null }
  | { readonly kind: 'copy'; readonly of: DeskId | null }
  | { readonly kind: 'stamp'; readonly document: DeskId }
  | { readonly kind: 'road'; readonly document: DeskId }
  | { readonly kind: 'batch' }
  | { readonly kind: 'up' };

/** What is shown first; a leader's desk has one folder. */
export function firstView(profile: 'clerk' | 'leader'): View {
  return { kind: 'folder', folder: profile === 'leader' ? 'out-to-sign' : 'in-to-accept', document: null };
}

function folderView(folder: Folder | 'check'): View {
  switch (folder) {
    case 'check':
      return { kind: 'check' };
    case 'register-incoming':
      return { kind: 'register', which: 'incoming' };
    case 'register-outgoing':
      return { kind: 'register', which: 'outgoing' };
    default:
      return { kind: 'folder', folder, document: null };
  }
}

/** The list a search goes back to. */
function listBehind(view: View): ListFolder {
  if (view.kind === 'folder') return view.folder;
  return view.kind === 'search' ? view.back : 'in-to-accept';
}

function up(view: View): View {
  switch (view.kind) {
    case 'draft':
    case 'copy':
    case 'stamp':
    case 'road':
    case 'batch':
      return view.back;
    case 'search':
      return { kind: 'folder', folder: view.back, document: null };
    default:
      return view;
  }
}

/** A screen over the whole window. */
export function isFull(view: View): view is Extract<View, { readonly back: View }> {
  switch (view.kind) {
    case 'draft':
    case 'copy':
    case 'stamp':
    case 'road':
    case 'batch':
      return true;
    default:
      return false;
  }
}

/** Screens over the whole window do not lie on each other: each goes back to where the first was opened. */
function behind(view: View): View {
  return isFull(view) ? view.back : view;
}

/** The view after an act. */
export function nextView(view: View, act: ViewAct): View {
  switch (act.kind) {
    case 'folder':
      return folderView(act.folder);
    case 'select':
      return view.kind === 'folder' || view.kind === 'search' ? { ...view, document: act.document } : view;
    case 'open':
      return { kind: 'folder', folder: act.folder, document: act.document };
    case 'search':
      if (act.text.trim() === '') return view.kind === 'search' ? up(view) : view;
      return { kind: 'search', text: act.text, document: null, back: listBehind(view) };
    case 'draft':
      return {
        kind: 'draft',
        document: act.document,
        back: behind(view),
      };
    case 'copy':
      return { kind: 'copy', of: act.of, back: behind(view) };
    case 'stamp':
      return { kind: 'stamp', document: act.document, back: behind(view) };
    case 'road':
      return {
        kind: 'road',
        document: act.document,
        back: behind(view),
      };
    case 'batch':
      return view.kind === 'folder' || view.kind === 'search' ? { kind: 'batch', back: view } : view;
    case 'up':
      return up(view);
  }
}
