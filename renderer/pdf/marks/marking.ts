// The acts of marking, whoever asks for them (pen, keys or buttons): each changes the marks of the open file as one step, and says
// what is selected afterwards. It listens to nothing and draws nothing.
import type { Annotation, MarkColour, MarkLayer } from '../../../preload/contract/annotation';
import { markLines, markLook, wrapMarkText } from '../../../preload/contract/mark-look';
import type { PageSize, Turn } from '../layout';
import { contentOf, type MarkContent } from './content';
import type { MarkStore } from './mark-store';
import type { Editing, MarkTools } from './mark-tools';
import { boundsOf, copied, isHit, moved, type Point } from './places';
import { finished, type Sketch, sameWriting, withStroke } from './sketch';
import { textWidth } from './text-width';

/** How the pages stand now. */
export interface PageView {
  /** Pixels a point. */
  readonly scale: number;
  readonly turn: Turn;
  readonly current: number;
  readonly sizeOf: (page: number) => PageSize;
}

export interface Marking {
  readonly store: MarkStore;
  readonly tools: MarkTools;
  /** false: marks are shown and none is made or changed. */
  readonly may: boolean;
  readonly view: () => PageView;
  /** What was copied, wherever: another document's viewer puts it there too. */
  readonly clipboard: { marks: readonly MarkContent[] };
}

/** Everything but answers and what is hidden; the last one lies on top. */
export function visibleOn({ store, tools }: Marking, page: number): readonly Annotation[] {
  const { hidden } = tools.state();
  return store
    .shown()
    .filter((mark) => mark.page === page && mark.replyTo === null && !hidden.includes(mark.layer));
}

/** The desk's own marks whose layer is shown, with their answers; those of the file itself are in its pages. */
export function ownShown({ store, tools }: Marking): readonly Annotation[] {
  const { hidden } = tools.state();
  return store.shown().filter(({ layer }) => layer !== 'imported' && !hidden.includes(layer));
}

export function mayChange(marking: Marking, mark: Pick<Annotation, 'layer'>): boolean {
  return marking.may && mark.layer !== 'imported';
}

/** The topmost mark under a point; notes and small things before what covers a page. */
export function markAt(marking: Marking, page: number, point: Point, reach: number): Annotation | null {
  const hit = visibleOn(marking, page).filter((mark) => isHit(mark, point, reach));
  return hit.filter((mark) => mark.kind !== 'highlight').at(-1) ?? hit.at(-1) ?? null;
}

function selectedMarks({ store, tools }: Marking): readonly Annotation[] {
  const { selected } = tools.state();
  return store.shown().filter((mark) => selected.includes(mark.id));
}

function changeable(marking: Marking): readonly Annotation[] {
  return selectedMarks(marking).filter((mark) => mayChange(marking, mark));
}

let lastStroke: { readonly id: string; readonly at: number } | null = null;

/** Makes the mark of a sketch; words of a text or a note are then to be typed. `time` is that of the last point. */
export function draw(marking: Marking, sketch: Sketch, began: number, time: number): void {
  const { store, tools, view } = marking;
  const content = finished(sketch, view().sizeOf(sketch.page));
  if (content === null || !marking.may) return;
  tools.showLayers([content.layer]);
  if (content.kind === 'text' || content.kind === 'note') {
    // Words that are still open elsewhere are over.
    endTyping(marking);
    tools.used();
    tools.edit({ id: crypto.randomUUID(), content });
    return;
  }
  if (content.kind === 'ink') {
    const last = lastStroke === null ? null : store.content(lastStroke.id);
    const joins = lastStroke !== null && began - lastStroke.at < sameWriting && last !== null;
    if (
      joins &&
      last.page === content.page &&
      last.colour === content.colour &&
      last.layer === content.layer
    ) {
      store.act([{ id: lastStroke?.id ?? '', content: withStroke(last, content) }]);
      lastStroke = { id: lastStroke?.id ?? '', at: time };
      return;
    }
  }
  const id = crypto.randomUUID();
  store.act([{ id, content }]);
  if (content.kind === 'ink') lastStroke = { id, at: time };
  tools.used();
  if (tools.state().tool === 'select') tools.select([id]);
}

/** Words on the page that were selected become a mark of each page they stand on. */
export function markWords(
  marking: Marking,
  kind: 'highlight' | 'underline' | 'strike',
  found: readonly { readonly page: number; readonly quads: readonly (readonly number[])[] }[],
): void {
  const { store, tools } = marking;
  const { colours, layer } = tools.state();
  if (!marking.may) return;
  tools.showLayers([layer]);
  store.act(
    found.map(({ page, quads }) => {
      const [x = 0, y = 0] = quads[0] ?? [];
      const lines = quads.map((quad) => [...quad]);
      const rest = { text: '', strokes: [], box: null, picture: null, replyTo: null };
      const content = { page, kind, quads: lines, at: { x, y }, colour: colours[kind], layer, ...rest };
      return { id: crypto.randomUUID(), content };
    }),
  );
}

/** Removes marks and the answers to them. */
export function remove(marking: Marking, ids: readonly string[]): void {
  const { store, tools } = marking;
  const gone = store
    .shown()
    .filter((mark) => mayChange(marking, mark))
    .filter((mark) => ids.includes(mark.id) || (mark.replyTo !== null && ids.includes(mark.replyTo)));
  if (gone.length > 0) store.act(gone.map(({ id }) => ({ id, content: null })));
  tools.select([]);
}

