// One page of a PDF: its picture, its selectable text, the hits of a search, and whatever lies over it. It never scrolls.
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { findFolded } from '../i18n/folding';
import { pixelsPerPoint } from '../ui/theme';
import { loadPdfjs } from './blob-source';
import { joinItems, partsOf } from './find';
import { type PageSize, type Turn, turnedSize } from './layout';
import type { PageColours } from './page-colours';
import { readText, stringsOf, type TextItem } from './text-content';

/** What lies over a page: pixels a point and the page's size are given. */
export type PageOverlay = (scale: number, size: PageSize) => ReactNode;

export interface PageProps {
  readonly document: PDFDocumentProxy;
  readonly number: number;
  readonly zoom: number;
  readonly turn: Turn;
  /** null: the page's own. */
  readonly colours: PageColours | null;
  readonly assumed: PageSize;
  readonly query: string;
  readonly activeHit: number | null;
  readonly overlay: PageOverlay;
  readonly label: string;
  readonly onSize: (number: number, size: PageSize) => void;
  readonly onProblem: (error: unknown) => void;
  readonly failedWords: string;
}

/** Above this many pixels a canvas is drawn coarser and stretched: memory is worth more than sharpness. */
const largestCanvas = 2 ** 24;

async function draw(
  page: PDFPageProxy,
  scale: number,
  colours: PageColours | null,
  holder: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  const viewport = page.getViewport({ scale });
  const wanted = window.devicePixelRatio || 1;
  const density = Math.min(wanted, Math.sqrt(largestCanvas / (viewport.width * viewport.height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(viewport.width * density));
  canvas.height = Math.max(1, Math.floor(viewport.height * density));
  canvas.className = 'page-canvas';
  const task = page.render({
    canvas,
    viewport,
    ...(colours === null ? {} : { pageColors: colours }),
    transform: density === 1 ? [1, 0, 0, 1, 0, 0] : [density, 0, 0, density, 0, 0],
  });
  const cancel = (): void => task.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await task.promise;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  if (!signal.aborted) holder.replaceChildren(canvas);
}

/** Text divs of a page with the items they stand for, to lay search hits over. */
interface LaidText {
  readonly items: readonly TextItem[];
  readonly divs: readonly HTMLElement[];
}

async function layText(
  page: PDFPageProxy,
  scale: number,
  holder: HTMLElement,
  signal: AbortSignal,
): Promise<LaidText | null> {
  const { pdfjs } = await loadPdfjs();
  const content = await readText(page);
  if (signal.aborted) return null;
  holder.replaceChildren();
  const layer = new pdfjs.TextLayer({
    textContentSource: content,
    container: holder,
    viewport: page.getViewport({ scale }),
  });
  await layer.render();
  if (signal.aborted) return null;
  return { items: stringsOf(content), divs: layer.textDivs };
}

function rangesOf(laid: LaidText, query: string): Range[][] {
  const joined = joinItems(laid.items);
  return findFolded(joined.text, query).map((hit) =>
    partsOf(joined, hit.start, hit.end).flatMap((part) => {
      const node = laid.divs[part.item]?.firstChild;
      if (!(node instanceof Text)) return [];
      const range = new Range();
      range.setStart(node, Math.min(part.from, node.length));
      range.setEnd(node, Math.min(part.to, node.length));
      return [range];
    }),
  );
}

function highlightOf(name: string): Highlight {
  const known = CSS.highlights.get(name);
  if (known !== undefined) return known;
  const made = new Highlight();
  CSS.highlights.set(name, made);
  return made;
}

/** A page that draws itself when it is mounted and again when the zoom changes. */
export function Page(props: PageProps) {
  const { document: pdf, number, zoom, turn, colours, query, activeHit, onSize, onProblem } = props;
  const picture = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(props.assumed);
  const [laid, setLaid] = useState<LaidText | null>(null);
  const [drawn, setDrawn] = useState<'drawing' | 'drawn' | 'failed'>('drawing');
  const scale = zoom * pixelsPerPoint;

  useEffect(() => {
    const stop = new AbortController();
    let drawnOnce = false;
    const run = async (): Promise<void> => {
      const page = await pdf.getPage(number);
      if (stop.signal.aborted || picture.current === null || text.current === null) return;
      const shown = page.getViewport({ scale: 1 });
      setSize({ width: shown.width, height: shown.height });
      onSize(number, { width: shown.width, height: shown.height });
      await draw(page, scale, colours, picture.current, stop.signal);
      if (stop.signal.aborted) return;
      setDrawn('drawn');
      drawnOnce = true;
      setLaid(await layText(page, scale, text.current, stop.signal));
    };
    // A page whose text cannot be laid out is still a page.
    run().catch((error: unknown) => {
      if (stop.signal.aborted) return;
      if (!drawnOnce) setDrawn('failed');
      onProblem(error);
    });
    return () => stop.abort();
  }, [pdf, number, scale, colours, onSize, onProblem]);

  // A page out of sight gives its images and operators back.
  useEffect(() => {
    return () => {
      pdf.getPage(number).then(
        (page) => page.cleanup(),
        // The document itself is closed: nothing is kept.
        () => undefined,
      );
    };
  }, [pdf, number]);

  useEffect(() => {
    if (laid === null || query === '') return;
    const all = rangesOf(laid, query);
    const other = highlightOf('find');
    const active = highlightOf('find-active');
    all.forEach((ranges, index) => {
      for (const range of ranges) (index === activeHit ? active : other).add(range);
    });
    return () => {
      for (const range of all.flat()) {
        other.delete(range);
        active.delete(range);
      }
    };
  }, [laid, query, activeHit]);

  const shown = turnedSize(size, turn);
  return (
    <section
      className={`page page-${drawn}`}
      data-page={number}
      data-turn={turn}
      aria-label={props.label}
      style={{ width: shown.width * scale, height: shown.height * scale }}
    >
      <div
        className={`page-turned page-turned-${turn}`}
        style={{
          width: size.width * scale,
          height: size.height * scale,
          ['--total-scale-factor' as string]: scale,
          ['--scale-factor' as string]: scale,
        }}
      >
        <div ref={picture} className="page-picture" aria-hidden="true" />
        {drawn === 'failed' ? <p className="page-failed-words">{props.failedWords}</p> : null}
        <div ref={text} className="textLayer" />
        <div className="page-overlay">{props.overlay(scale, size)}</div>
      </div>
    </section>
  );
}
