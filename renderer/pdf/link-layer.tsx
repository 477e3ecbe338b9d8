// The links of one page, laid over it as buttons: inside the file they go there, outside they ask first.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useState } from 'react';
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';
import type { PageSize } from './layout';
import { type LinkTarget, linksOf, type PageLink } from './links';

export interface LinkLayerProps {
  readonly pdf: PDFDocumentProxy;
  readonly number: number;
  readonly scale: number;
  readonly size: PageSize;
  readonly onFollow: (target: LinkTarget) => void;
  readonly onProblem: (error: unknown) => void;
}

/** In pixels at `scale`. */
export function LinkLayer({ pdf, number, scale, size, onFollow, onProblem }: LinkLayerProps) {
  const { t } = useWords();
  const [links, setLinks] = useState<readonly PageLink[]>([]);
  useEffect(() => {
    let gone = false;
    // A file that was closed meanwhile throws at once: within the promise it is a failure like any other.
    const read = async (): Promise<readonly PageLink[]> => linksOf(pdf, await pdf.getPage(number));
    read().then(
      (found) => {
        if (!gone) setLinks(found);
      },
      (error: unknown) => {
        if (!gone) onProblem(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [pdf, number, onProblem]);
  return links.map(({ id, box: [left, lower, right, upper], target }) => (
    <button
      key={id}
      type="button"
      className="page-link"
      data-testid={testIds.viewer.link}
      aria-label={
        target.kind === 'page'
          ? t('viewer.link-page', { page: target.page })
          : t('viewer.link-address', { address: target.address })
      }
      style={{
        left: left * scale,
        top: (size.height - upper) * scale,
        width: (right - left) * scale,
        height: (upper - lower) * scale,
      }}
      onClick={() => onFollow(target)}
    />
  ));
}
