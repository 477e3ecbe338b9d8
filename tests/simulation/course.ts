// What a clerk does with a document that came, and the word each act leaves in its history. Values only.
import type { DeskId } from '../../preload/contract/ids';

export const acts = {
  accept: 'registered',
  refuse: 'refused',
  present: 'presented',
  assign: 'assigned',
  progress: 'progress',
  finish: 'finished',
} as const;

/** The course of a document that is taken in. */
export const course = ['accept', 'present', 'assign', 'finish'] as const;

/** Something that was told to the clerk as saved: the row must have this in its history for ever. */
export interface Kept {
  readonly table: 'incoming' | 'outgoing';
  readonly id: DeskId;
  readonly what: string;
}
