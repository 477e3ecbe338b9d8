// An open PDF: virtual rows of pages, the tool line, the column beside, and what stands over the pages. It stores nothing.
import { useVirtualizer } from '@tanstack/react-virtual';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useKept } from '../app/kept';
import { useSlot } from '../app/slots';
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';
import { pixelsPerPoint } from '../ui/theme';
import { EnclosedFiles } from './enclosed-files';
import { FindBar, type FindState } from './find-bar';
import { LayersList } from './layers-list';
import { type PageSize, pageGap, pagesOfRow, rowCount, rowOf, rowRead, turnedSize, zoomFor } from './layout';
import type { LinkTarget } from './links';
import { ownShown, redo, undo } from './marks/marking';
import { MarkingSaid, MarksBar } from './marks/marks-bar';
import { StampMenu } from './marks/stamp-menu';
import { useMarks } from './marks/use-marks';
import './marks/marks.css';
import { NotesList } from './notes-list';
import { OutlineList } from './outline-list';
import { usePageColours } from './page-colours';
import type { PageDrawings } from './page-drawings';
import { PageRow } from './page-row';
import { SidePanel } from './side-panel';
import { Thumbnails } from './thumbnails';
import { nextZoom, Toolbar } from './toolbar';
import { useKeptPlace } from './use-kept-place';
import { useLayers } from './use-layers';
import { useNewest } from './use-newest';
import { noPane, usePane } from './use-pane';
import { assumedPane, rememberPane } from './use-plan';
import { usePresenting } from './use-presenting';
import { usePrinting } from './use-printing';
import { useReading, useStoredPlace } from './use-reading';
import type { ViewerProps } from './viewer-props';

export interface OpenViewerProps extends ViewerProps {
  readonly pdf: PDFDocumentProxy;
  readonly first: PageSize;
  readonly drawings: PageDrawings;
}

