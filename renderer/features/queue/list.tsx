// The middle pane: a virtual list of documents, newest first. Arrows move, Enter opens; the focused line stays mounted.
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { DeskId } from '../../../preload/contract/ids';
import { type LiveState, useDesk, useLive } from '../../app/desk';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import type { ListFolder } from '../../app/view';
import { shortcutFor } from '../../commands/commands';
import { useWords } from '../../i18n/text';
import type { ListPage, ListRow } from '../../ledger';
import { Button } from '../../ui/button';
import { Skeleton } from '../../ui/skeleton';
import { listRowHeight } from '../../ui/theme';
import { RowWords } from './row';

const pageLength = 100;

export interface RowsProps {
  readonly rows: readonly ListRow[];
  readonly chosen: DeskId | null;
  readonly showState: boolean;
  readonly onChoose: (id: DeskId) => void;
  /** The clerk wants to go into the document, not only see it. */
  readonly onEnter: () => void;
  readonly onEnd: () => void;
  readonly label: string;
}

/** The lines themselves; `onEnd` is called when the last one comes into sight. */
export function Rows(props: RowsProps) {
  const { rows, chosen, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const chosenAt = rows.findIndex((row) => row.id === chosen);
  const active = Math.max(0, chosenAt);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => listRowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 5,
    rangeExtractor: (range) => [...new Set([active, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 1) onEnd();
  }, [lastShown, rows.length, onEnd]);

  const focusLine = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    props.onChoose(row.id);
    virtual.scrollToIndex(index);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus(),
    );
  };
  const key = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey) return;
    const at = chosenAt;
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: Math.min(rows.length - 1, at + 4),
      PageUp: Math.max(0, at - 4),
      Home: 0,
      End: rows.length - 1,
    };
    const wanted = steps[event.key];
    if (wanted !== undefined) {
      event.preventDefault();
      focusLine(Math.min(rows.length - 1, Math.max(0, wanted)));
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      props.onEnter();
    }
  };

  return (
    <div ref={scroller} className="rows">
      <div
        role="listbox"
        aria-label={props.label}
        className="rows-inside"
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={key}
        tabIndex={-1}
      >
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const isChosen = row.id === chosen;
          const unread = row.kind === 'summary' && row.state === 'to-accept';
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the list's, one handler for all lines
            <div
              key={item.key}
              role="option"
              aria-selected={isChosen}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              tabIndex={item.index === active ? 0 : -1}
              className={`row${unread ? ' row-unread' : ''}`}
              style={{ transform: `translateY(${item.start}px)`, height: item.size }}
              data-index={item.index}
              data-testid={testIds.row}
              data-document={row.id}
              data-state={row.kind === 'summary' ? row.state : 'damaged'}
              data-title={row.kind === 'summary' ? row.title : ''}
              onClick={() => props.onChoose(row.id)}
              onDoubleClick={props.onEnter}
            >
              <RowWords row={row} showState={props.showState} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

export interface ListPaneProps {
  readonly title: string;
  readonly state: LiveState<{ readonly rows: readonly ListRow[] }>;
  readonly chosen: DeskId | null;
  readonly showState: boolean;
  readonly onChoose: (id: DeskId) => void;
  readonly onEnter: () => void;
  readonly onEnd: () => void;
  readonly empty: string;
  readonly action?: ReactNode;
}

/** A heading, then lines, or a sentence when there are none. */
export function ListPane(props: ListPaneProps) {
  const { t, sentence } = useWords();
  const { state } = props;
  return (
    <section
      className="list"
      data-pane="list"
      data-testid={testIds.panes.list}
      aria-label={props.title}
      aria-busy={state.kind === 'reading'}
    >
      <header className="list-head">
        <h1>{props.title}</h1>
        {props.action ?? <span className="list-order">{t('list.newest')}</span>}
      </header>
      {state.kind === 'reading' ? (
        <>
          <Skeleton lines={4} />
          <Skeleton lines={4} />
        </>
      ) : state.kind === 'failed' ? (
        <p className="list-empty">{sentence(state.code)}</p>
      ) : state.value.rows.length === 0 ? (
        <p className="list-empty">{props.empty}</p>
      ) : (
        <Rows
          rows={state.value.rows}
          chosen={props.chosen}
          showState={props.showState}
          onChoose={props.onChoose}
          onEnter={props.onEnter}
          onEnd={props.onEnd}
          label={props.title}
        />
      )}
    </section>
  );
}

export interface FolderListProps {
  readonly folder: ListFolder;
  readonly chosen: DeskId | null;
  readonly onChoose: (id: DeskId | null) => void;
  readonly onEnter: () => void;
  readonly action?: ReactNode;
}

/** Folders that mix states say the state of each document. */
const mixed: readonly ListFolder[] = ['today', 'in-overdue', 'in-set-aside', 'out-to-number', 'out-to-send'];

/** The list of one folder; it grows by a page when its end comes into sight. */
export function FolderList(props: FolderListProps) {
  const { folder, chosen, onChoose } = props;
  const { ledger, info } = useDesk();
  const { t } = useWords();
  const signable = info.profile === 'leader' ? 'out-to-sign' : 'out-to-number';
  const [limit, setLimit] = useState(pageLength);
  const live = useMemo(() => ledger.list(folder, { limit }), [ledger, folder, limit]);
  const state: LiveState<ListPage> = useLive(live, limit > pageLength);
  const more = state.kind === 'read' && state.value.next !== null;

  const first = state.kind === 'read' ? state.value.rows[0]?.id : undefined;
  useEffect(() => {
    if (chosen === null && first !== undefined) onChoose(first);
  }, [chosen, first, onChoose]);

  return (
    <ListPane
      title={t(
        info.profile === 'leader' && folder === 'out-to-number' ? 'folder.leader-signed' : `folder.${folder}`,
      )}
      state={state}
      chosen={chosen}
      showState={mixed.includes(folder)}
      onChoose={onChoose}
      onEnter={props.onEnter}
      onEnd={() => {
        if (more) setLimit((now) => now + pageLength);
      }}
      empty={t(folder === 'today' ? 'list.empty-today' : 'list.empty')}
      action={props.action ?? (folder === signable ? <OpenBatch /> : undefined)}
    />
  );
}

/** The way to signing many of them at once. */
function OpenBatch() {
  const { t } = useWords();
  const { go } = useNavigation();
  return (
    <Button
      look="quiet"
      shortcut={shortcutFor('batch')}
      onClick={() => go({ kind: 'batch' })}
      testId={testIds.batch.open}
    >
      {t('batch.open')}
    </Button>
  );
}

export interface SearchListProps {
  readonly text: string;
  readonly chosen: DeskId | null;
  readonly onChoose: (id: DeskId | null) => void;
  readonly onEnter: () => void;
}

/** What a search found, best first. */
export function SearchList({ text, chosen, onChoose, onEnter }: SearchListProps) {
  const { ledger, fail } = useDesk();
  const { t } = useWords();
  const [state, setState] = useState<LiveState<{ readonly rows: readonly ListRow[] }>>({ kind: 'reading' });
  useEffect(() => {
    let gone = false;
    ledger.search(text).then(
      (rows) => {
        if (gone) return;
        setState({ kind: 'read', value: { rows } });
        onChoose(rows[0]?.id ?? null);
      },
      (error: unknown) => {
        if (!gone) fail(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [ledger, text, fail, onChoose]);
  return (
    <ListPane
      title={t('list.found', { text })}
      state={state}
      chosen={chosen}
      showState
      onChoose={onChoose}
      onEnter={onEnter}
      onEnd={() => undefined}
      empty={t('list.nothing-found', { text })}
      action={<span />}
    />
  );
}
