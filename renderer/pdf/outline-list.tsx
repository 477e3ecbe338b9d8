// The outline of a file as a list of buttons that go to their pages. It follows nothing itself.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useState } from 'react';
import { useWords } from '../i18n/text';
import { type LinkTarget, type OutlineEntry, outlineOf } from './links';

export interface OutlineListProps {
  readonly pdf: PDFDocumentProxy;
  readonly onFollow: (target: LinkTarget) => void;
  readonly onProblem: (error: unknown) => void;
}

export function OutlineList({ pdf, onFollow, onProblem }: OutlineListProps) {
  const { t } = useWords();
  const [entries, setEntries] = useState<readonly OutlineEntry[] | null>(null);
  useEffect(() => {
    let gone = false;
    outlineOf(pdf).then(
      (found) => {
        if (!gone) setEntries(found);
      },
      (error: unknown) => {
        if (gone) return;
        setEntries([]);
        onProblem(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [pdf, onProblem]);
  if (entries === null) return null;
  if (entries.length === 0) return <p className="side-none">{t('viewer.no-outline')}</p>;
  return <Entries entries={entries} onFollow={onFollow} />;
}

function Entries({
  entries,
  onFollow,
}: Pick<OutlineListProps, 'onFollow'> & { readonly entries: readonly OutlineEntry[] }) {
  const { t } = useWords();
  return (
    <ul className="outline">
      {entries.map((entry, index) => {
        const { target } = entry;
        const title = entry.title === '' ? t('viewer.outline-untitled') : entry.title;
        return (
          // An outline has no names of its own, and never changes while it is shown.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            {target === null ? (
              <span className="outline-title">{title}</span>
            ) : (
              <button type="button" className="outline-title outline-go" onClick={() => onFollow(target)}>
                {title}
              </button>
            )}
            {entry.children.length === 0 ? null : <Entries entries={entry.children} onFollow={onFollow} />}
          </li>
        );
      })}
    </ul>
  );
}
