// Two open files side by side: both panes move together, the list leads from one difference to the next. It reads no file itself.
import { useEffect, useMemo, useRef, useState } from 'react';
import { testIds } from '../../app/test-ids';
import { useWords, type Words } from '../../i18n/text';
import { useNewest } from '../../pdf/use-newest';
import type { PdfState } from '../../pdf/use-pdf';
import { ToolButton } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { placeBeside } from './align';
import { ComparePane, type PaneHandle } from './compare-pane';
import type { Difference, Side } from './differences';
import { DifferencesList } from './differences-list';
import { type Comparison, type Known, useComparison } from './use-comparison';

export type OpenFile = Extract<PdfState, { readonly kind: 'open' }> & { readonly name: string };

export interface OpenComparisonProps {
  readonly left: OpenFile;
  readonly right: OpenFile;
  readonly onProblem: (error: unknown) => void;
}

const nothingKnown: Known = { differences: [], pairs: [], sizes: { left: [], right: [] }, wordsOnly: 0 };

function knownOf(comparison: Comparison): Known {
  return comparison.kind === 'looking' || comparison.kind === 'done' ? comparison.known : nothingKnown;
}

function markedOn(
  side: Side,
  differences: readonly Difference[],
): ReadonlyMap<number, readonly Difference[]> {
  const pages = new Map<number, Difference[]>();
  for (const difference of differences) {
    for (const { page } of difference[side].spots) {
      pages.set(page, [...(pages.get(page) ?? []), difference]);
    }
  }
  return pages;
}

/** What is known so far, in one or two sentences. */
function standing(comparison: Comparison, t: Words['t']): string {
  switch (comparison.kind) {
    case 'reading':
      return t('compare.reading', { page: comparison.page, pages: comparison.pages });
    case 'looking':
      return t('compare.looking', {
        ...{ count: comparison.known.differences.length, page: comparison.page, pages: comparison.pages },
      });
    case 'failed':
      return t('compare.failed');
    case 'done': {
      const { differences, wordsOnly } = comparison.known;
      const count = differences.length;
      if (count === 0)
        return wordsOnly === 0 ? t('compare.same') : t('compare.same-words', { count: wordsOnly });
      const found = t('compare.found', { count });
      return wordsOnly === 0 ? found : `${found} ${t('compare.words-only', { count: wordsOnly })}`;
    }
  }
}

export function OpenComparison({ left, right, onProblem }: OpenComparisonProps) {
  const { t } = useWords();
  const comparison = useComparison(left.pdf, right.pdf, onProblem);
  const known = knownOf(comparison);
  const { differences, pairs, sizes } = known;
  const [activeId, setActive] = useState<string | null>(null);
  const [together, setTogether] = useState(true);
  const panes = { left: useRef<PaneHandle>(null), right: useRef<PaneHandle>(null) };
  /** Panes that are being moved by us: their next scroll is an answer, not a wish. */
  const moved = useRef(new Set<Side>());
  const active = differences.find(({ id }) => id === activeId) ?? null;
  const marked = useMemo(
    () => ({ left: markedOn('left', differences), right: markedOn('right', differences) }),
    [differences],
  );

  const move = (side: Side, place: Parameters<PaneHandle['goTo']>[0]): void => {
    const before = panes[side].current?.place();
    panes[side].current?.goTo(place);
    const after = panes[side].current?.place();
    // A pane that did not move tells of no scroll.
    if (before?.page !== after?.page || before?.share !== after?.share) moved.current.add(side);
  };
  const scrolled = (side: Side): void => {
    if (moved.current.delete(side) || !together || pairs.length === 0) return;
    const place = panes[side].current?.place();
    if (place === undefined) return;
    move(side === 'left' ? 'right' : 'left', placeBeside(pairs, side, place));
  };
  const choose = (difference: Difference): void => {
    setActive(difference.id);
    for (const side of ['left', 'right'] as const) {
      const { page, top } = difference[side];
      const size = sizes[side][page - 1];
      move(side, { page, share: size === undefined ? 0 : top / size.height });
    }
  };
  const go = (by: 1 | -1): void => {
    const at = differences.findIndex(({ id }) => id === activeId);
    const count = differences.length;
    const next = differences[at < 0 ? (by === 1 ? 0 : count - 1) : (at + by + count) % count];
    if (next !== undefined) choose(next);
  };
  // F8 leads on from wherever the focus is in this window.
  const newestGo = useNewest(go);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'F8') return;
      event.preventDefault();
      newestGo.current(event.shiftKey ? -1 : 1);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [newestGo]);
  const number = differences.findIndex(({ id }) => id === activeId) + 1;

  return (
    <div className="compare-body">
      {(['left', 'right'] as const).map((side) => {
        const file = side === 'left' ? left : right;
        return (
          <ComparePane
            key={side}
            side={side}
            name={file.name}
            pdf={file.pdf}
            drawings={file.drawings}
            first={file.first}
            sizes={sizes[side]}
            marked={marked[side]}
            active={active}
            onScroll={() => scrolled(side)}
            onProblem={onProblem}
            handle={panes[side]}
          />
        );
      })}
      <aside className="compare-side" aria-label={t('compare.list')}>
        <p
          className="compare-standing"
          role="status"
          data-testid={testIds.compare.standing}
          data-kind={comparison.kind}
        >
          {standing(comparison, t)}
        </p>
        <div className="compare-tools">
          <ToolButton
            label={t('compare.previous')}
            shortcut="Shift+F8"
            disabled={differences.length === 0}
            testId={testIds.compare.previous}
            onClick={() => go(-1)}
          >
            <Icon name="up" size={14} />
          </ToolButton>
          <ToolButton
            label={t('compare.next')}
            shortcut="F8"
            disabled={differences.length === 0}
            testId={testIds.compare.next}
            onClick={() => go(1)}
          >
            <Icon name="down" size={14} />
          </ToolButton>
          <span className="number" data-testid={testIds.compare.at}>
            {number === 0 ? '' : `${number} / ${differences.length}`}
          </span>
          <ToolButton
            label={t('compare.together')}
            pressed={together}
            testId={testIds.compare.together}
            onClick={() => setTogether((now) => !now)}
          >
            {t('compare.together')}
          </ToolButton>
        </div>
        {differences.length === 0 ? null : (
          <DifferencesList differences={differences} active={active} onChoose={choose} />
        )}
      </aside>
    </div>
  );
}
