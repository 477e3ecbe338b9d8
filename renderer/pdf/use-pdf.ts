// Opens a PDF while a component shows it and closes it after. It draws nothing.
import { useEffect, useRef, useState } from 'react';
import type { Sha256 } from '../../preload/contract/ids';

import { type OpenPdf, type OpenProblem, type PasswordOf, PdfOpenError } from './blob-source';
import type { PageSize } from './layout';
import { openingAhead, type Plan } from './opening-ahead';
import type { PageDrawings } from './page-drawings';

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
  ahead: Plan,
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
      const plan: Plan = (first) => newest.current(first);
      const file = await openingAhead.take(sha256, size, stop.signal, passwordOf, plan);
      opened = file;
      if (stop.signal.aborted) return file.close();
      setState({ kind: 'open', pdf: file.document, first: file.first, drawings: file.drawings });
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
