// Opens a PDF while a component shows it and closes it after. It draws nothing.
import { useEffect, useState } from 'react';
import type { Sha256 } from '../../preload/contract/ids';

import { type OpenPdf, type OpenProblem, openBlob, type PasswordOf, PdfOpenError } from './blob-source';
import type { PageSize } from './layout';

export type PdfState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly pdf: OpenPdf['document']; readonly first: PageSize }
  | { readonly kind: 'failed'; readonly problem: OpenProblem };

/** The PDF named by its content; a change of name closes the old one. */
export function usePdf(
  sha256: Sha256,
  size: number,
  onProblem: (error: unknown) => void,
  passwordOf: PasswordOf,
): PdfState {
  const [state, setState] = useState<PdfState>({ kind: 'opening' });
  useEffect(() => {
    const stop = new AbortController();
    let opened: OpenPdf | undefined;
    setState({ kind: 'opening' });
    const run = async (): Promise<void> => {
      const pdf = await openBlob(sha256, size, stop.signal, passwordOf);
      opened = pdf;
      if (stop.signal.aborted) return pdf.close();
      const page = await pdf.document.getPage(1);
      if (stop.signal.aborted) return;
      const { width, height } = page.getViewport({ scale: 1 });
      setState({ kind: 'open', pdf: pdf.document, first: { width, height } });
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
  return state;
}
