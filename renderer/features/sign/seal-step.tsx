// Step 3: ký số của cơ quan. The clerk chooses the agency's certificate and sees where the seal will stand; the PIN is its own window.
import { useState } from 'react';
import type { Sha256 } from '../../../preload/contract/ids';
import type { OutgoingDocument } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { isPdf } from '../document/governing';
import { MainButton } from '../document/route-forms';
import { Certificates, chosenSigner, useSigners } from './certificates';
import { PlaceNote } from './place-note';
import { refusalOf, StandingNote, useStanding } from './standing-note';
import type { Placing } from './use-placement';
import { WorkProgress } from './work-progress';

export interface SealStepProps {
  readonly document: OutgoingDocument;
  readonly placing: Placing;
}

/** Certificate, place, act. */
export function SealStep({ document, placing }: SealStepProps) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const isCopy = document.copy !== undefined;
  const cards = useSigners(isCopy ? 'copy' : 'seal');
  const [chosen, setChosen] = useState<Sha256 | null>(null);
  const signer = chosenSigner(cards ?? [], chosen);
  const standing = useStanding(signer);
  const refused = refusalOf(standing);
  const annexes = document.annexes.filter(isPdf).length;
  const about = isCopy
    ? t('copy.seal-about')
    : annexes === 0
      ? t('step.seal-about')
      : t('step.seal-about-annexes', { count: annexes });
  return (
    <>
      <p className="step-note">{about}</p>
      <Certificates cards={cards} chosen={signer} onChoose={setChosen} label={t('certificate.choose')} />
      <StandingNote standing={standing} />
      <PlaceNote placing={placing} />
      <WorkProgress />
      <MainButton
        label={isCopy ? 'act.seal-copy' : 'act.seal'}
        reason={
          signer === null ? t('certificate.none-usable') : refused === undefined ? undefined : t(refused)
        }
        testId={testIds.road.seal}
        run={async () => {
          if (signer === null) return;
          await ledger.acts.seal({
            id: document.id,
            fingerprint: signer.fingerprint,
            // The text of a copy has its place by rule: only a place that was chosen is another.
            placement: isCopy && !placing.moved ? null : placing.placement,
          });
          done(t(isCopy ? 'done.copy-sealed' : 'done.sealed'));
        }}
      />
    </>
  );
}
