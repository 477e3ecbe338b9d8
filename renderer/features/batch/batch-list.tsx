// The long list: a box, the picture of the first page, number, subject, pages, seen or not, and what became of it. Virtual, so
// that 500 lines cost what a screen of them costs. Which lines are chosen is selection.ts'.
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import type { DeskId } from '../../../preload/contract/ids';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import type { ManyOutcome, SignableRow } from '../../ledger';
import { Chip, type Tone } from '../../ui/chip';
import { batchRowHeight } from '../../ui/theme';
import { FirstPicture } from './first-picture';
import { chooseAll, extendTo, moveTo, type Selection, toggle } from './selection';

export interface BatchListProps {
  readonly rows: readonly SignableRow[];
  readonly selection: Selection;
  readonly onSelection: (next: Selection) => void;
  readonly seen: (row: SignableRow) => boolean;
  readonly opened: DeskId | null;
  readonly onOpen: (row: SignableRow) => void;
  /** What became of each document of a run; null while the clerk chooses. */
  readonly outcomes: ReadonlyMap<DeskId, ManyOutcome> | null;
  readonly current: DeskId | null;
}

const tones: Record<ManyOutcome['kind'], Tone> = {
  signed: 'good',
  refused: 'bad',
  failed: 'bad',
  unsigned: 'warning',
};

/** Arrows move, Space chooses, Shift chooses a stretch, Ctrl+A all; Enter opens. */
export function BatchList(props: BatchListProps) {
  const { rows, selection, onSelection, outcomes } = props;
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const lines = rows.map((row) => ({ id: row.id, mayBeChosen: row.problem === null }));
  const active = Math.min(selection.at, Math.max(0, rows.length - 1));
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => batchRowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 3,
    rangeExtractor: (range) => [...new Set([active, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  });

  const show = (next: Selection): void => {
    onSelection(next);
    virtual.scrollToIndex(next.at);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next.at}"]`)?.focus(),
    );
  };
  const key = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.nativeEvent.isComposing || event.altKey) return;
    if (event.ctrlKey) {
      if (event.key.toLowerCase() !== 'a' || outcomes !== null) return;
      event.preventDefault();
      onSelection(chooseAll(selection, lines));
      return;
    }
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + 5,
      PageUp: active - 5,
      Home: 0,
      End: rows.length - 1,
    };
    const wanted = steps[event.key];
    if (wanted !== undefined) {
      event.preventDefault();
      const stretch = event.shiftKey && outcomes === null;
      show((stretch ? extendTo : moveTo)(selection, lines, wanted));
    } else if (event.key === ' ') {
      event.preventDefault();
      if (outcomes === null) onSelection(toggle(selection, lines, active));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const row = rows[active];
      if (row !== undefined) props.onOpen(row);
    }
  };
  const press = (event: MouseEvent<HTMLElement>, index: number, row: SignableRow): void => {
    const onBox = event.target instanceof Element && event.target.closest('.batch-box') !== null;
    if (outcomes === null && event.shiftKey) onSelection(extendTo(selection, lines, index));
    else if (outcomes === null && (onBox || event.ctrlKey)) onSelection(toggle(selection, lines, index));
    else {
      onSelection(moveTo(selection, lines, index));
      props.onOpen(row);
    }
  };

  return (
    <div ref={scroller} className="rows">
      <div
        role="listbox"
        aria-multiselectable="true"
        aria-label={t('batch.list')}
        className="rows-inside"
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={key}
        tabIndex={-1}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const outcome = outcomes?.get(row.id);
          const chosen = selection.chosen.has(row.id) && row.problem === null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the list's, one handler for all lines
            <div
              key={item.key}
              role="option"
              aria-selected={outcomes === null ? chosen : row.id === props.opened}
              aria-disabled={row.problem === null ? undefined : true}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              tabIndex={item.index === active ? 0 : -1}
              className={`batch-row${row.id === props.opened ? ' batch-row-open' : ''}`}
              style={{ transform: `translateY(${item.start}px)`, height: item.size }}
              data-index={item.index}
              data-testid={testIds.batch.row}
              data-document={row.id}
              data-outcome={outcome?.kind ?? ''}
              data-seen={props.seen(row)}
              onClick={(event) => press(event, item.index, row)}
            >
              <span
                className={`batch-box${chosen ? ' batch-box-on' : ''}`}
                aria-hidden="true"
                hidden={outcomes !== null}
              >
                {chosen ? '✓' : ''}
              </span>
              <FirstPicture file={row.file} label={t('batch.picture')} />
              <RowWords
                row={row}
                seen={props.seen(row)}
                outcome={outcome}
                inRun={outcomes !== null}
                current={props.current === row.id}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface RowWordsProps {
  readonly row: SignableRow;
  readonly seen: boolean;
  readonly outcome: ManyOutcome | undefined;
  readonly inRun: boolean;
  readonly current: boolean;
}

function RowWords({ row, seen, outcome, inRun, current }: RowWordsProps) {
  const { t, sentence } = useWords();
  const why = outcome === undefined ? row.problem : outcome.code;
  return (
    <span className={`batch-words${why === null ? '' : ' batch-words-why'}`}>
      <span className="row-title number">{row.title === '' ? t('row.no-number') : row.title}</span>
      <span className="batch-subject" title={row.subject}>
        {row.subject === '' ? t('row.no-subject') : row.subject}
      </span>
      <span className="row-chips">
        {row.pages > 0 ? <Chip tone="plain">{t('batch.pages', { pages: row.pages })}</Chip> : null}
        {row.annexes > 0 ? <Chip tone="plain">{t('batch.annexes', { count: row.annexes })}</Chip> : null}
        {inRun ? (
          <StateChip outcome={outcome} current={current} />
        ) : row.problem !== null ? null : (
          <Chip tone={seen ? 'neutral' : 'warning'}>{t(seen ? 'batch.seen' : 'batch.unseen')}</Chip>
        )}
      </span>
      {why === null ? null : (
        <span className="batch-why" title={sentence(why)}>
          {sentence(why)}
        </span>
      )}
    </span>
  );
}

function StateChip({ outcome, current }: Pick<RowWordsProps, 'outcome' | 'current'>) {
  const { t } = useWords();
  if (outcome !== undefined) {
    return <Chip tone={tones[outcome.kind]}>{t(`batch.outcome.${outcome.kind}`)}</Chip>;
  }
  return <Chip tone={current ? 'warning' : 'neutral'}>{t(current ? 'batch.signing' : 'batch.waiting')}</Chip>;
}
