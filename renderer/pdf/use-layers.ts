// The layers of the shown file and which of them are seen: kept for the file while the window is open. It draws nothing.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useCallback, useEffect, useState } from 'react';
import type { Sha256 } from '../../preload/contract/ids';
import { useKept } from '../app/kept';
import {
  chosen,
  type LayerChoices,
  type LayerEntry,
  layerConfig,
  layerEntries,
  layersAsSaved,
} from './layers';

export interface Layers {
  /** Empty where the file has none, and until its first page is seen. */
  readonly entries: readonly LayerEntry[];
  readonly choices: LayerChoices;
  readonly show: (id: string, shown: boolean) => void;
  readonly reset: () => void;
}

/** The choices for a file, before it is open too. */
export function useLayerChoices(
  sha256: Sha256,
): readonly [LayerChoices, (change: (now: LayerChoices) => LayerChoices) => void] {
  return useKept<LayerChoices>(`viewer:${sha256}`, 'layers', () => layersAsSaved);
}

/** `seen`: the first page is on the screen; what is read from the file beside it waits for that. */
export function useLayers(
  pdf: PDFDocumentProxy,
  sha256: Sha256,
  seen: boolean,
  onProblem: (error: unknown) => void,
): Layers {
  const [choices, change] = useLayerChoices(sha256);
  const [entries, setEntries] = useState<readonly LayerEntry[]>([]);
  useEffect(() => {
    if (!seen) return;
    let gone = false;
    layerConfig(pdf, choices, 'display').then(
      (config) => {
        if (!gone) setEntries(layerEntries(config));
      },
      (error: unknown) => {
        if (!gone) onProblem(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [pdf, choices, seen, onProblem]);
  const show = useCallback((id: string, shown: boolean) => change((now) => chosen(now, id, shown)), [change]);
  const reset = useCallback(() => change(() => layersAsSaved), [change]);
  return { entries, choices, show, reset };
}
