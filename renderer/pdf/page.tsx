// One page of a PDF: its picture, its selectable text, the hits of a search, and whatever lies over it. It never scrolls.
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { findFolded } from '../i18n/folding';
import { pixelsPerPoint } from '../ui/theme';
import { afterPicture } from './after-picture';
import { loadPdfjs } from './blob-source';
import { joinItems, partsOf } from './find';
import { type LayerChoices, layersRead } from './layers';
import { type PageSize, type Turn, turnedSize } from './layout';
import type { PageColours } from './page-colours';
import type { PageDrawings } from './page-drawings';
import { type LayerSeen, readText, stringsOf, type TextItem } from './text-content';

/** What lies over a page: pixels a point, the page's size and whether its picture is seen are given. */
export type PageOverlay = (scale: number, size: PageSize, seen: boolean) => ReactNode;

export interface PageProps {
  readonly document: PDFDocumentProxy;
  readonly drawings: PageDrawings;
  readonly number: number;
  /** false: mounted beside what is seen, so that turning to it finds it drawn. */
  readonly inSight: boolean;
  readonly zoom: number;
  readonly turn: Turn;
  /** null: the page's own. */
  readonly colours: PageColours | null;
  /** The notes the file came with are left out of the picture. */
  readonly withoutNotes: boolean;
  readonly layers: LayerChoices;
  readonly assumed: PageSize;
  readonly query: string;
  readonly activeHit: number | null;
  readonly overlay: PageOverlay;
  readonly label: string;
  readonly onSize: (number: number, size: PageSize) => void;
  readonly onProblem: (error: unknown) => void;
  /** The page's picture is on the screen, or cannot be had. */
  readonly onSettled: () => void;
  readonly failedWords: string;
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
  seen: LayerSeen | null,
  signal: AbortSignal,
): Promise<LaidText | null> {
  const { pdfjs } = await loadPdfjs();
  const content = await readText(page, seen);
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
  const { document: pdf, drawings, number, inSight, zoom, turn, colours, query, activeHit } = props;
  const { withoutNotes, layers } = props;
  const { onSize, onProblem, onSettled } = props;
  const picture = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(props.assumed);
  const [laid, setLaid] = useState<LaidText | null>(null);
  const [drawn, setDrawn] = useState<'drawing' | 'drawn' | 'settled' | 'failed'>('drawing');
  const scale = zoom * pixelsPerPoint;
  const seen = useRef(inSight);
  seen.current = inSight;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that came into sight is drawn before its neighbours
  useEffect(() => drawings.turned(), [drawings, inSight]);

  useLayoutEffect(() => {
    const stop = new AbortController();
    let drawnOnce = false;
    const run = async (): Promise<void> => {
      await drawings.draw(
        { page: number, scale, colours, withoutNotes, layers },
        {
          signal: stop.signal,
          seen: () => seen.current,
          onPage: (page) => {
            const { width, height } = page.getViewport({ scale: 1 });
            setSize((now) => (now.width === width && now.height === height ? now : { width, height }));
            onSize(number, { width, height });
          },
          onDrawn: async (canvas) => {
            if (stop.signal.aborted || picture.current === null) return;
            picture.current.replaceChildren(canvas);
            drawnOnce = true;
            flushSync(() => setDrawn((now) => (now === 'settled' ? now : 'drawn')));
            await afterPicture(stop.signal);
          },
        },
      );
      if (stop.signal.aborted || text.current === null) return;
      onSettled();
      // Words and links are laid once the picture is seen and nobody turns on: they would hold it up.
      await drawings.spare.wait(() => seen.current, stop.signal);
      setDrawn('settled');
      const page = await pdf.getPage(number);
      const layersSeen = await layersRead(pdf, layers);
      if (stop.signal.aborted) return;
      setLaid(await layText(page, scale, text.current, layersSeen, stop.signal));
    };
    // A page whose text cannot be laid out is still a page.
    run().catch((error: unknown) => {
      if (stop.signal.aborted) return;
      if (!drawnOnce) setDrawn('failed');
      onSettled();
      onProblem(error);
    });
    return () => stop.abort();
  }, [pdf, drawings, number, scale, colours, withoutNotes, layers, onSize, onProblem, onSettled]);

  // A page out of sight gives its images and operators back.
  useEffect(() => {
    return () => {
      // A document that is closed already throws at once, and keeps nothing.
      const giveBack = async (): Promise<void> => void (await pdf.getPage(number)).cleanup();
      giveBack().catch(() => undefined);
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
      className={`page page-${drawn === 'settled' ? 'drawn' : drawn}`}
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
        <div className="page-overlay">{props.overlay(scale, size, drawn === 'settled')}</div>
      </div>
    </section>
  );
}
