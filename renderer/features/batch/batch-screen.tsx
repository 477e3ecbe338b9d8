// Ký nhiều văn bản: the long list on the left, the opened document in the middle, the act and its progress on the right.
// The order of law is main's; what is shown here decides nothing.
import { useMemo, useState } from 'react';
import type { DeskId } from '../../../preload/contract/ids';
import { useDesk, useLive } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { useKept } from '../../app/kept';
import { useNavigation } from '../../app/navigation';
import { useSlot } from '../../app/slots';
import { testIds } from '../../app/test-ids';
import { countText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import type { SignableRow } from '../../ledger';
import { Button } from '../../ui/button';
import { Skeleton } from '../../ui/skeleton';
import { outgoingFiles } from '../document/outgoing';
import { Reader } from '../document/reader';
import { BatchList } from './batch-list';
import { ChooseSide } from './choose-side';
import { ResultSide, RunSide } from './run-side';
import { chooseAll, nothingChosen, stillThere } from './selection';
import { useBatch } from './use-batch';

/** What was opened in this window, by the file: another version of it was not seen. */
function useSeen(): {
  readonly seen: (row: SignableRow) => boolean;
  readonly see: (row: SignableRow) => void;
} {
  const [opened, setOpened] = useKept<ReadonlySet<string>>('batch', 'seen', () => new Set());
  return {
    seen: (row) => row.file !== null && opened.has(row.file.sha256),
    see: ({ file }) => {
      if (file !== null) setOpened((now) => new Set(now).add(file.sha256));
    },
  };
}

/** The whole screen, for a leader's profile and a clerk's. */
export function BatchScreen() {
  const { ledger, info } = useDesk();
  const { t, sentence } = useWords();
  const { go } = useNavigation();
  const live = useLive(ledger.signable, true);
  const waiting = live.kind === 'read' ? live.value : null;
  const batch = useBatch(waiting);
  const { state } = batch;
  const [selection, setSelection] = useState(nothingChosen);
  const [opened, setOpened] = useState<DeskId | null>(null);
  const { seen, see } = useSeen();

  const rows = state.kind === 'choosing' ? (waiting ?? []) : state.rows;
  const lines = rows.map((row) => ({ id: row.id, mayBeChosen: row.problem === null }));
  const chosenIds = stillThere(selection, lines);
  const chosen = rows.filter((row) => chosenIds.has(row.id));
  const all = lines.filter((line) => line.mayBeChosen).length;
  const running = state.kind === 'running';
  // A run that goes on is not left by a key: pause and stop are on the screen.
  useSlot('leaving', running ? { run: () => undefined } : null);

  return (
    <div className="full" data-testid={testIds.batch.root} data-state={state.kind}>
      <header className="full-head">
        <h1 className="full-title">{t('batch.title')}</h1>
        <span className="full-about">{t(`batch.about-${info.profile}`)}</span>
        <Button
          shortcut="Esc"
          reason={running ? t('batch.must-stop') : undefined}
          onClick={() => go({ kind: 'up' })}
          testId={testIds.batch.leave}
        >
          {t('common.close')}
        </Button>
      </header>
      <DeskMessage />
      <div className="full-body batch-body">
        <section
          className="list"
          data-pane="list"
          aria-label={t('batch.list')}
          aria-busy={live.kind === 'reading'}
        >
          <header className="list-head">
            <span className="quiet number">{t('batch.count', { count: countText(rows.length) })}</span>
            {state.kind === 'choosing' && all > 0 ? (
              <Button
                look="quiet"
                shortcut="Ctrl+A"
                onClick={() => setSelection(chooseAll({ ...selection, chosen: chosenIds }, lines))}
                testId={testIds.batch.all}
              >
                {t(chosen.length === all ? 'batch.none' : 'batch.all')}
              </Button>
            ) : null}
          </header>
          {live.kind === 'reading' ? (
            <Skeleton lines={6} />
          ) : live.kind === 'failed' ? (
            <p className="list-empty">{sentence(live.code)}</p>
          ) : rows.length === 0 ? (
            <p className="list-empty">{t('batch.empty')}</p>
          ) : (
            <BatchList
              rows={rows}
              selection={{ ...selection, chosen: chosenIds }}
              onSelection={setSelection}
              seen={seen}
              opened={opened}
              onOpen={(row) => {
                setOpened(row.id);
                see(row);
              }}
              outcomes={state.kind === 'choosing' ? null : state.outcomes}
              current={state.kind === 'running' ? (state.progress?.current ?? null) : null}
            />
          )}
        </section>
        <main className="full-page" data-pane="document" aria-label={t('pane.document')}>
          {opened === null ? <EmptyPage /> : <OpenedPage id={opened} />}
        </main>
        <aside className="full-side" data-pane="side" aria-label={t('batch.title')}>
          {state.kind === 'choosing' ? (
            <ChooseSide
              chosen={chosen}
              unseen={chosen.filter((row) => !seen(row)).length}
              start={(fingerprint) => batch.start(chosen, fingerprint)}
            />
          ) : state.kind === 'running' ? (
            <RunSide state={state} batch={batch} />
          ) : (
            <ResultSide
              state={state}
              again={(ids, fingerprint) =>
                batch.start(
                  state.rows.filter((row) => ids.includes(row.id)),
                  fingerprint,
                )
              }
              close={() => {
                setSelection(nothingChosen);
                batch.close();
              }}
            />
          )}
        </aside>
      </div>
    </div>
  );
}

function EmptyPage() {
  const { t } = useWords();
  return (
    <div className="document-none">
      <p>{t('batch.open-first')}</p>
      <p>{t('batch.keys')}</p>
    </div>
  );
}

function OpenedPage({ id }: { readonly id: DeskId }) {
  const { ledger } = useDesk();
  const { t, sentence } = useWords();
  const live = useMemo(() => ledger.document(id), [ledger, id]);
  const state = useLive(live);
  if (state.kind === 'reading') return <Skeleton lines={9} />;
  if (state.kind === 'failed') return <p className="document-none">{sentence(state.code)}</p>;
  if (state.value.kind !== 'outgoing') return <p className="document-none">{t('document.missing')}</p>;
  const { document } = state.value;
  return <Reader key={id} documentId={id} files={outgoingFiles(document)} marking={false} fit="page" />;
}
