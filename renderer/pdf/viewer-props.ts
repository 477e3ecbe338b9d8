// What the reading view is given and gives back. Types alone.
import type { ReactNode } from 'react';
import type { Annotation } from '../../preload/contract/annotation';
import type { Attachment } from '../../preload/contract/records';
import type { PlacedWord, Placement } from '../../preload/contract/signing-request';
import type { PasswordOf } from './blob-source';
import type { EnclosedFile } from './enclosed';
import type { MarkDesk } from './marks/mark-desk';
import type { CopyWithNotes } from './use-printing';

export interface ViewerProps {
  readonly file: Pick<Attachment, 'sha256' | 'size' | 'name'>;
  readonly marks: MarkDesk;
  /** For the log: what pdf.js could not do. Must keep its identity between renders. */
  readonly onProblem: (error: unknown) => void;
  /** Must keep its identity too. */
  readonly passwordOf: PasswordOf;
  /** Stands in the page's place while an encrypted file has no password. */
  readonly locked: ReactNode;
  readonly placement?: {
    readonly value: Placement;
    readonly label: string;
    readonly onMove: ((placement: Placement) => void) | null;
  };
  /** An address a link of the file leads to; whoever gets it asks before anything is opened. */
  readonly onAddress?: (address: string) => void;
  /** A file that lies inside this one, to be saved to the machine. */
  readonly onSaveEnclosed?: (file: EnclosedFile) => void;
  /** Stands at the foot of every printed sheet; without it nothing is printed from here. */
  readonly printMark?: () => string;
  /** The file with these notes drawn into its pages, for printing; left out: it is printed without notes. */
  readonly copyWithNotes?: (notes: readonly Annotation[]) => Promise<CopyWithNotes>;
  /** A page in sight is there, or cannot be had: what else is read of the file no longer holds it up. Called for every page. */
  readonly onShown?: () => void;
  /** Left out: this file is not compared from here. */
  readonly onCompare?: () => void;
  /** Words that are not on the page yet. */
  readonly written?: readonly PlacedWord[];
  /** How a file is shown first: by the width of the pane, or the whole page. */
  readonly fit?: 'width' | 'page';
  /** Stands at the right end of the tool line. */
  readonly toolbarEnd?: ReactNode;
}
