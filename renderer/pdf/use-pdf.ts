// Opens a PDF while a component shows it and closes it after. It draws nothing.
import { useEffect, useRef, useState } from 'react';
import type { Sha256 } from '../../preload/contract/ids';

import { type OpenPdf, type OpenProblem, type PasswordOf, PdfOpenError } from './blob-source';
import type { PageSize } from './layout';
import { openingAhead } from './opening-ahead';
import { type Drawing, PageDrawings } from './page-drawings';

export type PdfState =
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'open';
      readonly pdf: OpenPdf['document'];
      readonly first: PageSize;
      readonly drawings: PageDrawings;
    }
  | { readonly kind: 'failed'; readonly problem: OpenProblem };

const opening: PdfState = { kind: 'opening' };

/** The PDF named by its content; a change of name closes the old one. `ahead` tells what of it will be shown first, or null. */
export function usePdf(
  sha256: Sha256,
  size: number,
  onProblem: (error: unknown) => void,
  passwordOf: PasswordOf,
  ahead: (first: PageSize) => Drawing | null,
): PdfState {
  const [known, setKnown] = useState<{ readonly of: Sha256; readonly state: PdfState }>({
    of: sha256,
    state: opening,
  });
  const newest = useRef(ahead);
  newest.current = ahead;
  // Closed after what is shown of it has let go of its pages.
  useEffect(() => {
    const stop = new AbortController();
    let opened: OpenPdf | undefined;
    const setState = (state: PdfState): void => setKnown({ of: sha256, state });
    setState(opening);
    const run = async (): Promise<void> => {
      const pdf = await openingAhead.take(sha256, size, stop.signal, passwordOf);
      opened = pdf;
      if (stop.signal.aborted) return pdf.close();
      const page = await pdf.document.getPage(1);
      if (stop.signal.aborted) return;
      const { width, height } = page.getViewport({ scale: 1 });
      const first = { width, height };
      const drawings = new PageDrawings(pdf.document);
      // The page is being drawn while the screen for it is made.
      const soon = newest.current(first);
      if (soon !== null && soon.page <= pdf.document.numPages) drawings.ahead(soon);
      setState({ kind: 'open', pdf: pdf.document, first, drawings });
    };
    run().catch((error: unknown) => {
      if (stop.signal.aborted) return;
      onProblem(error instanceof PdfOpenError ? error.cause : error);
      setState({ kind: 'failed', problem: error instanceof PdfOpenError ? error.problem : 'viewer.broken' });
    });
    return () => {
      stop.abort();
      opened?.close();
    };
  }, [sha256, size, onProblem, passwordOf]);
  // What is known of the file before is not shown for a moment as this one.
  return known.of === sha256 ? known.state : opening;
}
