// Sổ đăng ký văn bản đến, đi as tables, newest first. A line opens its document; no entry is ever changed here.
// biome-ignore-all lint/a11y/useSemanticElements: lines of a virtual table are placed one by one, which table elements cannot be
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useDesk, useLive } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import type { SummaryRow } from '../../ledger';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { Skeleton } from '../../ui/skeleton';
import { registerRowHeight } from '../../ui/theme';
import { endedKey, stateKey } from '../queue/words';
import { byNumber, type Column, incomingColumns, outgoingColumns } from './columns';
import { HistoryExport } from './history-export';
import { PaperDialog } from './paper-dialog';

const pageLength = 200;

/** One of the two books. */
export function RegisterScreen({ which }: { readonly which: 'incoming' | 'outgoing' }) {
  const { ledger } = useDesk();
  const { t, sentence } = useWords();
  const [limit, setLimit] = useState(pageLength);
  const [paper, setPaper] = useState(false);
  const live = useMemo(() => ledger.list(`register-${which}`, { limit }), [ledger, which, limit]);
  const state = useLive(live, limit > pageLength);
  const rows = useMemo(
    () =>
      state.kind === 'read'
        ? state.value.rows.filter((row): row is SummaryRow => row.kind === 'summary').sort(byNumber)
        : [],
    [state],
  );
  const more = state.kind === 'read' && state.value.next !== null;
  return (
    <main
      className="wide"
      data-pane="list"
      data-testid={testIds.register.root}
      aria-label={t(`folder.register-${which}`)}
    >
      <header className="list-head">
        <h1>{t(`folder.register-${which}`)}</h1>
        <HistoryExport />
        {which === 'incoming' ? (
          <Button onClick={() => setPaper(true)} testId={testIds.act.registerPaper}>
            {t('act.register-paper')}
          </Button>
        ) : null}
      </header>
      <DeskMessage />
      {state.kind === 'reading' ? (
        <Skeleton lines={9} />
      ) : state.kind === 'failed' ? (
        <p className="list-empty">{sentence(state.code)}</p>
      ) : rows.length === 0 ? (
        <p className="list-empty">{t('register.empty')}</p>
      ) : (
        <RegisterTable
          which={which}
          rows={rows}
          onEnd={() => {
            if (more) setLimit((now) => now + pageLength);
          }}
        />
      )}
      {paper ? <PaperDialog onClose={() => setPaper(false)} /> : null}
    </main>
  );
}

interface RegisterTableProps {
  readonly which: 'incoming' | 'outgoing';
  readonly rows: readonly SummaryRow[];
  readonly onEnd: () => void;
}

function RegisterTable({ which, rows, onEnd }: RegisterTableProps) {
  const { t } = useWords();
  const { open } = useNavigation();
  const scroller = useRef<HTMLDivElement>(null);
  const columns: readonly Column[] = which === 'incoming' ? incomingColumns : outgoingColumns;
  const template = `${columns.map((column) => column.width).join(' ')} minmax(104px, 140px)`;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => registerRowHeight,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= rows.length - 1) onEnd();
  }, [last, rows.length, onEnd]);
  const show = (row: SummaryRow): void =>
    open(which === 'incoming' ? incomingFolder(row.state) : outgoingFolder(row.state), row.id);
  return (
    <div ref={scroller} className="register">
      <div role="table" aria-label={t(`folder.register-${which}`)} aria-rowcount={rows.length + 1}>
        <div role="row" className="register-head" style={{ gridTemplateColumns: template }} tabIndex={-1}>
          {columns.map((column) => (
            <span key={column.name} role="columnheader" tabIndex={-1}>
              {t(column.label)}
            </span>
          ))}
          <span role="columnheader" tabIndex={-1}>
            {t('fact.state')}
          </span>
        </div>
        <div role="rowgroup" className="rows-inside" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <div
                key={row.id}
                role="row"
                aria-rowindex={item.index + 2}
                className="register-row"
                tabIndex={0}
                data-testid={testIds.register.row}
                data-document={row.id}
                data-number={row.number ?? ''}
                style={{
                  transform: `translateY(${item.start}px)`,
                  height: item.size,
                  gridTemplateColumns: template,
                }}
                onDoubleClick={() => show(row)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && !event.nativeEvent.isComposing) show(row);
                }}
              >
                {columns.map((column) => (
                  <span key={column.name} role="cell" className={`register-cell cell-${column.name}`}>
                    {column.of(row)}
                  </span>
                ))}
                <span role="cell" className="register-cell">
                  <Chip tone="neutral">{t(endedKey(row.ended) ?? stateKey(row.state))}</Chip>
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function incomingFolder(state: SummaryRow['state']) {
  switch (state) {
    case 'to-present':
      return 'in-to-present';
    case 'to-assign':
      return 'in-to-assign';
    case 'in-progress':
      return 'in-progress';
    case 'finished':
      return 'in-finished';
    default:
      return 'in-set-aside';
  }
}

function outgoingFolder(state: SummaryRow['state']) {
  switch (state) {
    case 'to-seal':
      return 'out-to-number';
    case 'to-send':
    case 'queued':
      return 'out-to-send';
    case 'returned':
      return 'out-returned';
    case 'recalled':
      return 'out-recalled';
    default:
      return 'out-sent';
  }
}
