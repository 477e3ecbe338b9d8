// The reading view of one PDF: virtual pages, zoom, find, marks and the place of a signature over it. It stores nothing:
// marks come in and go out as values.
import { useVirtualizer } from '@tanstack/react-virtual';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import {
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Annotation, Attachment } from '../../preload/contract/records';
import type { PlacedWord, Placement } from '../../preload/contract/signing-request';
import { useSlot } from '../app/slots';
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';
import { Skeleton } from '../ui/skeleton';
import { pixelsPerPoint } from '../ui/theme';
import { AnnotationLayer, type NewNote } from './annotation-layer';
import type { PasswordOf } from './blob-source';
import { FindBar, type FindState } from './find-bar';
import { Page, type PageSize } from './page';
import { PlacementLayer } from './placement-layer';
import { selectedQuads } from './selection';
import { nextZoom, type Tool, Toolbar } from './toolbar';
import { usePdf } from './use-pdf';
import { WrittenLayer } from './written-layer';

/** What the clerk draws; identity, author and time are the ledger's. */
export type Mark = Pick<Annotation, 'page' | 'kind' | 'text' | 'at'> & { readonly quads: number[][] };

export interface ViewerProps {
  readonly file: Pick<Attachment, 'sha256' | 'size' | 'name'>;
  readonly marks: readonly Annotation[];
  /** null: no marks may be made on this file. */
  readonly onMark: ((mark: Mark) => void) | null;
  readonly onChangeMark: (mark: Annotation, text: string) => void;
  readonly onRemoveMark: (mark: Annotation) => void;
  /** For the log: what pdf.js could not do. Must keep its identity between renders. */
  readonly onProblem: (error: unknown) => void;
  /** Must keep its identity too. */
  readonly passwordOf: PasswordOf;
  /** Stands in the page's place while an encrypted file has no password. */
  readonly locked: ReactNode;
  readonly placement?: {
    readonly value: Placement;
    readonly label: string;
    readonly onMove: ((placement: Placement) => void) | null;
  };
  /** Words that are not on the page yet. */
  readonly written?: readonly PlacedWord[];
  /** How a file is shown first: by the width of the pane, or the whole page. */
  readonly fit?: 'width' | 'page';
  /** Stands at the right end of the tool line. */
  readonly toolbarEnd?: ReactNode;
}

/** A file that opens, or says in words why it cannot be shown. */
export function Viewer(props: ViewerProps) {
  const state = usePdf(props.file.sha256, props.file.size, props.onProblem, props.passwordOf);
  const { t } = useWords();
  if (state.kind === 'open')
    return <OpenViewer key={props.file.sha256} {...props} pdf={state.pdf} first={state.first} />;
  return (
    <div className="viewer" data-testid={testIds.viewer.root} aria-busy={state.kind === 'opening'}>
      <div className="toolbar">
        <span className="toolbar-end">{props.toolbarEnd}</span>
      </div>
      <div className="viewer-scroll">
        {state.kind === 'opening' ? (
          <div className="viewer-waiting">
            <Skeleton lines={9} />
          </div>
        ) : state.problem === 'viewer.encrypted' ? (
          props.locked
        ) : (
          <p className="viewer-problem">{t(state.problem)}</p>
        )}
      </div>
    </div>
  );
}

const gap = 14;
const margin = 24;

interface OpenViewerProps extends ViewerProps {
  readonly pdf: PDFDocumentProxy;
  readonly first: PageSize;
}

