// First start: asks the last numbers that the paper book or the older system used, so that none is given twice.
import { useState } from 'react';
import { useAct, useDesk } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/field';

function whole(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** Must be answered before a number is given; 0 means the book begins here. */
export function FirstStart() {
  const { t } = useWords();
  const { ledger, today, refreshInfo, info } = useDesk();
  const act = useAct();
  const [incoming, setIncoming] = useState('');
  const [outgoing, setOutgoing] = useState('');
  const year = Number(today().slice(0, 4));
  const lastIncoming = whole(incoming);
  const lastOutgoing = whole(outgoing);
  const ready = lastIncoming !== null && lastOutgoing !== null;
  const save = (): void => {
    if (lastIncoming === null || lastOutgoing === null) return;
    void act.run(async () => {
      await ledger.acts.startNumbers({ year, lastIncoming, lastOutgoing });
      await refreshInfo();
    });
  };
  return (
    <Dialog
      title={t('first.title', { agency: info.agency.name })}
      onClose={() => undefined}
      must
      onSubmit={save}
      testId={testIds.firstStart.root}
      actions={
        <Button
          type="submit"
          look="filled"
          busy={act.busy}
          reason={ready ? undefined : t('first.missing')}
          testId={testIds.firstStart.save}
        >
          {t('first.save')}
        </Button>
      }
    >
      <DeskMessage />
      <p>{t('first.about', { year })}</p>
      <div className="pair">
        <TextField
          label={t('first.incoming', { year })}
          value={incoming}
          onChange={setIncoming}
          inputMode="numeric"
          maxLength={9}
          autoFocus
          required
          testId={testIds.firstStart.lastIncoming}
        />
        <TextField
          label={t('first.outgoing', { year })}
          value={outgoing}
          onChange={setOutgoing}
          inputMode="numeric"
          maxLength={9}
          required
          testId={testIds.firstStart.lastOutgoing}
        />
      </div>
      <p className="quiet">{t('first.zero')}</p>
    </Dialog>
  );
}
