// One row of the reading view: its one or two pages, with marks, links and places over them. It scrolls nothing.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { memo, useSyncExternalStore } from 'react';
import { useWords } from '../i18n/text';
import type { FindState } from './find-bar';
import type { LayerChoices } from './layers';
import { type PageSize, pagesOfRow, type Spread, type Turn } from './layout';
import { LinkLayer } from './link-layer';
import type { LinkTarget } from './links';
import { MarkLayer } from './marks/mark-layer';
import type { Marking } from './marks/marking';
import { Page } from './page';
import type { PageColours } from './page-colours';
import type { PageDrawings } from './page-drawings';
import { PlacementLayer } from './placement-layer';
import type { ViewerProps } from './viewer-props';
import { WrittenLayer } from './written-layer';

export interface PageRowProps extends Pick<ViewerProps, 'marks' | 'onProblem'> {
  readonly placement: ViewerProps['placement'] | undefined;
  readonly written: ViewerProps['written'] | undefined;
  readonly pdf: PDFDocumentProxy;
  readonly drawings: PageDrawings;
  readonly inSight: boolean;
  /** From 0. */
  readonly row: number;
  readonly spread: Spread;
  readonly start: number;
  readonly zoom: number;
  readonly turn: Turn;
  readonly colours: PageColours | null;
  readonly layers: LayerChoices;
  readonly sizeOf: (page: number) => PageSize;
  readonly find: FindState;
  readonly marking: Marking;
  readonly onSettled: () => void;
  readonly onSize: (page: number, size: PageSize) => void;
  readonly onFollow: (target: LinkTarget) => void;
  /** The keys go back to the pages. */
  readonly onLeave: () => void;
}

/** Made anew only for what changed in it: turning a page makes one row, not all. Functions given must keep their identity. */
export const PageRow = memo(function PageRow(props: PageRowProps) {
  const { pdf, placement, written = [], find } = props;
  const { t } = useWords();
  const { tools } = props.marking;
  const withoutNotes = useSyncExternalStore(tools.subscribe, () => tools.state().hidden.includes('imported'));
  return (
    // On whole pixels: a picture that lies between two is blurred.
    <div className="page-slot" style={{ transform: `translateY(${Math.round(props.start)}px)` }}>
      {pagesOfRow(props.row, pdf.numPages, props.spread).map((number) => (
        <Page
          key={number}
          document={pdf}
          drawings={props.drawings}
          inSight={props.inSight}
          number={number}
          zoom={props.zoom}
          turn={props.turn}
          colours={props.colours}
          layers={props.layers}
          withoutNotes={withoutNotes}
          assumed={props.sizeOf(number)}
          query={find.query}
          activeHit={find.active?.page === number ? find.active.index : null}
          label={t('viewer.page-of', { page: number, pages: pdf.numPages })}
          onSize={props.onSize}
          onSettled={props.onSettled}
          onProblem={props.onProblem}
          failedWords={t('viewer.page-failed')}
          overlay={(scale, size, seen) => (
            <>
              {/* What is read from the file beside the picture waits for it. */}
              {seen ? (
                <LinkLayer
                  pdf={pdf}
                  number={number}
                  scale={scale}
                  size={size}
                  onFollow={props.onFollow}
                  onProblem={props.onProblem}
                />
              ) : null}
              <MarkLayer
                marking={props.marking}
                page={number}
                scale={scale}
                size={size}
                turn={props.turn}
                pictureOf={props.marks.pictureOf}
                onLeave={props.onLeave}
              />
              <WrittenLayer
                scale={scale}
                size={size}
                words={written.filter((word) => word.page === number)}
              />
              {placement?.value.page === number ? (
                <PlacementLayer
                  scale={scale}
                  size={size}
                  placement={placement.value}
                  label={placement.label}
                  onMove={placement.onMove}
                />
              ) : null}
            </>
          )}
        />
      ))}
    </div>
  );
});