function OpenViewer(props: OpenViewerProps) {
  const { pdf, first, placement, written = [], onMark, onProblem } = props;
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const [zoomChoice, setZoomChoice] = useState<number | 'width' | 'page'>(props.fit ?? 'width');
  const [pane, setPane] = useState({ width: 0, height: 0 });
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map());
  const [tool, setTool] = useState<Tool>('none');
  const [opened, setOpened] = useState<string | null>(null);
  const [newNote, setNewNote] = useState<NewNote | null>(null);
  const [finding, setFinding] = useState(false);
  const [find, setFind] = useState<FindState>({ query: '', active: null });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = (): void => setPane({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, []);

  const byWidth = (pane.width - 2 * margin) / (first.width * pixelsPerPoint);
  const byHeight = (pane.height - 2 * gap) / (first.height * pixelsPerPoint);
  const fitted = zoomChoice === 'page' ? Math.min(byWidth, byHeight) : byWidth;
  const zoom = typeof zoomChoice === 'number' ? zoomChoice : Math.max(0.25, Math.min(1.6, fitted));
  const scale = zoom * pixelsPerPoint;
  const sizeOf = (page: number): PageSize => sizes.get(page) ?? first;

  const virtual = useVirtualizer({
    count: pdf.numPages,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => sizeOf(index + 1).height * scale,
    overscan: 1,
    gap,
    paddingStart: gap,
    paddingEnd: gap,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights follow zoom and the sizes that became known
  useLayoutEffect(() => virtual.measure(), [virtual, scale, sizes]);

  const middle = (scroller.current?.scrollTop ?? 0) + (scroller.current?.clientHeight ?? 0) / 2;
  const current = virtual.getVirtualItemForOffset(middle)?.index ?? 0;

  const noteSize = useCallback((page: number, size: PageSize) => {
    setSizes((known) => {
      const before = known.get(page);
      if (before?.width === size.width && before.height === size.height) return known;
      return new Map(known).set(page, size);
    });
  }, []);
  const goTo = useCallback((page: number) => virtual.scrollToIndex(page - 1, { align: 'start' }), [virtual]);

  const placedOn = placement?.value.page;
  const placedWhat = placement?.label;
  const placedLow = (placement?.value.y ?? 0) < first.height / 2;
  const ready = pane.width > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thing to place, or another page, moves the view; a key does not
  useEffect(() => {
    if (placedOn !== undefined && ready)
      virtual.scrollToIndex(placedOn - 1, { align: placedLow ? 'end' : 'start' });
  }, [placedOn, placedWhat, ready, virtual]);

  const activeHit = find.active;
  useEffect(() => {
    if (activeHit !== null) goTo(activeHit.page);
  }, [activeHit, goTo]);

  const markSelection = (): boolean => {
    const element = scroller.current;
    if (element === null || onMark === null) return false;
    const found = selectedQuads(element, scale);
    for (const { page, quads } of found) {
      const [x = 0, y = 0] = quads[0] ?? [];
      onMark({ page, kind: 'highlight', quads: quads.map((quad) => [...quad]), at: { x, y }, text: '' });
    }
    if (found.length > 0) document.getSelection()?.removeAllRanges();
    return found.length > 0;
  };
  const chooseTool = (wanted: Tool): void => {
    if (wanted === 'highlight' && markSelection()) return;
    setTool(tool === wanted ? 'none' : wanted);
  };
  const startNote = (event: MouseEvent<HTMLElement>): void => {
    if (tool !== 'note' || !(event.target instanceof Element)) return;
    if (event.target.closest('.note-place, .highlight') !== null) return;
    const page = event.target.closest<HTMLElement>('[data-page]');
    if (page === null) return;
    const frame = page.getBoundingClientRect();
    setOpened(null);
    setNewNote({
      page: Number(page.dataset.page),
      x: Math.round((event.clientX - frame.left) / scale),
      y: Math.round((frame.bottom - event.clientY) / scale),
    });
    setTool('none');
  };
  const saveNote = (text: string): void => {
    if (newNote !== null && onMark !== null) {
      onMark({ page: newNote.page, kind: 'note', quads: [], at: { x: newNote.x, y: newNote.y }, text });
    }
    setNewNote(null);
  };
  const closeFind = useCallback(() => {
    setFinding(false);
    setFind({ query: '', active: null });
    scroller.current?.focus();
  }, []);

  useSlot('viewer', {
    zoomIn: () => setZoomChoice(nextZoom(zoom, 1)),
    zoomOut: () => setZoomChoice(nextZoom(zoom, -1)),
    fit: () => setZoomChoice('width'),
    find: () => setFinding(true),
    highlight: () => chooseTool('highlight'),
  });

  return (
    <div className="viewer" data-testid={testIds.viewer.root}>
      <Toolbar
        zoom={zoom}
        page={current + 1}
        pages={pdf.numPages}
        tool={tool}
        onTool={onMark === null ? null : chooseTool}
        finding={finding}
        onZoom={setZoomChoice}
        onPage={goTo}
        onFind={() => (finding ? closeFind() : setFinding(true))}
        end={props.toolbarEnd}
      />
      {finding ? <FindBar pdf={pdf} onChange={setFind} onClose={closeFind} /> : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a press places a note or ends a selection; keys have the tool line */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div
        ref={scroller}
        className={`viewer-scroll tool-${tool}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the page must scroll by keys
        tabIndex={0}
        onClick={startNote}
        onPointerUp={() => {
          if (tool === 'highlight') markSelection();
        }}
      >
        <div className="pages" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const number = item.index + 1;
            return (
              <div key={item.key} className="page-slot" style={{ transform: `translateY(${item.start}px)` }}>
                <Page
                  document={pdf}
                  number={number}
                  zoom={zoom}
                  assumed={sizeOf(number)}
                  query={find.query}
                  activeHit={activeHit?.page === number ? activeHit.index : null}
                  label={t('viewer.page-of', { page: number, pages: pdf.numPages })}
                  onSize={noteSize}
                  onProblem={onProblem}
                  failedWords={t('viewer.page-failed')}
                  overlay={(pageScale, size) => (
                    <>
                      <AnnotationLayer
                        scale={pageScale}
                        size={size}
                        marks={props.marks.filter((mark) => mark.page === number)}
                        newNote={newNote?.page === number ? newNote : null}
                        opened={opened}
                        onOpen={(id) => {
                          setNewNote(null);
                          setOpened(id);
                        }}
                        onSaveNote={saveNote}
                        onChangeNote={(mark, text) => {
                          props.onChangeMark(mark, text);
                          setOpened(null);
                        }}
                        onRemove={(mark) => {
                          props.onRemoveMark(mark);
                          setOpened(null);
                        }}
                      />
                      <WrittenLayer
                        scale={pageScale}
                        size={size}
                        words={written.filter((word) => word.page === number)}
                      />
                      {placement?.value.page === number ? (
                        <PlacementLayer
                          scale={pageScale}
                          size={size}
                          placement={placement.value}
                          label={placement.label}
                          onMove={placement.onMove}
                        />
                      ) : null}
                    </>
                  )}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
