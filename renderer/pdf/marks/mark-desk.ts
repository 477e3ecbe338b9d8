// What the reading view is given for marks, by whoever knows the document: the store, and what only the document can tell. Types.
import type { Annotation } from '../../../preload/contract/annotation';
import type { Day, Sha256 } from '../../../preload/contract/ids';
import type { MarkContent } from './content';
import type { MarkStore } from './mark-store';

/** A picture of the clerk's own that can be a stamp; main has looked at it. */
export interface StampPicture {
  readonly sha256: Sha256;
  readonly name: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface MarkDesk {
  readonly store: MarkStore;
  /** false: marks are shown and none is made or changed. */
  readonly may: boolean;
  /** Whose voice a new mark is. */
  readonly layer: 'notes' | 'directions';
  /** Number and date of arrival; null where the document has none. */
  readonly arrival: { readonly number: number; readonly date: Day } | null;
  readonly pictures: readonly StampPicture[];
  /** Where the picture of a stamp can be shown from; null until main has given it. */
  readonly pictureOf: (picture: NonNullable<Annotation['picture']>) => string | null;
  /** Opens the list of the clerk's own pictures. */
  readonly onStampPictures: () => void;
  /** Shared by all reading views of this window. */
  readonly clipboard: { marks: readonly MarkContent[] };
}
