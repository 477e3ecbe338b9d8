// Small pictures of all pages beside the text: drawn when they come into sight, one after another. It moves no page itself.
import { useVirtualizer } from '@tanstack/react-virtual';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef } from 'react';
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';
import { InTurn } from './in-turn';
import type { LayerChoices } from './layers';
import type { PageSize } from './layout';
import type { PageColours } from './page-colours';
import { drawSmall } from './small-page';

export interface ThumbnailsProps {
  readonly pdf: PDFDocumentProxy;
  readonly first: PageSize;
  readonly current: number;
  readonly colours: PageColours | null;
  readonly layers: LayerChoices;
  readonly onPage: (page: number) => void;
}

const width = 108;
const words = 34;
/** A page far longer than wide is shown from its top. */
const tallest = 1.6;

/** A column of pictures; the shown page is marked and kept in sight. */
export function Thumbnails({ pdf, first, current, colours, layers, onPage }: ThumbnailsProps) {
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const height = Math.round(width * Math.min(tallest, first.height / first.width));
  const virtual = useVirtualizer({
    count: pdf.numPages,
    getScrollElement: () => scroller.current,
    estimateSize: () => height + words,
    overscan: 2,
  });
  useEffect(() => virtual.scrollToIndex(current - 1, { align: 'auto' }), [virtual, current]);
  return (
    <div ref={scroller} className="thumbnails">
      <div className="pages" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const page = item.index + 1;
          return (
            <button
              key={item.key}
              type="button"
              className="thumbnail"
              style={{ transform: `translateY(${item.start}px)`, height: height + words - 6 }}
              aria-current={page === current ? 'page' : undefined}
              aria-label={t('viewer.page-of', { page, pages: pdf.numPages })}
              data-testid={testIds.viewer.thumbnail}
              onClick={() => onPage(page)}
            >
              <Picture pdf={pdf} number={page} height={height} colours={colours} layers={layers} />
              <span className="number">{page}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}

const turns = new InTurn();

interface PictureProps {
  readonly pdf: PDFDocumentProxy;
  readonly number: number;
  readonly height: number;
  readonly colours: PageColours | null;
  readonly layers: LayerChoices;
}

function Picture({ pdf, number, height, colours, layers }: PictureProps) {
  const holder = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    const draw = async (): Promise<void> => {
      const page = await pdf.getPage(number);
      const canvas = holder.current;
      if (stop.signal.aborted || canvas === null) return;
      await drawSmall(page, canvas, {
        ...{ width, tallest: height, signal: stop.signal, colours },
        layers: { of: pdf, choices: layers },
      });
    };
    // A page that cannot be drawn small is reported by the reading view when it is read.
    turns.run(draw, stop.signal).catch(() => undefined);
    return () => stop.abort();
  }, [pdf, number, height, colours, layers]);
  return <canvas ref={holder} className="thumbnail-picture" style={{ width, maxHeight: height }} />;
}
