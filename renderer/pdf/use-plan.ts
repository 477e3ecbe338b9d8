// What of a file that is about to be shown will be seen first, before there is a screen for it: as it was left, as wide as the file
// that is shown now. It opens and draws nothing.
import { useCallback } from 'react';
import type { Sha256 } from '../../preload/contract/ids';
import { useDesk } from '../app/desk';
import { useKeptInputs } from '../app/kept';
import { pixelsPerPoint } from '../ui/theme';
import { type LayerChoices, layersAsSaved } from './layers';
import { type PageSize, turnedSize, type ZoomChoice, zoomFor } from './layout';
import type { Plan } from './opening-ahead';
import { type PageColours, usePageColours } from './page-colours';
import { noPane } from './use-pane';
import { firstReading, type Reading } from './use-reading';

/** Of the pages alone, when nothing stood beside them; a wrong guess costs a drawing and no more. */
let lastPane: PageSize | null = null;

export function rememberPane(pane: PageSize): void {
  lastPane = pane;
}

/** What a file read from its beginning will most likely have, so that its pages are laid out once instead of twice. */
export function assumedPane(reading: Reading): PageSize {
  return reading.side === null && reading.page === 1 && lastPane !== null ? lastPane : noPane;
}

/** The drawing that a reading of a file begins with; null where something beside the pages takes of their width. */
export function planOf(
  reading: Reading,
  pane: PageSize,
  first: PageSize,
  look: { readonly colours: PageColours | null; readonly layers: LayerChoices },
): ReturnType<Plan> {
  if (reading.side !== null || pane.width === 0) return null;
  const turned = turnedSize(first, reading.turn);
  const zoom = zoomFor(reading.zoom, pane, turned, reading.spread, pixelsPerPoint);
  return { page: reading.page, scale: zoom * pixelsPerPoint, withoutNotes: false, ...look };
}

/** Plans for files of this desk; `zoom` is what a file that was never read begins with. */
export function usePlan(zoom: ZoomChoice): (sha256: Sha256) => Plan {
  const { places } = useDesk().ledger;
  const kept = useKeptInputs();
  const { colours } = usePageColours();
  return useCallback(
    (sha256) => (first) => {
      if (lastPane === null) return null;
      const owner = `viewer:${sha256}`;
      const reading = kept.read(owner, 'reading') ?? firstReading(places.get(sha256), zoom);
      const layers = kept.read(owner, 'layers') ?? layersAsSaved;
      return planOf(reading as Reading, lastPane, first, { colours, layers: layers as LayerChoices });
    },
    [kept, places, zoom, colours],
  );
}
