// Opens a PDF while a component shows it and closes it after. It draws nothing.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Sha256 } from '../../preload/contract/ids';
import { type OpenPdf, type PasswordOf, PdfOpenError } from './blob-source';
import { closeAfterwards } from './close-afterwards';
import type { PageSize } from './layout';
import type { OpenProblem } from './open-problem';
import { type OpenFile, openingAhead, type Plan } from './opening-ahead';
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

function shownOf({ document: pdf, first, drawings }: OpenFile): PdfState {
  return { kind: 'open', pdf, first, drawings };
}

/** The PDF named by its content; a change of name closes the old one. `ahead` tells what of it will be shown first, or null. */
export function usePdf(
  sha256: Sha256,
  size: number,
  onProblem: (error: unknown) => void,
  passwordOf: PasswordOf,
  ahead: Plan,
): PdfState {
  // A file that was opened ahead is shown from the first, without a moment of waiting lines.
  const [known, setKnown] = useState<{ readonly of: Sha256; readonly state: PdfState }>(() => {
    const file = openingAhead.isOpen(sha256);
    return { of: sha256, state: file === null ? opening : shownOf(file) };
  });
  const newest = useRef(ahead);
  newest.current = ahead;
  const taken = useRef<OpenFile | null>(null);
  // In the same commit that shows it, so that nobody else closes it.
  useLayoutEffect(() => {
    taken.current = openingAhead.takeOpen(sha256);
  }, [sha256]);
  // Closed after what is shown of it has let go of its pages.
  useEffect(() => {
    const stop = new AbortController();
    let opened: OpenFile | undefined = taken.current ?? undefined;
    const setState = (state: PdfState): void => setKnown({ of: sha256, state });
    const run = async (): Promise<void> => {
      const ready = taken.current;
      if (ready !== null) {
        taken.current = null;
        setKnown((now) => (isShown(now, sha256, ready) ? now : { of: sha256, state: shownOf(ready) }));
        return;
      }
      setState(opening);
      const plan: Plan = (first) => newest.current(first);
      const file = await openingAhead.take(sha256, size, stop.signal, passwordOf, plan);
      opened = file;
      if (stop.signal.aborted) return file.close();
      setState(shownOf(file));
    };
    run().catch((error: unknown) => {
      if (stop.signal.aborted) return;
      onProblem(error instanceof PdfOpenError ? error.cause : error);
      setState({ kind: 'failed', problem: error instanceof PdfOpenError ? error.problem : 'viewer.broken' });
    });
    return () => {
      stop.abort();
      if (opened !== undefined) closeAfterwards(opened);
    };
  }, [sha256, size, onProblem, passwordOf]);
  // What is known of the file before is not shown for a moment as this one.
  return known.of === sha256 ? known.state : opening;
}

function isShown(
  known: { readonly of: Sha256; readonly state: PdfState },
  sha256: Sha256,
  file: OpenFile,
): boolean {
  return known.of === sha256 && known.state.kind === 'open' && known.state.pdf === file.document;
}
