// The field that says which page is shown and takes another one. It moves nothing itself.
import { useState } from 'react';
import { useWords } from '../i18n/text';

export interface PageInputProps {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

/**
 * The page to go to, or null for none: Enter goes to what the field says, also to the beginning of the page that is shown; leaving
 * the field only where another page was typed. `typed` is null where nothing was.
 */
export function pageAsked(
  typed: string | null,
  { page, pages }: Omit<PageInputProps, 'onPage'>,
  by: 'enter' | 'leaving',
): number | null {
  const words = (typed ?? String(page)).trim();
  const wanted = /^\d{1,9}$/.test(words) ? Number(words) : 0;
  if (wanted < 1 || wanted > pages) return null;
  return by === 'leaving' && wanted === page ? null : wanted;
}

/** Shows the page that is read unless somebody is typing another one; Escape gives it back. */
export function PageInput({ page, pages, onPage }: PageInputProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const go = (by: 'enter' | 'leaving'): void => {
    const wanted = pageAsked(typed, { page, pages }, by);
    setTyped(null);
    if (wanted !== null) onPage(wanted);
  };
  return (
    <span className="toolbar-page">
      <input
        className="page-input number"
        aria-label={t('viewer.page')}
        inputMode="numeric"
        value={typed ?? String(page)}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => go('leaving')}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          // Where nothing is typed Escape means what it means around the field.
          if (event.key === 'Escape' && typed !== null) setTyped(null);
          else if (event.key === 'Enter') go('enter');
          else return;
          event.stopPropagation();
        }}
      />
      <span className="number">/ {pages}</span>
    </span>
  );
}
