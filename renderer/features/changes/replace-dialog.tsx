// Thay thế of a document that was sent: a new draft that takes its place, and what the road says of it before it is sent.
import { useMemo, useState } from 'react';
import { type DeskId, newDeskId } from '../../../preload/contract/ids';
import type { Organ, OutgoingDocument } from '../../../preload/contract/records';
import { leftBehind } from '../../acts/sent-changes';
import { useDesk, useLive } from '../../app/desk';
import { useForget } from '../../app/kept';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import { numberAndSymbol } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { organText } from '../document/facts';
import { ChangeDialog } from './change-dialog';
import { useDecision } from './decision';
import type { SentDialogProps } from './recall-dialog';

export function ReplaceDialog({ document, onClose }: SentDialogProps) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const { go } = useNavigation();
  const owner = `${document.id}/replace`;
  const [draft] = useState(newDeskId);
  const decision = useDecision(owner);
  const forget = useForget(owner);
  return (
    <ChangeDialog
      title="replace.title"
      about="replace.about"
      confirm="replace.confirm"
      danger={false}
      lacks={decision.lacks}
      onConfirm={async () => {
        const { reason, decidedBy } = decision;
        await ledger.acts.replaceSent({ id: document.id, draft, reason, decidedBy });
        forget();
        done(t('done.replace-begun'));
        go({ kind: 'draft', document: draft });
      }}
      onClose={onClose}
    >
      {decision.fields}
    </ChangeDialog>
  );
}

/** In the step of sending: which document is replaced, and who would not hear of it. Nothing for other documents. */
export function ReplacesNote({
  document,
  receivers,
}: {
  readonly document: OutgoingDocument;
  readonly receivers: readonly Organ[];
}) {
  return document.replaces === undefined ? null : (
    <OldDocument id={document.replaces} receivers={receivers} />
  );
}

function OldDocument({ id, receivers }: { readonly id: DeskId; readonly receivers: readonly Organ[] }) {
  const { t } = useWords();
  const { ledger } = useDesk();
  const live = useMemo(() => ledger.document(id), [ledger, id]);
  const state = useLive(live);
  if (state.kind !== 'read' || state.value.kind !== 'outgoing') return null;
  const old = state.value.document;
  const left = leftBehind(old, receivers);
  const title = numberAndSymbol(old.facts.number, old.facts.notation);
  return (
    <div data-testid={testIds.changes.replaces}>
      <p className="quiet">{t('replace.note', { title })}</p>
      {left.length === 0 ? null : (
        <p className="step-note">{t('replace.left-behind', { who: left.map(organText).join('; ') })}</p>
      )}
    </div>
  );
}
