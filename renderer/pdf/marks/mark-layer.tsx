// All marks of one page over it: drawn, named for screen readers, with handles, the card of the one that is open and the words that
// are being typed. It listens only to what is inside cards; pen and keys have their own modules.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Annotation } from '../../../preload/contract/annotation';
import { testIds } from '../../app/test-ids';
import { useWords, type Words } from '../../i18n/text';
import type { PageSize, Turn } from '../layout';
import { contentOf, type MarkContent } from './content';
import { MarkCard, NoteDraft } from './mark-card';
import { MarkDrawing } from './mark-drawing';
import { MarkEditor } from './mark-editor';
import { sketchId } from './mark-tools';
import { type Marking, mayChange, visibleOn } from './marking';
import { inReadingOrder, wordsUnder } from './note-steps';
import { type Bounds, boundsOf, type Handle, handlesOf } from './places';

export interface MarkLayerProps {
  readonly marking: Marking;
  readonly page: number;
  readonly scale: number;
  readonly size: PageSize;
  readonly turn: Turn;
  readonly pictureOf: (picture: NonNullable<Annotation['picture']>) => string | null;
  /** The keys go back to the mark that is named, or to the pages. */
  readonly onLeave: (mark?: string) => void;
}

export interface ShownMark {
  readonly id: string;
  readonly content: MarkContent;
  readonly mark: Annotation | null;
}

/** In pixels from the page's upper left. */
function frameOf(bounds: Bounds, size: PageSize, scale: number) {
  return {
    left: bounds.left * scale,
    top: (size.height - bounds.upper) * scale,
    width: (bounds.right - bounds.left) * scale,
    height: (bounds.upper - bounds.lower) * scale,
  };
}

/** What a screen reader says of a mark: what it is, where, whose, its words, and how many answers there are. */
export function nameOf(mark: Annotation, answers: number, t: Words['t']): string {
  const what = mark.kind === 'note' ? t(`marks.layer-${mark.layer}`) : t(`viewer.kind-${mark.kind}`);
  const colour = t(`marks.colour-${mark.colour}`);
  const about = t('marks.name', { what, colour, page: mark.page, author: mark.author });
  const said = mark.text === '' ? about : `${about}: ${mark.text}`;
  return answers === 0 ? said : `${said} (${t('marks.answer-count', { count: answers })})`;
}

/** Stable, so that it is called when the mark comes or begins to be wanted, and not at every drawing. */
const takeKeys = (place: HTMLElement | null): void => place?.focus();

/** The lines of a mark of words on the screen, inside the frame of them all; on a turned page the frame alone. */
function linesOf(mark: Annotation, frame: DOMRect, turn: number): DOMRect[] {
  const { left, lower, right, upper } = boundsOf(mark);
  const [wide, high] = [right - left, upper - lower];
  if (turn !== 0 || wide <= 0 || high <= 0) return [frame];
  return mark.quads.map(([x1 = left, y1 = upper, x2 = right, , , y3 = lower]) => {
    const [x, y] = [
      frame.left + ((x1 - left) / wide) * frame.width,
      frame.top + ((upper - y1) / high) * frame.height,
    ];
    return new DOMRect(x, y, ((x2 - x1) / wide) * frame.width, ((y1 - y3) / high) * frame.height);
  });
}

/** For a mark of words: says the words under it, which its own words are not. */
function sayWordsUnder(marking: Marking, mark: Annotation, place: HTMLElement): void {
  if (mark.quads.length === 0) return;
  const page = place.closest('.page');
  const frames = linesOf(mark, place.getBoundingClientRect(), marking.view().turn);
  const words = wordsUnder(page?.querySelector('.textLayer') ?? null, frames);
  if (words !== '') marking.tools.say('marks.words-under', { words });
}

const ownIds: Partial<Record<Annotation['kind'], string>> = {
  highlight: testIds.viewer.highlight,
  note: testIds.viewer.note,
};

