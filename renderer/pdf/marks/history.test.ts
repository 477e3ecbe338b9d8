// Taking back and doing again, drawn at random, with another window writing in between.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyContent, type MarkContent, sameContent } from './content';
import { emptyHistory, type MarkHistory, type MarkWrite, recorded, redone, undone } from './history';

type Marks = Map<string, MarkContent>;

const ids = ['a', 'b', 'c', 'd'];
const colours = ['yellow', 'red', 'blue'] as const;

interface Wish {
  readonly id: string;
  readonly act: 'remove' | 'words' | 'colour' | 'place';
  readonly value: number;
  readonly join: boolean;
}

const wish = fc.record<Wish>({
  id: fc.constantFrom(...ids),
  act: fc.constantFrom('remove', 'words', 'colour', 'place'),
  value: fc.nat({ max: 2 }),
  join: fc.boolean(),
});

function fresh(value: number): MarkContent {
  return emptyContent({ page: 1, kind: 'text', colour: 'yellow', layer: 'notes', at: { x: value, y: 0 } });
}

/** What the wish makes of a mark: one that is not there is made. */
function wished(now: MarkContent | undefined, { act, value }: Wish): MarkContent | null {
  if (now === undefined) return fresh(value);
  switch (act) {
    case 'remove':
      return null;
    case 'words':
      return { ...now, text: `chữ ${value}` };
    case 'colour':
      return { ...now, colour: colours[value] ?? 'red' };
    case 'place':
      return { ...now, at: { x: value, y: value } };
  }
}

function write(marks: Marks, { id, content }: MarkWrite): void {
  if (content === null) marks.delete(id);
  else marks.set(id, content);
}

function act(marks: Marks, history: MarkHistory, one: Wish): MarkHistory {
  const before = marks.get(one.id) ?? null;
  const after = wished(marks.get(one.id), one);
  write(marks, { id: one.id, content: after });
  return recorded(history, { edits: [{ id: one.id, before, after }], join: one.join ? 'nudge' : null });
}

function turnAll(marks: Marks, history: MarkHistory, turn: typeof undone): MarkHistory {
  let now = history;
  for (;;) {
    const turned = turn(now, (id) => marks.get(id) ?? null);
    if (turned === null) return now;
    for (const one of turned.writes) write(marks, one);
    now = turned.history;
  }
}

function same(one: Marks, other: Marks, among = ids): boolean {
  return among.every((id) => sameContent(one.get(id) ?? null, other.get(id) ?? null));
}

const marksGiven = fc
  .uniqueArray(fc.constantFrom(...ids))
  .map((given): Marks => new Map(given.map((id, index) => [id, fresh(index)])));

describe('the history of marks', () => {
  it('taken back whole gives the start, done again whole gives the end', () => {
    fc.assert(
      fc.property(marksGiven, fc.array(wish, { maxLength: 25 }), (start, wishes) => {
        const marks = new Map(start);
        const history = wishes.reduce((sum, one) => act(marks, sum, one), emptyHistory);
        const end = new Map(marks);
        const back = turnAll(marks, history, undone);
        expect(same(marks, start)).toBe(true);
        expect(back.done).toEqual([]);
        turnAll(marks, back, redone);
        expect(same(marks, end)).toBe(true);
      }),
    );
  });

  it('gives start and end also in any mixture of back and forth', () => {
    fc.assert(
      fc.property(marksGiven, fc.array(wish), fc.array(fc.boolean()), (start, wishes, ways) => {
        const marks = new Map(start);
        let history = wishes.reduce((sum, one) => act(marks, sum, one), emptyHistory);
        const end = new Map(marks);
        for (const back of ways) {
          const turned = (back ? undone : redone)(history, (id) => marks.get(id) ?? null);
          if (turned === null) continue;
          for (const one of turned.writes) write(marks, one);
          history = turned.history;
        }
        const first = new Map(marks);
        history = turnAll(first, history, undone);
        expect(same(first, start)).toBe(true);
        turnAll(first, history, redone);
        expect(same(first, end)).toBe(true);
      }),
    );
  });

  it('leaves to another window what that window wrote, and takes the rest back and forth', () => {
    const change = fc.record({ mine: fc.boolean(), one: wish });
    fc.assert(
      fc.property(marksGiven, fc.array(change, { maxLength: 25 }), (start, changes) => {
        const marks = new Map(start);
        const touched = new Set<string>();
        let history = emptyHistory;
        for (const { mine, one } of changes) {
          if (mine) history = act(marks, history, one);
          else {
            // The other window has its own two marks.
            const id = one.id === 'a' || one.id === 'b' ? 'c' : one.id;
            touched.add(id);
            write(marks, { id, content: wished(marks.get(id), one) });
          }
        }
        const mine = ids.filter((id) => !touched.has(id));
        const end = new Map(marks);
        history = turnAll(marks, history, undone);
        expect(same(marks, start, mine)).toBe(true);
        turnAll(marks, history, redone);
        expect(same(marks, end, mine)).toBe(true);
      }),
    );
  });

  it('keeps another window’s words where only the place is taken back', () => {
    const marks: Marks = new Map([['a', fresh(0)]]);
    const history = act(marks, emptyHistory, { id: 'a', act: 'place', value: 2, join: false });
    write(marks, {
      id: 'a',
      content: wished(marks.get('a'), { id: 'a', act: 'words', value: 1, join: false }),
    });
    const back = turnAll(marks, history, undone);
    expect(marks.get('a')).toMatchObject({ at: { x: 0, y: 0 }, text: 'chữ 1' });
    turnAll(marks, back, redone);
    expect(marks.get('a')).toMatchObject({ at: { x: 2, y: 2 }, text: 'chữ 1' });
  });

  it('never removes a mark that another window wrote on after it was made here', () => {
    const marks: Marks = new Map();
    const history = act(marks, emptyHistory, { id: 'a', act: 'words', value: 0, join: false });
    write(marks, {
      id: 'a',
      content: wished(marks.get('a'), { id: 'a', act: 'words', value: 2, join: false }),
    });
    turnAll(marks, history, undone);
    expect(marks.get('a')).toMatchObject({ text: 'chữ 2' });
  });

  it('makes one step of moves in a row, and forgets what was taken back when something new is done', () => {
    const marks: Marks = new Map([['a', fresh(0)]]);
    let history = emptyHistory;
    for (const value of [1, 2]) history = act(marks, history, { id: 'a', act: 'place', value, join: true });
    expect(history.done).toHaveLength(1);
    history = turnAll(marks, history, undone);
    expect(marks.get('a')?.at).toEqual({ x: 0, y: 0 });
    history = act(marks, history, { id: 'a', act: 'colour', value: 2, join: false });
    expect(redone(history, (id) => marks.get(id) ?? null)).toBeNull();
  });
});