/** Moves what is selected; steps in a row go back as one. */
export function nudge(marking: Marking, dx: number, dy: number): void {
  const { store, view } = marking;
  const writes = changeable(marking).map((mark) => ({
    id: mark.id,
    content: moved(contentOf(mark), dx, dy, view().sizeOf(mark.page)),
  }));
  if (writes.length > 0) store.act(writes, `move ${writes.map(({ id }) => id).join(' ')}`);
}

/** One part of what is selected, changed by `change`. */
export function changeSelected(
  marking: Marking,
  change: (content: MarkContent, page: PageSize) => MarkContent,
  join: string | null = null,
): void {
  const { store, view } = marking;
  const writes = changeable(marking).map((mark) => ({
    id: mark.id,
    content: fitted(change(contentOf(mark), view().sizeOf(mark.page))),
  }));
  if (writes.length > 0) store.act(writes, join);
}

/** The colour of what is selected, and of what the same tools make next. */
export function colour(marking: Marking, wanted: MarkColour): void {
  const { tools } = marking;
  const { tool } = tools.state();
  const kinds = changeable(marking).map(({ kind }) => kind);
  tools.chooseColour(tool === 'select' ? kinds : [tool, ...kinds], wanted);
  changeSelected(marking, (content) => ({ ...content, colour: wanted }));
}

export function layer(marking: Marking, wanted: Exclude<MarkLayer, 'imported'>): void {
  marking.tools.chooseLayer(wanted);
  changeSelected(marking, (content) => ({ ...content, layer: wanted }));
}

/** A text's box is as high as its words need. */
export function fitted(content: MarkContent): MarkContent {
  if (content.box === null || content.picture !== null) return content;
  if (content.kind !== 'text' && content.kind !== 'stamp') return content;
  const [left = 0, lower = 0, right = 0, upper = 0] = content.box;
  const size = content.kind === 'stamp' ? markLook.stampText : markLook.text;
  const lines = wrapMarkText(content.text, right - left - 2 * markLook.padding, textWidth(size));
  const given = content.kind === 'text' ? 0 : upper - lower;
  const { height } = markLines(content.kind, Math.max(1, lines.length), given);
  return { ...content, box: [left, Math.round((upper - height) * 100) / 100, right, upper] };
}

/** A mark with the words typed so far: its field goes away with a page that is scrolled out of sight, and comes back with them. */
export function typedSoFar({ store }: Marking, { id, content }: Editing): MarkContent {
  return store.content(id) ?? content;
}

/** Words as they are typed: kept at every letter, so that nothing typed is lost. */
export function type(marking: Marking, editing: Editing, text: string): void {
  const { id } = editing;
  if (text === '' && marking.store.content(id) === null) return;
  marking.store.draft({ id, content: fitted({ ...typedSoFar(marking, editing), text }) });
}

/** However the words of a mark were left, they are one step to take back. Left without words it is no mark, unless it was answered. */
export function endWords({ store }: Marking, id: string): void {
  const now = store.content(id);
  const isEmpty = (now?.kind === 'note' || now?.kind === 'text') && now.text.trim() === '';
  // An answer without what it answers would have no place on its page.
  const isAnswered = isEmpty && store.shown().some(({ replyTo }) => replyTo === id);
  if (isEmpty && !isAnswered) store.draft({ id, content: null });
  store.settle(id);
}

/** The typing is over. */
export function endTyping(marking: Marking): void {
  const { store, tools } = marking;
  const { editing } = tools.state();
  if (editing === null) return;
  const { id } = editing;
  tools.edit(null);
  endWords(marking, id);
  tools.select(store.content(id) === null ? [] : [id]);
}

/** Copies what is selected; false: nothing is. */
export function copy(marking: Marking): boolean {
  const marks = selectedMarks(marking);
  if (marks.length === 0) return false;
  marking.clipboard.marks = marks.map(contentOf);
  return true;
}

/** What was copied, on the page that is read now; imported marks become the clerk's own. */
export function paste(marking: Marking): boolean {
  const { store, tools, view, clipboard } = marking;
  if (clipboard.marks.length === 0 || !marking.may) return false;
  const { current, sizeOf } = view();
  const { layer: own } = tools.state();
  const writes = clipboard.marks.map((mark) => ({
    id: crypto.randomUUID(),
    content: {
      ...copied(mark, current, sizeOf(current)),
      layer: mark.layer === 'imported' ? own : mark.layer,
    },
  }));
  tools.showLayers(writes.map(({ content }) => content.layer));
  store.act(writes);
  tools.select(writes.map(({ id }) => id));
  // Pasted once more, it lies beside the copy.
  clipboard.marks = writes.map(({ content }) => content);
  return true;
}

/** Words in an open field or card, and of an answer, become steps. */
function endAllWords(marking: Marking): void {
  endTyping(marking);
  for (const id of marking.store.drafted) endWords(marking, id);
}

/** Takes the newest step back; words that are still being typed are one. */
export function undo(marking: Marking): void {
  if (!marking.may) return;
  endAllWords(marking);
  const changed = marking.store.undo();
  if (changed !== null) marking.tools.select(changed);
}

/** Does again what was taken back last, unless something was typed since. */
export function redo(marking: Marking): void {
  if (!marking.may) return;
  endAllWords(marking);
  const changed = marking.store.redo();
  if (changed !== null) marking.tools.select(changed);
}

/** The middle of a mark, for going there. */
export function middleOf(content: MarkContent): Point {
  const { left, lower, right, upper } = boundsOf(content);
  return { x: (left + right) / 2, y: (lower + upper) / 2 };
}
