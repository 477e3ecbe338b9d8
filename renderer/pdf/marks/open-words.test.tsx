// Fields of open words, rendered anew as when a page came back into sight, and how marks are drawn. No window is needed.
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, expect, it, vi } from 'vitest';
import { WordsProvider } from '../../i18n/text';
import { NoteDraft } from './mark-card';
import { MarkDrawing } from './mark-drawing';
import { MarkEditor } from './mark-editor';
import { draw, type Marking, type } from './marking';
import { noteOf, openMarking, pageSize, sketchOf } from './marks.fixture';

beforeEach(() => {
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) });
  vi.stubGlobal('localStorage', { getItem: () => 'vi' });
});

const nothing = (): void => undefined;

/** The words in the field of what is being typed, as it is when it comes to the screen. */
function wordsInField(marking: Marking): string | undefined {
  const { editing } = marking.tools.state();
  if (editing === null) throw new Error('nothing is open');
  const common = { marking, editing, scale: 1, size: pageSize, onLeave: nothing };
  const field =
    editing.content.kind === 'note' ? (
      <NoteDraft {...common} page={1} turn={0} pictureOf={() => null} />
    ) : (
      <MarkEditor {...common} />
    );
  const markup = renderToStaticMarkup(<WordsProvider>{field}</WordsProvider>);
  return /<textarea[^>]*>([^<]*)<\/textarea>/.exec(markup)?.[1];
}

it.each(['note', 'text'] as const)(
  'the words of an open %s are in its field when its page comes back',
  (kind) => {
    const marking = openMarking();
    draw(marking, sketchOf(kind), 0, 1);
    expect(wordsInField(marking)).toBe('');
    const { editing } = marking.tools.state();
    if (editing === null) throw new Error('nothing is open');
    type(marking, editing, 'Đề nghị phòng A báo cáo');
    expect(wordsInField(marking)).toBe('Đề nghị phòng A báo cáo');
  },
);

it('each highlight darkens as one what lies under it, and no other kind does', () => {
  const lines = {
    ...noteOf(''),
    quads: [
      [10, 20, 90, 20, 10, 8, 90, 8],
      [10, 30, 90, 30, 10, 18, 90, 18],
    ],
  };
  const drawing = (kind: 'highlight' | 'underline'): string =>
    renderToStaticMarkup(<MarkDrawing content={{ ...lines, kind }} height={842} picture={null} />);
  expect(drawing('highlight')).toMatch(/^<g class="mark-highlight">(<polygon [^>]*><\/polygon>){2}<\/g>$/);
  expect(drawing('underline')).not.toContain('mark-highlight');
});
