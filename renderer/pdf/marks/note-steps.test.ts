import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../preload/contract/annotation';
import { inReadingOrder, steppedNote } from './note-steps';

const note = (id: string, page: number, y: number, x = 0) =>
  ({ id, kind: 'note', page, at: { x, y }, box: null }) as Annotation;
/** Reading order: a, b, c, d. */
const marks = [note('d', 3, 700), note('b', 1, 300, 50), note('a', 1, 300, 10), note('c', 2, 100)];
const id = (from: { mark: string | null; page: number }, by: 1 | -1) =>
  steppedNote(marks, from, by)?.id ?? null;

describe('going from note to note', () => {
  it('reads a line from the left though its notes were not set at quite one height', () => {
    const set = [note('right', 1, 702, 300), note('below', 1, 690), note('left', 1, 700, 20)];
    expect(inReadingOrder(set).map((one) => one.id)).toEqual(['left', 'right', 'below']);
  });

  it('goes over a page as it is turned on the screen', () => {
    const corners = [
      note('upper-left', 1, 700, 20),
      note('upper-right', 1, 700, 500),
      note('lower-left', 1, 100, 20),
      note('lower-right', 1, 100, 500),
    ];
    const order = (turn: 0 | 90 | 180 | 270) => inReadingOrder(corners, turn).map((one) => one.id);
    expect(order(0)).toEqual(['upper-left', 'upper-right', 'lower-left', 'lower-right']);
    expect(order(90)).toEqual(['lower-left', 'upper-left', 'lower-right', 'upper-right']);
    expect(order(180)).toEqual(['lower-right', 'lower-left', 'upper-right', 'upper-left']);
    expect(order(270)).toEqual(['upper-right', 'lower-right', 'upper-left', 'lower-left']);
    const next = steppedNote(corners, { mark: 'lower-left', page: 1 }, 1, 90);
    expect(next?.id).toBe('upper-left');
  });

  it('tells the lines of one page apart from those of the next', () => {
    const set = [note('second', 2, 700, 10), note('first', 1, 700, 300)];
    expect(inReadingOrder(set).map((one) => one.id)).toEqual(['first', 'second']);
  });

  it('follows pages, lines and columns both ways, and ends at the ends', () => {
    const forth = ['a', 'b', 'c', 'd'].map((mark) => id({ mark, page: 1 }, 1));
    expect(forth).toEqual(['b', 'c', 'd', null]);
    const back = ['a', 'b', 'c', 'd'].map((mark) => id({ mark, page: 1 }, -1));
    expect(back).toEqual([null, 'a', 'b', 'c']);
  });

  it('begins with the page that is read when no note is held, or one that is gone', () => {
    expect(id({ mark: null, page: 2 }, 1)).toBe('c');
    expect(id({ mark: null, page: 2 }, -1)).toBe('c');
    expect(id({ mark: 'gone', page: 1 }, 1)).toBe('a');
    expect(id({ mark: null, page: 4 }, 1)).toBeNull();
    expect(id({ mark: null, page: 4 }, -1)).toBe('d');
    expect(steppedNote([], { mark: null, page: 1 }, 1)).toBeNull();
  });
});
