// Lưu lịch sử xử lý: the history of all documents as a file with a hash chain, or as a table. Main makes and writes it.
import { useAct, useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { countText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';

export function HistoryExport() {
  const { t } = useWords();
  const { api, done } = useDesk();
  const act = useAct();
  const save = (as: 'json' | 'csv') =>
    act.run(async () => {
      const { saved, rows, last } = await answerOf(api.history.save({ as }));
      if (saved) done(t('history-export.done', { rows: countText(rows), hash: last.slice(0, 16) }));
    });
  return (
    <>
      <Button
        look="quiet"
        busy={act.busy}
        onClick={() => void save('csv')}
        testId={testIds.register.historyTable}
      >
        {t('history-export.table')}
      </Button>
      <Button
        look="quiet"
        busy={act.busy}
        onClick={() => void save('json')}
        testId={testIds.register.historyChain}
      >
        {t('history-export.chain')}
      </Button>
    </>
  );
}
