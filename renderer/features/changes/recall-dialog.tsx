// Thu hồi of a document that was sent: why, who decided it, and whom it is asked back from.
import type { OutgoingDocument } from '../../../preload/contract/records';
import { recallReceivers } from '../../acts/sent-changes';
import { useDesk } from '../../app/desk';
import { useForget } from '../../app/kept';
import { useWords } from '../../i18n/text';
import { ChangeDialog } from './change-dialog';
import { useDecision } from './decision';
import { WhoGetsWhat } from './who';

export interface SentDialogProps {
  readonly document: OutgoingDocument;
  readonly onClose: () => void;
}

export function RecallDialog({ document, onClose }: SentDialogProps) {
  const { t } = useWords();
  const { ledger, info, done } = useDesk();
  const owner = `${document.id}/recall`;
  const decision = useDecision(owner);
  const forget = useForget(owner);
  return (
    <ChangeDialog
      title="recall.title-requested"
      about="recall.about-requested"
      confirm="recall.confirm-requested"
      danger
      lacks={decision.lacks}
      onConfirm={async () => {
        const { reason, decidedBy } = decision;
        const how = await ledger.acts.recallOutgoing({ id: document.id, reason, decidedBy });
        forget();
        done(t(`done.taken-back-${how}`));
      }}
      onClose={onClose}
    >
      {decision.fields}
      <WhoGetsWhat
        lines={[{ label: `who.recall-${info.hub.ways.recallBy}`, organs: recallReceivers(document, []) }]}
      />
    </ChangeDialog>
  );
}
