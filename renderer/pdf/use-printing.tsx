// Printing from the reading view: whether notes go with it, the job, its progress line and how it is stopped. The sheets are made in
// printing.ts, a copy with notes by whoever gave `copyWithNotes`.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Annotation } from '../../preload/contract/annotation';
import type { Sha256 } from '../../preload/contract/ids';
import { useWords } from '../i18n/text';
import { Button } from '../ui/button';
import { openBlob, type PasswordOf } from './blob-source';
import type { LayerChoices } from './layers';
import { PrintDialog } from './print-dialog';
import { printPdf } from './printing';

export interface Printing {
  readonly start: () => void;
  /** A line under the tools while pages are drawn, or why nothing was printed; null otherwise. */
  readonly bar: ReactNode;
}

/** A file with notes drawn into its pages, there until `done`. */
export interface CopyWithNotes {
  readonly sha256: Sha256;
  readonly size: number;
  readonly done: () => void;
}

export interface PrintingWish {
  /** Stands on every sheet; left out: nothing is printed. */
  readonly mark: (() => string) | undefined;
  /** Which layers of the file itself are on. */
  readonly layers: LayerChoices;
  /** The notes that are shown now. */
  readonly notes: () => readonly Annotation[];
  /** Left out: notes are never printed. */
  readonly copyWithNotes: ((notes: readonly Annotation[]) => Promise<CopyWithNotes>) | undefined;
  /** The password of the file itself opens its copy too. */
  readonly password: () => ReturnType<PasswordOf>;
  readonly onProblem: (error: unknown) => void;
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking'; readonly notes: readonly Annotation[] }
  | { readonly kind: 'preparing' }
  | { readonly kind: 'drawing'; readonly page: number; readonly pages: number }
  | { readonly kind: 'failed' };

export function usePrinting(pdf: PDFDocumentProxy, wish: PrintingWish): Printing {
  const { t } = useWords();
  const [state, setState] = useState<State>({ kind: 'idle' });
  const job = useRef<AbortController | null>(null);
  useEffect(() => () => job.current?.abort(), []);
  const print = async (of: PDFDocumentProxy, mark: string, signal: AbortSignal): Promise<void> => {
    const pages = of.numPages;
    const { layers } = wish;
    await printPdf(of, {
      mark,
      layers,
      signal,
      onPage: (page) => setState({ kind: 'drawing', page, pages }),
    });
  };
  const printCopy = async (
    make: NonNullable<PrintingWish['copyWithNotes']>,
    notes: readonly Annotation[],
    mark: string,
    signal: AbortSignal,
  ): Promise<void> => {
    setState({ kind: 'preparing' });
    const copy = await make(notes);
    try {
      const opened = await openBlob(copy.sha256, copy.size, signal, wish.password);
      try {
        if (!signal.aborted) await print(opened.document, mark, signal);
      } finally {
        opened.close();
      }
    } finally {
      copy.done();
    }
  };
  const run = (notes: readonly Annotation[] | null): void => {
    const { mark, copyWithNotes, onProblem } = wish;
    if (mark === undefined || job.current !== null) return;
    const stop = new AbortController();
    job.current = stop;
    const printed =
      notes === null || copyWithNotes === undefined
        ? print(pdf, mark(), stop.signal)
        : printCopy(copyWithNotes, notes, mark(), stop.signal);
    printed
      .then(
        () => setState({ kind: 'idle' }),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          onProblem(error);
          setState({ kind: 'failed' });
        },
      )
      .finally(() => {
        job.current = null;
      });
  };
  const start = (): void => {
    if (wish.mark === undefined || job.current !== null) return;
    const notes = wish.copyWithNotes === undefined ? [] : wish.notes();
    if (notes.length === 0) run(null);
    else setState({ kind: 'asking', notes });
  };
  const idle = (): void => setState({ kind: 'idle' });
  return { start, bar: barOf() };

  function barOf(): ReactNode {
    switch (state.kind) {
      case 'idle':
        return null;
      case 'asking':
        return (
          <PrintDialog
            notes={state.notes.length}
            onClose={idle}
            onPrint={(withNotes) => {
              idle();
              run(withNotes ? state.notes : null);
            }}
          />
        );
      case 'preparing':
      case 'drawing':
        return (
          <div className="print-bar" role="status">
            <span>
              {state.kind === 'preparing'
                ? t('viewer.print-preparing')
                : t('viewer.printing', { page: state.page, pages: state.pages })}
            </span>
            <Button
              onClick={() => {
                job.current?.abort();
                idle();
              }}
            >
              {t('common.cancel')}
            </Button>
          </div>
        );
      case 'failed':
        return (
          <div className="print-bar" role="status">
            <span>{t('viewer.print-failed')}</span>
            <Button onClick={idle}>{t('common.close')}</Button>
          </div>
        );
    }
  }
}