export function OpenViewer(props: OpenViewerProps) {
  const { pdf, first, placement, marks: desk, onProblem } = props;
  const { t } = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  const { reading, change, turnBy } = useReading(props.file.sha256, props.fit ?? 'width');
  const assumed = useRef(placement === undefined ? assumedPane(reading) : noPane);
  const pane = usePane(scroller, assumed.current);
  useStoredPlace(props.file.sha256, reading);
  const { colours, next: nextColours } = usePageColours();
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map());
  const [finding, setFinding] = useState(false);
  const [find, setFind] = useState<FindState>({ query: '', active: null });
  const [seen, setSeen] = useState(false);
  const layers = useLayers(pdf, props.file.sha256, seen, onProblem);
  const presenting = usePresenting(frame);

  // A place is moved on the page as it lies in the file.
  const turn = placement === undefined ? reading.turn : 0;
  const spread = presenting.on ? 'one' : reading.spread;
  const choice = presenting.on ? 'page' : reading.zoom;
  const zoom = zoomFor(choice, pane, turnedSize(first, turn), spread, pixelsPerPoint, presenting.on);
  const scale = zoom * pixelsPerPoint;
  const sizeOf = useCallback((page: number): PageSize => sizes.get(page) ?? first, [sizes, first]);
  const [marksOpen, openMarks] = useKept('marks', 'bar', () => false);

  const heightOf = (row: number): number =>
    Math.max(
      ...pagesOfRow(row, pdf.numPages, spread).map((page) => turnedSize(sizeOf(page), turn).height * scale),
    );
  const around = presenting.on ? 0 : pageGap;
  const virtual = useVirtualizer({
    count: rowCount(pdf.numPages, spread),
    getScrollElement: () => scroller.current,
    // Presented, each page has the whole screen.
    estimateSize: (row) => (presenting.on ? pane.height : heightOf(row)),
    initialRect: assumed.current,
    // What lies beside the first page is made once that is seen.
    overscan: seen ? 1 : 0,
    // A page that lies ready is seen in the next picture; what is mounted beside it can wait until after.
    useFlushSync: false,
    // That scrolling ended is told with the scrolling, not as one more drawing of the screen later.
    useScrollendEvent: true,
    gap: around,
    paddingStart: around,
    paddingEnd: around,
  });
  const arranged = `${turn} ${spread} ${presenting.on}`;
  useKeptPlace(virtual, scroller, whole, { scale, pane, sizes, arranged });

  const top = scroller.current?.scrollTop ?? 0;
  const scrolled = { top, height: pane.height, whole: virtual.getTotalSize() };
  const middle = virtual.getVirtualItemForOffset(top + pane.height / 2)?.index ?? 0;
  const row = rowRead(scrolled, rowCount(pdf.numPages, spread), middle);
  const current = pagesOfRow(row, pdf.numPages, spread)[0] ?? 1;

  const marks = useMarks(scroller, desk, { scale, turn, current, sizeOf });
  const { marking } = marks;
  const { tool } = useSyncExternalStore(marking.tools.subscribe, marking.tools.state);
  const printing = usePrinting(pdf, {
    mark: props.printMark,
    layers: layers.choices,
    notes: () => ownShown(marking),
    copyWithNotes: props.copyWithNotes,
    password: () => props.passwordOf(props.file.sha256),
    onProblem,
  });

  const noteSize = useCallback(
    (page: number, size: PageSize) => {
      setSizes((known) => {
        const before = known.get(page) ?? first;
        if (before.width === size.width && before.height === size.height) return known;
        return new Map(known).set(page, size);
      });
    },
    [first],
  );
  const goTo = useCallback(
    (page: number) => virtual.scrollToIndex(rowOf(page, spread), { align: 'start' }),
    [virtual, spread],
  );
  const toAddress = useNewest(props.onAddress);
  const follow = useCallback(
    (target: LinkTarget): void => {
      if (target.kind === 'page') goTo(target.page);
      else toAddress.current?.(target.address);
    },
    [goTo, toAddress],
  );
  const shown = useNewest(props.onShown);
  const settled = useCallback(() => {
    setSeen(true);
    shown.current?.();
  }, [shown]);

  const ready = pane.width > 0;
  useEffect(() => {
    if (ready && reading.side === null && !presenting.on) rememberPane(pane);
  }, [ready, pane, reading.side, presenting.on]);
  const placedOn = placement?.value.page;
  const placedWhat = placement?.label;
  const placedLow = (placement?.value.y ?? 0) < first.height / 2;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thing to place, or another page, moves the view; a key does not
  useEffect(() => {
    if (placedOn !== undefined && ready)
      virtual.scrollToIndex(rowOf(placedOn, spread), { align: placedLow ? 'end' : 'start' });
  }, [placedOn, placedWhat, ready, virtual]);

  // What was being read stays in sight when the pages are turned, set side by side or shown on the whole screen.
  const left = useRef(Math.min(reading.page, pdf.numPages));
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves when the layout changes, not when the page does
  useLayoutEffect(() => {
    // A file that opens at its beginning stands there already: asking for it would lay the pages out once more.
    const there = left.current === 1 && scroller.current?.scrollTop === 0;
    if (ready && placedOn === undefined && !there) goTo(left.current);
  }, [ready, turn, spread, presenting.on, goTo]);
  useEffect(() => {
    if (!ready || left.current === current) return;
    left.current = current;
    change({ page: current });
  }, [ready, current, change]);

  const activeHit = find.active;
  useEffect(() => {
    if (activeHit !== null) goTo(activeHit.page);
  }, [activeHit, goTo]);

  const closeFind = useCallback(() => {
    setFinding(false);
    setFind({ query: '', active: null });
    scroller.current?.focus();
  }, []);

  useSlot('viewer', {
    zoomIn: () => change({ zoom: nextZoom(zoom, 1) }),
    zoomOut: () => change({ zoom: nextZoom(zoom, -1) }),
    fit: () => change({ zoom: 'width' }),
    find: () => setFinding(true),
    highlight: () => marks.take('highlight'),
    turn: () => turnBy(1),
    present: presenting.toggle,
    print: printing.start,
    side: () => change({ side: reading.side === null ? 'pages' : null }),
    marks: () => openMarks((now) => !now),
    mark: (wanted) => {
      if (!desk.may) return;
      openMarks(true);
      marks.take(wanted);
    },
    undo: () => undo(marking),
    redo: () => redo(marking),
    note: (by) => marks.step(by, goTo),
    compare: () => props.onCompare?.(),
  });

  return (
    <div ref={frame} className="viewer" data-testid={testIds.viewer.root}>
      <Toolbar
        zoom={zoom}
        page={current}
        pages={pdf.numPages}
        tool={tool}
        onTool={desk.may ? marks.take : null}
        marksOpen={marksOpen}
        onMarks={() => openMarks((now) => !now)}
        finding={finding}
        reading={reading}
        colours={colours !== null}
        onChange={change}
        onTurn={placement === undefined ? turnBy : null}
        onColours={nextColours}
        onPresent={presenting.toggle}
        onCompare={props.onCompare ?? null}
        onPrint={props.printMark === undefined ? null : printing.start}
        onPage={goTo}
        onFind={() => (finding ? closeFind() : setFinding(true))}
        end={props.toolbarEnd}
      />
      {desk.may && marksOpen ? (
        <MarksBar
          marking={marking}
          onTool={marks.take}
          stamps={<StampMenu desk={desk} onStamp={(face) => marks.take('stamp', face)} />}
        />
      ) : null}
      {finding ? (
        <FindBar
          pdf={pdf}
          layers={layers.choices}
          onChange={setFind}
          onProblem={onProblem}
          onClose={closeFind}
        />
      ) : null}
      {printing.bar}
      <MarkingSaid tools={marking.tools} />
      <div className="viewer-body">
        {reading.side === null || presenting.on ? null : (
          <SidePanel
            tab={reading.side}
            withLayers={layers.entries.length > 0}
            onTab={(side) => change({ side })}
          >
            {reading.side === 'pages' ? (
              <Thumbnails
                pdf={pdf}
                first={first}
                current={current}
                colours={colours}
                layers={layers.choices}
                onPage={goTo}
              />
            ) : reading.side === 'outline' ? (
              <OutlineList pdf={pdf} onFollow={follow} onProblem={onProblem} />
            ) : reading.side === 'notes' ? (
              <NotesList
                marking={marking}
                onGo={(mark, byKey) => {
                  goTo(mark.page);
                  marking.tools.select([mark.id], mark.id, byKey);
                }}
              />
            ) : reading.side === 'layers' ? (
              <LayersList layers={layers} />
            ) : (
              <EnclosedFiles
                pdf={pdf}
                onSave={(file) => props.onSaveEnclosed?.(file)}
                onProblem={onProblem}
              />
            )}
          </SidePanel>
        )}
        <section
          ref={scroller}
          className={`viewer-scroll tool-${tool}${colours === null ? '' : ' other-colours'}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the page must scroll by keys
          tabIndex={0}
          aria-label={t('viewer.pages')}
          data-page-now={current}
          onKeyDown={(event) => {
            if (event.target !== event.currentTarget || event.altKey || event.ctrlKey) return;
            const wide = event.currentTarget.scrollWidth > event.currentTarget.clientWidth;
            const by = pageStep(event.key, presenting.on);
            // A page wider than the pane is moved sideways by the same keys.
            if (by === 0 || (wide && !presenting.on)) return;
            event.preventDefault();
            const to = current + by * (spread === 'two' ? 2 : 1);
            goTo(Math.max(1, Math.min(pdf.numPages, to)));
          }}
        >
          <div ref={whole} className="pages" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => (
              <PageRow
                key={item.key}
                pdf={pdf}
                drawings={props.drawings}
                marks={desk}
                placement={placement}
                written={props.written}
                onProblem={onProblem}
                row={item.index}
                spread={spread}
                start={item.start + (presenting.on ? (pane.height - heightOf(item.index)) / 2 : 0)}
                inSight={isInSight(virtual.range, item.index)}
                zoom={zoom}
                turn={turn}
                colours={colours}
                layers={layers.choices}
                sizeOf={sizeOf}
                find={find}
                marking={marking}
                onSettled={settled}
                onSize={noteSize}
                onFollow={follow}
                onLeave={marks.leave}
              />
            ))}
          </div>
        </section>
      </div>
    </div>
  );
}

/** Before the first measure everything counts as seen. */
function isInSight(
  range: { readonly startIndex: number; readonly endIndex: number } | null,
  row: number,
): boolean {
  return range === null || (row >= range.startIndex && row <= range.endIndex);
}

/** How many pages a key turns: left and right always; up, down, the blank too where one page fills the screen. */
function pageStep(key: string, presenting: boolean): number {
  if (key === 'ArrowLeft') return -1;
  if (key === 'ArrowRight') return 1;
  if (!presenting) return 0;
  if (key === 'ArrowUp' || key === 'PageUp' || key === 'Backspace') return -1;
  return key === 'ArrowDown' || key === 'PageDown' || key === ' ' || key === 'Enter' ? 1 : 0;
}
