// Step 1: the competent person's signature. A clerk's profile only has one made elsewhere checked; a leader's signs here.
import { useState } from 'react';
import type { Sha256 } from '../../../preload/contract/ids';
import type { OutgoingDocument } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import { countText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { MainButton } from '../document/route-forms';
import { ChooseFile } from '../intake/choose-file';
import { useIntake } from '../intake/use-intake';
import { Certificates, chosenSigner, useSigners } from './certificates';
import { PlaceNote } from './place-note';
import { refusalOf, StandingNote, useStanding } from './standing-note';
import type { Placing } from './use-placement';

export interface LeaderStepProps {
  readonly document: OutgoingDocument;
  readonly placing: Placing;
}

/** By profile. */
export function LeaderStep(props: LeaderStepProps) {
  const { info } = useDesk();
  return (
    <>
      {info.profile === 'leader' ? <SignHere {...props} /> : <SignedElsewhere document={props.document} />}
      <UrgencyButton document={props.document} />
    </>
  );
}

/** The mark of an urgent document belongs on the page before anybody signs it. */
function UrgencyButton({ document }: { readonly document: OutgoingDocument }) {
  const { t } = useWords();
  const { go } = useNavigation();
  if (document.main === null) return null;
  return (
    <Button
      look="quiet"
      onClick={() => go({ kind: 'stamp', document: document.id })}
      testId={testIds.act.urgencyMark}
    >
      {t('act.urgency-mark')}
    </Button>
  );
}

function SignedElsewhere({ document }: { readonly document: OutgoingDocument }) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const { share, bringMain, dialog } = useIntake();
  const check = async (): Promise<void> => {
    await ledger.acts.markSignedElsewhere({ id: document.id });
    done(t('done.leader-checked'));
  };
  return (
    <>
      <p className="step-note">{t('step.leader-clerk')}</p>
      <MainButton
        label="act.check-leader"
        reason={
          document.main === null ? t('draft.lacks-file') : share === null ? undefined : t('draft.uploading')
        }
        testId={testIds.road.checkLeader}
        run={check}
      />
      <div className="acts-line">
        <SaveForSigning document={document} />
        <ChooseFile
          label="step.choose-signed"
          share={share}
          testId={testIds.road.chooseSigned}
          onFiles={(files) =>
            bringMain(files.slice(0, 1), async ({ main }) => {
              if (main === null) return;
              await ledger.acts.attachFile({ id: document.id, main });
              await check();
            })
          }
        />
        {dialog}
      </div>
    </>
  );
}

/** For somebody who signs elsewhere: the number can be given later in fields that stand before the signature. */
function SaveForSigning({ document }: { readonly document: OutgoingDocument }) {
  const { t } = useWords();
  const { api, done, fail } = useDesk();
  const { main } = document;
  if (main === null || main.verdict?.verdict !== 'unsigned') return null;
  return (
    <Button
      testId={testIds.road.saveForSigning}
      onClick={() => {
        answerOf(api.numbers.saveDraft({ sha256: main.sha256, name: main.name })).then(
          ({ saved, blanks }) => {
            if (!saved) return;
            if (blanks === 0) done(t('done.saved-for-signing-plain'));
            else done(t('done.saved-for-signing', { count: countText(blanks) }));
          },
          fail,
        );
      }}
    >
      {t('act.save-for-signing')}
    </Button>
  );
}

function SignHere({ document, placing }: LeaderStepProps) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const cards = useSigners('leader');
  const [chosen, setChosen] = useState<Sha256 | null>(null);
  const signer = chosenSigner(cards ?? [], chosen);
  const standing = useStanding(signer);
  const refused = refusalOf(standing);
  return (
    <>
      <p className="step-note">{t('step.leader-read-first')}</p>
      <Certificates cards={cards} chosen={signer} onChoose={setChosen} label={t('certificate.choose')} />
      <StandingNote standing={standing} />
      <PlaceNote placing={placing} />
      <MainButton
        label="act.sign-leader"
        reason={
          signer === null ? t('certificate.none-usable') : refused === undefined ? undefined : t(refused)
        }
        testId={testIds.road.signLeader}
        run={async () => {
          if (signer === null) return;
          await ledger.acts.signLeader({
            id: document.id,
            fingerprint: signer.fingerprint,
            placement: placing.placement,
          });
          done(t('done.leader-signed'));
        }}
      />
    </>
  );
}
