// The buttons of a sent document that is in force: cập nhật, thay thế, thu hồi, quiet and without a shortcut, each in a dialog.
import { useState } from 'react';
import { useDesk } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import type { DocumentView } from '../../ledger';
import { Button } from '../../ui/button';
import { ReasonDialog } from '../document/reason-dialog';
import { RecallDialog } from './recall-dialog';
import { ReplaceDialog } from './replace-dialog';
import { UpdateDialog } from './update-dialog';

type Asking = 'recall' | 'update' | 'replace' | null;

export function SentActs({ view }: { readonly view: Extract<DocumentView, { readonly kind: 'outgoing' }> }) {
  const { document, may, takenBackBy } = view;
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const [asking, setAsking] = useState<Asking>(null);
  const close = (): void => setAsking(null);
  return (
    <>
      {may.includes('update-sent') ? (
        <Button wide onClick={() => setAsking('update')} testId={testIds.act.updateSent}>
          {t('act.update-sent')}
        </Button>
      ) : null}
      {may.includes('replace-sent') ? (
        <Button wide onClick={() => setAsking('replace')} testId={testIds.act.replaceSent}>
          {t('act.replace-sent')}
        </Button>
      ) : null}
      {may.includes('recall') ? (
        <Button wide onClick={() => setAsking('recall')} testId={testIds.act.recall}>
          {t(`act.${takenBackBy}`)}
        </Button>
      ) : null}
      {asking === 'update' ? <UpdateDialog document={document} onClose={close} /> : null}
      {asking === 'replace' ? <ReplaceDialog document={document} onClose={close} /> : null}
      {asking === 'recall' && takenBackBy === 'requested' ? (
        <RecallDialog document={document} onClose={close} />
      ) : null}
      {asking === 'recall' && takenBackBy !== 'requested' ? (
        <ReasonDialog
          document={document.id}
          title={`recall.title-${takenBackBy}`}
          about={`recall.about-${takenBackBy}`}
          confirm={`recall.confirm-${takenBackBy}`}
          onConfirm={async (reason) => {
            const how = await ledger.acts.recallOutgoing({ id: document.id, reason });
            done(t(`done.taken-back-${how}`));
          }}
          onClose={close}
        />
      ) : null}
    </>
  );
}