export function MarkLayer(props: MarkLayerProps) {
  const { marking, page, scale, size, pictureOf } = props;
  const { t } = useWords();
  const marks = useSyncExternalStore(marking.store.subscribe, marking.store.shown);
  const state = useSyncExternalStore(marking.tools.subscribe, marking.tools.state);
  const { preview, editing, selected, opened, pen, reached } = state;
  const visible = visibleOn(marking, page);
  const shown: ShownMark[] = visible
    .filter((mark) => mark.id !== editing?.id || mark.kind === 'note')
    .map((mark) => ({ id: mark.id, mark, content: preview.get(mark.id) ?? contentOf(mark) }));
  const sketch = preview.get(sketchId);
  if (sketch?.page === page) shown.push({ id: sketchId, mark: null, content: sketch });
  const picture = ({ content }: ShownMark): string | null =>
    content.picture === null ? null : pictureOf(content.picture);
  // The page itself shows what lies in its file.
  const drawings = shown.filter(({ mark }) => mark?.layer !== 'imported');
  const drawn = (one: ShownMark) => (
    <MarkDrawing key={one.id} content={one.content} height={size.height} picture={picture(one)} />
  );
  const box = `0 0 ${size.width} ${size.height}`;
  const card = visible.find((mark) => mark.id === opened);
  return (
    <>
      <svg className="marks-multiplied" viewBox={box} aria-hidden="true">
        {drawings.filter(({ content }) => content.kind === 'highlight').map(drawn)}
      </svg>
      <svg className="marks-drawn" viewBox={box} aria-hidden="true">
        {drawings.filter(({ content }) => content.kind !== 'highlight').map(drawn)}
      </svg>
      {/* The keys come to them as they are read, not as they were made. */}
      {inReadingOrder(visible, props.turn).map((mark) => (
        <button
          key={mark.id}
          type="button"
          className="mark-place"
          style={frameOf(boundsOf(mark), size, scale)}
          ref={reached === mark.id ? takeKeys : undefined}
          aria-label={nameOf(mark, marks.filter(({ replyTo }) => replyTo === mark.id).length, t)}
          aria-pressed={selected.includes(mark.id)}
          data-mark={mark.id}
          data-kind={mark.kind}
          data-testid={ownIds[mark.kind] ?? testIds.marks.mark}
          onFocus={(event) => {
            marking.tools.reach(null);
            sayWordsUnder(marking, mark, event.currentTarget);
            if (!selected.includes(mark.id)) marking.tools.select([mark.id]);
          }}
          // A screen reader presses it without a pointer; pen and keys are answered elsewhere.
          onClick={(event) => {
            if (event.detail === 0)
              marking.tools.select([mark.id], opened === mark.id ? null : mark.id, true);
          }}
        />
      ))}
      {shown
        .filter(({ id }) => selected.includes(id))
        .map((one) => (
          <Selection key={one.id} one={one} {...props} single={selected.length === 1} />
        ))}
      {pen?.page === page ? (
        <PenPlace x={pen.x * scale} y={(size.height - pen.y) * scale} down={pen.drawn !== null} />
      ) : null}
      {editing?.content.page === page && editing.content.kind === 'text' ? (
        <MarkEditor
          key={editing.id}
          marking={marking}
          editing={editing}
          scale={scale}
          size={size}
          onLeave={props.onLeave}
        />
      ) : null}
      {editing?.content.page === page && editing.content.kind === 'note' ? (
        <NoteDraft key={editing.id} {...props} editing={editing} />
      ) : null}
      {card === undefined || editing !== null ? null : (
        <MarkCard
          key={card.id}
          {...props}
          mark={card}
          answers={marks.filter((one) => one.replyTo === card.id)}
        />
      )}
    </>
  );
}

interface SelectionProps extends MarkLayerProps {
  readonly one: ShownMark;
  readonly single: boolean;
}

/** The frame of a selected mark; a single one has handles. */
function Selection({ one, single, marking, scale, size }: SelectionProps) {
  const bounds = boundsOf(one.content);
  const frame = frameOf(bounds, size, scale);
  const handles = single && one.mark !== null && mayChange(marking, one.mark) ? handlesOf(one.content) : [];
  return (
    <div className="mark-selected" style={frame} aria-hidden="true">
      {handles.map((handle) => (
        <span
          key={handle}
          className={`mark-handle mark-handle-${handle}`}
          data-handle={handle}
          style={endPlace(one.content, handle, bounds, scale)}
        />
      ))}
    </div>
  );
}

/** The ends of a line stand where the line ends; the other handles stand by their style. */
function endPlace(content: MarkContent, handle: Handle, bounds: Bounds, scale: number) {
  if (handle !== 'start' && handle !== 'end') return undefined;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = content.strokes[0] ?? [];
  const [x, y] = handle === 'start' ? [x1, y1] : [x2, y2];
  return { left: (x - bounds.left) * scale, top: (bounds.upper - y) * scale };
}

/** The keyboard's pen; it stays in sight. */
function PenPlace({ x, y, down }: { readonly x: number; readonly y: number; readonly down: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step is to be seen
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [x, y]);
  return (
    <div
      ref={place}
      className={down ? 'key-pen key-pen-down' : 'key-pen'}
      style={{ left: x, top: y }}
      aria-hidden="true"
      data-testid={testIds.marks.pen}
    />
  );
}
