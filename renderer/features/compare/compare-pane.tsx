// One of the two files of a comparison: its pages by ranges, the differences marked over them. It compares nothing.
import { useVirtualizer } from '@tanstack/react-virtual';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Ref, useCallback, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { layersAsSaved } from '../../pdf/layers';
import { type PageSize, pageGap, zoomFor } from '../../pdf/layout';
import { Page } from '../../pdf/page';
import type { PageDrawings } from '../../pdf/page-drawings';
import { noPane, usePane } from '../../pdf/use-pane';
import { pixelsPerPoint } from '../../ui/theme';
import type { Place } from './align';
import type { Difference, Side } from './differences';

export interface PaneHandle {
  /** The place a third down from the upper edge, where the eye rests. */
  place(): Place;
  goTo(place: Place): void;
}

export interface ComparePaneProps {
  readonly side: Side;
  readonly name: string;
  readonly pdf: PDFDocumentProxy;
  readonly drawings: PageDrawings;
  readonly first: PageSize;
  /** Empty until all pages were read. */
  readonly sizes: readonly PageSize[];
  /** Of each page, from 1, what differs there. */
  readonly marked: ReadonlyMap<number, readonly Difference[]>;
  readonly active: Difference | null;
  readonly onScroll: () => void;
  readonly onProblem: (error: unknown) => void;
  readonly handle: Ref<PaneHandle>;
}

const nothing = (): void => undefined;
const third = 1 / 3;

export function ComparePane(props: ComparePaneProps) {
  const { side, pdf, first, sizes, handle } = props;
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const pane = usePane(scroller, noPane);
  const zoom = zoomFor('width', pane, first, 'one', pixelsPerPoint);
  const scale = zoom * pixelsPerPoint;
  const sizeOf = useCallback((page: number): PageSize => sizes[page - 1] ?? first, [sizes, first]);
  const virtual = useVirtualizer({
    count: pdf.numPages,
    getScrollElement: () => scroller.current,
    estimateSize: (row) => sizeOf(row + 1).height * scale,
    overscan: 1,
    useFlushSync: false,
    gap: pageGap,
    paddingStart: pageGap,
    paddingEnd: pageGap,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights follow the zoom and the sizes that became known
  useLayoutEffect(() => virtual.measure(), [virtual, scale, sizes]);
  useImperativeHandle(
    handle,
    () => ({
      place() {
        const view = scroller.current;
        if (view === null) return { page: 1, share: 0 };
        const eye = view.scrollTop + view.clientHeight * third;
        const item = virtual.getVirtualItemForOffset(eye);
        if (item === undefined) return { page: 1, share: 0 };
        const share = (eye - item.start) / item.size;
        return { page: item.index + 1, share: Math.max(0, Math.min(1, share)) };
      },
      goTo({ page, share }) {
        const view = scroller.current;
        const item = virtual.measurementsCache[page - 1];
        if (view === null || item === undefined) return;
        view.scrollTop = item.start + item.size * share - view.clientHeight * third;
      },
    }),
    [virtual],
  );
  const ready = pane.width > 0;
  return (
    <section
      ref={scroller}
      className="viewer-scroll compare-pane"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the pages must scroll by keys
      tabIndex={0}
      aria-label={t(`compare.pane-${side}`, { name: props.name })}
      data-testid={testIds.compare.pane(side)}
      onScroll={props.onScroll}
    >
      <div className="pages" style={{ height: virtual.getTotalSize() }}>
        {(ready ? virtual.getVirtualItems() : []).map((item) => {
          const number = item.index + 1;
          return (
            <div key={item.key} className="page-slot" style={{ transform: `translateY(${item.start}px)` }}>
              <Page
                document={pdf}
                drawings={props.drawings}
                number={number}
                inSight={isInSight(virtual.range, item.index)}
                zoom={zoom}
                turn={0}
                colours={null}
                withoutNotes={false}
                layers={layersAsSaved}
                assumed={sizeOf(number)}
                query=""
                activeHit={null}
                label={t('viewer.page-of', { page: number, pages: pdf.numPages })}
                onSize={nothing}
                onSettled={nothing}
                onProblem={props.onProblem}
                failedWords={t('viewer.page-failed')}
                overlay={(pixels) => (
                  <Marked
                    side={side}
                    page={number}
                    pixels={pixels}
                    differences={props.marked.get(number) ?? []}
                    active={props.active}
                  />
                )}
              />
            </div>
          );
        })}
      </div>
    </section>
  );
}

function isInSight(
  range: { readonly startIndex: number; readonly endIndex: number } | null,
  row: number,
): boolean {
  return range === null || (row >= range.startIndex && row <= range.endIndex);
}

interface MarkedProps {
  readonly side: Side;
  readonly page: number;
  readonly pixels: number;
  readonly differences: readonly Difference[];
  readonly active: Difference | null;
}

/** The list beside says the same in words: readers need not hear the boxes. */
function Marked({ side, page, pixels, differences, active }: MarkedProps) {
  return (
    <div aria-hidden="true">
      {differences.flatMap((difference) =>
        difference[side].spots
          .filter((spot) => spot.page === page)
          .flatMap(({ boxes }) => boxes)
          .map(({ left, top, width, height }) => (
            <div
              key={`${difference.id}-${left}-${top}`}
              className={`compare-box compare-${difference.kind}${difference.id === active?.id ? ' compare-active' : ''}`}
              data-testid={testIds.compare.box}
              data-difference={difference.id}
              style={{
                left: left * pixels,
                top: top * pixels,
                width: width * pixels,
                height: height * pixels,
              }}
            />
          )),
      )}
    </div>
  );
}
