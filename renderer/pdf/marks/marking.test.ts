// The acts of marking on a store without a window: what is typed and taken back, what is emptied, what is made on a hidden layer.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  draw,
  endTyping,
  endWords,
  type Marking,
  markWords,
  paste,
  redo,
  type,
  undo,
  visibleOn,
} from './marking';
import { noteOf, openMarking, sketchOf } from './marks.fixture';

let marking: Marking;

beforeEach(() => {
  // Words are measured by a canvas, which is not here: each letter is then as wide as the next.
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) });
  marking = openMarking();
});

const shown = (): string[] => marking.store.shown().map(({ kind, text }) => (text === '' ? kind : text));

/** A mark of two steps ago, a note of one step ago, and the note's card with what was typed in it since. */
function typeIntoCard(words: string): void {
  draw(marking, sketchOf('ellipse'), 0, 1);
  marking.store.act([{ id: 'note', content: noteOf('một') }]);
  marking.tools.select(['note'], 'note');
  type(marking, { id: 'note', content: noteOf('một') }, words);
}

describe('taking back while words are open', () => {
  it('takes back the words of the open card and no other mark, and they can be done again', () => {
    typeIntoCard('một hai ba');
    undo(marking);
    // The card goes away with what was taken back.
    endWords(marking, 'note');
    expect(shown()).toEqual(['ellipse', 'một']);
    redo(marking);
    expect(shown()).toEqual(['ellipse', 'một hai ba']);
  });

  it('goes on to the steps before, one by one', () => {
    typeIntoCard('một hai ba');
    for (const left of [['ellipse', 'một'], ['ellipse'], []]) {
      undo(marking);
      expect(shown()).toEqual(left);
    }
  });

  it('takes back the words of a new note before anything else, and closes it', () => {
    draw(marking, sketchOf('ellipse'), 0, 1);
    draw(marking, sketchOf('note'), 0, 1);
    const { editing } = marking.tools.state();
    if (editing === null) throw new Error('no note is open');
    type(marking, editing, 'Trình Chủ tịch');
    undo(marking);
    expect([shown(), marking.tools.state().editing]).toEqual([['ellipse'], null]);
    redo(marking);
    expect(shown()).toEqual(['ellipse', 'Trình Chủ tịch']);
  });

  it('takes back an answer that is still being typed before the note it answers', () => {
    typeIntoCard('một hai');
    marking.store.draft({ id: 'answer', content: noteOf('đã xem', 'note') });
    undo(marking);
    expect(shown()).toEqual(['ellipse', 'một hai']);
    undo(marking);
    expect(shown()).toEqual(['ellipse', 'một']);
  });

  it('offers to take back what is typed though nothing was done before, and to do nothing again', () => {
    marking.store.act([{ id: 'a', content: noteOf('một') }]);
    undo(marking);
    expect([marking.store.mayUndo, marking.store.mayRedo]).toEqual([false, true]);
    type(marking, { id: 'b', content: noteOf('') }, 'hai');
    expect([marking.store.mayUndo, marking.store.mayRedo]).toEqual([true, false]);
    redo(marking);
    expect(shown()).toEqual(['hai']);
  });

  it('makes no step of words that are again what they were', () => {
    typeIntoCard('một hai');
    type(marking, { id: 'note', content: noteOf('một') }, 'một');
    undo(marking);
    expect(shown()).toEqual(['ellipse']);
  });

  it('brings words back that were typed before the note was removed', () => {
    typeIntoCard('một hai ba');
    marking.store.act([{ id: 'note', content: null }]);
    undo(marking);
    expect(shown()).toEqual(['ellipse', 'một hai ba']);
  });

  it('ends the words of one new note when the next one is begun', () => {
    for (const words of ['thứ nhất', 'thứ hai']) {
      draw(marking, sketchOf('note'), 0, 1);
      const { editing } = marking.tools.state();
      if (editing !== null) type(marking, editing, words);
    }
    undo(marking);
    expect(shown()).toEqual(['thứ nhất']);
    undo(marking);
    expect(shown()).toEqual([]);
  });
});

describe('typing', () => {
  it('keeps a colour that was chosen while the words were open', () => {
    draw(marking, sketchOf('text'), 0, 1);
    const { editing } = marking.tools.state();
    if (editing === null) throw new Error('no text is open');
    type(marking, editing, 'Chuyển');
    const typed = marking.store.content(editing.id);
    if (typed === null) throw new Error('nothing was kept');
    marking.store.act([{ id: editing.id, content: { ...typed, colour: 'green' } }]);
    type(marking, editing, 'Chuyển phòng');
    expect(marking.store.content(editing.id)).toMatchObject({ text: 'Chuyển phòng', colour: 'green' });
  });
});

describe('a note that was emptied', () => {
  it('is no note any more, and taking back brings it', () => {
    typeIntoCard('');
    endWords(marking, 'note');
    expect(shown()).toEqual(['ellipse']);
    undo(marking);
    expect(shown()).toEqual(['ellipse', 'một']);
  });

  it('stays where it has answers, so that they keep their place', () => {
    marking.store.act([{ id: 'note', content: noteOf('gốc') }]);
    marking.store.act([{ id: 'answer', content: noteOf('trả lời', 'note') }]);
    type(marking, { id: 'note', content: noteOf('gốc') }, '');
    endWords(marking, 'note');
    expect(visibleOn(marking, 1).map(({ id }) => id)).toEqual(['note']);
    expect(shown()).toEqual(['note', 'trả lời']);
    undo(marking);
    expect(shown()).toEqual(['gốc', 'trả lời']);
  });

  it('so does a text that was answered', () => {
    draw(marking, sketchOf('text'), 0, 1);
    const { editing } = marking.tools.state();
    if (editing === null) throw new Error('no text is open');
    type(marking, editing, 'Chuyển');
    endTyping(marking);
    marking.store.act([{ id: 'answer', content: noteOf('trả lời', editing.id) }]);
    marking.tools.edit(editing);
    type(marking, editing, '');
    endTyping(marking);
    expect(shown()).toEqual(['text', 'trả lời']);
  });
});

describe('what is made on a hidden layer', () => {
  const makes: readonly (readonly [string, () => void])[] = [
    ['drawn', () => draw(marking, sketchOf('rectangle'), 0, 1)],
    ['marked', () => markWords(marking, 'highlight', [{ page: 1, quads: [[10, 20, 90, 20, 10, 8, 90, 8]] }])],
    [
      'pasted',
      () => {
        marking.clipboard.marks = [noteOf('một')];
        paste(marking);
      },
    ],
    [
      'typed',
      () => {
        draw(marking, sketchOf('text'), 0, 1);
        const { editing } = marking.tools.state();
        if (editing !== null) type(marking, editing, 'Chuyển');
      },
    ],
  ];

  it.each(makes)('is seen once it is %s', (_how, make) => {
    marking.tools.toggleLayer('notes');
    marking.tools.toggleLayer('imported');
    make();
    expect(visibleOn(marking, 1)).toHaveLength(1);
    // Only the layer it lies on is shown again.
    expect(marking.tools.state().hidden).toEqual(['imported']);
  });

  it('leaves a hidden layer alone where nothing may be made', () => {
    marking = { ...marking, may: false };
    marking.tools.toggleLayer('notes');
    for (const [, make] of makes) make();
    expect([shown(), marking.tools.state().hidden]).toEqual([[], ['notes']]);
  });
});
