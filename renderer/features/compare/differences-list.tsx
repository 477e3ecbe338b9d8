// The list of differences: chosen by arrow keys, press, or from outside by F8. It moves no page itself.
import { useEffect, useId, useRef } from 'react';
import { testIds } from '../../app/test-ids';
import { useWords, type Words } from '../../i18n/text';
import type { Difference } from './differences';

export interface DifferencesListProps {
  readonly differences: readonly Difference[];
  readonly active: Difference | null;
  readonly onChoose: (difference: Difference) => void;
}

/** A row tells the beginning of what changed; the pages show the rest. */
const longest = 80;

function short(words: string): string {
  return words.length <= longest ? words : `${words.slice(0, longest).trimEnd()}…`;
}

/** What a difference is, in words. */
export function differenceWords({ kind, left, right }: Difference, t: Words['t']): string {
  const page = kind === 'removed' || kind === 'page-removed' ? left.page : right.page;
  return t(`compare.${kind}`, { page, before: short(left.words), after: short(right.words) });
}

export function DifferencesList({ differences, active, onChoose }: DifferencesListProps) {
  const { t } = useWords();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = differences.findIndex((one) => one.id === active?.id);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  return (
    <div
      ref={list}
      role="listbox"
      className="compare-list"
      tabIndex={0}
      aria-label={t('compare.list')}
      aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
      data-testid={testIds.compare.list}
      onKeyDown={(event) => {
        const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: differences.length - 1 }[event.key];
        if (next === undefined) return;
        event.preventDefault();
        const chosen = differences[Math.max(0, Math.min(differences.length - 1, next))];
        if (chosen !== undefined) onChoose(chosen);
      }}
    >
      {differences.map((difference, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the list keeps the focus and names the active row
        <div
          key={difference.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          className={`compare-row compare-row-${difference.kind}`}
          data-testid={testIds.compare.row}
          onClick={() => onChoose(difference)}
        >
          {differenceWords(difference, t)}
        </div>
      ))}
    </div>
  );
}
