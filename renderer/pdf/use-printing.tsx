// Printing from the reading view: the job, its progress line and how it is stopped. The sheets are made in printing.ts.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/text';
import { Button } from '../ui/button';
import type { LayerChoices } from './layers';
import { printPdf } from './printing';

export interface Printing {
  readonly start: () => void;
  /** A line under the tools while pages are drawn, or why nothing was printed; null otherwise. */
  readonly bar: ReactNode;
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'drawing'; readonly page: number }
  | { readonly kind: 'failed' };

/** `mark` undefined: nothing is printed. */
export function usePrinting(
  pdf: PDFDocumentProxy,
  mark: (() => string) | undefined,
  layers: LayerChoices,
  onProblem: (error: unknown) => void,
): Printing {
  const { t } = useWords();
  const [state, setState] = useState<State>({ kind: 'idle' });
  const job = useRef<AbortController | null>(null);
  useEffect(() => () => job.current?.abort(), []);
  const start = (): void => {
    if (mark === undefined || job.current !== null) return;
    const stop = new AbortController();
    job.current = stop;
    printPdf(pdf, {
      mark: mark(),
      layers,
      signal: stop.signal,
      onPage: (page) => setState({ kind: 'drawing', page }),
    })
      .then(
        () => setState({ kind: 'idle' }),
        (error: unknown) => {
          onProblem(error);
          setState({ kind: 'failed' });
        },
      )
      .finally(() => {
        job.current = null;
      });
  };
  const bar =
    state.kind === 'idle' ? null : (
      <div className="print-bar" role="status">
        {state.kind === 'drawing' ? (
          <>
            <span>{t('viewer.printing', { page: state.page, pages: pdf.numPages })}</span>
            <Button
              onClick={() => {
                job.current?.abort();
                setState({ kind: 'idle' });
              }}
            >
              {t('common.cancel')}
            </Button>
          </>
        ) : (
          <>
            <span>{t('viewer.print-failed')}</span>
            <Button onClick={() => setState({ kind: 'idle' })}>{t('common.close')}</Button>
          </>
        )}
      </div>
    );
  return { start, bar };
}
