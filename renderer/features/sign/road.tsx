// Ký và phát hành: the page on the left, the road of numbered steps on the right. The order is the law's; the acts are the ledger's.
import { useMemo } from 'react';
import type { DeskId } from '../../../preload/contract/ids';
import type { OutgoingDocument } from '../../../preload/contract/records';
import type { PlacedWord, SigningRole } from '../../../preload/contract/signing-request';
import { useDesk, useLive } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import { numberAndSymbol } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Skeleton } from '../../ui/skeleton';
import { outgoingFiles } from '../document/outgoing';
import { Reader } from '../document/reader';
import { StepItem } from './step-item';
import { type Step, stepsOf } from './steps';
import { useLevels } from './use-levels';
import { useNumbering } from './use-numbering';
import { millimetres, type Placing, usePlacement } from './use-placement';

/** The road of one document. */
export function RoadScreen({ id }: { readonly id: DeskId }) {
  const { ledger } = useDesk();
  const { t, sentence } = useWords();
  const live = useMemo(() => ledger.document(id), [ledger, id]);
  const state = useLive(live);
  if (state.kind === 'reading') return <Skeleton lines={9} />;
  if (state.kind === 'failed') return <p className="document-none">{sentence(state.code)}</p>;
  if (state.value.kind !== 'outgoing') return <p className="document-none">{t('document.missing')}</p>;
  return <Road document={state.value.document} />;
}

/** Which place is shown on the page: of the open step, for the profile that may take it. */
function shownRole(
  document: OutgoingDocument,
  steps: readonly Step[],
  profile: 'clerk' | 'leader',
): SigningRole | null {
  const open = steps.find((step) => step.state === 'open')?.name;
  if (open === 'leader') return profile === 'leader' ? 'leader' : null;
  if (open !== 'seal') return null;
  return document.copy === undefined ? 'seal' : 'copy';
}

function Road({ document }: { readonly document: OutgoingDocument }) {
  const { info } = useDesk();
  const { t } = useWords();
  const { go } = useNavigation();
  const levels = useLevels(document.id);
  const steps = stepsOf(document, info.profile, levels);
  const role = shownRole(document, steps, info.profile);
  const placing = usePlacement(role, document.main?.sha256 ?? null);
  const numberOpen = steps.some((step) => step.name === 'number' && step.state === 'open');
  const numbering = useNumbering(document, numberOpen);
  const number = numberAndSymbol(document.facts.number, document.facts.notation);
  return (
    <div
      className="full"
      data-testid={testIds.road.root}
      data-document={document.id}
      data-state={document.state}
    >
      <header className="full-head">
        <h1 className="full-title">{t('road.title')}</h1>
        <span className="full-about">
          {number} · {document.facts.subject}
        </span>
        <Button shortcut="Esc" onClick={() => go({ kind: 'up' })} testId={testIds.road.later}>
          {t(document.packageSha === null ? 'common.later' : 'common.close')}
        </Button>
      </header>
      <DeskMessage />
      <div className="full-body">
        <main className="full-page" data-pane="document" aria-label={t('pane.document')}>
          <RoadPage document={document} role={role} placing={placing} written={numbering.words ?? []} />
        </main>
        <aside className="full-side" data-pane="side" aria-label={t('road.steps')}>
          <ol className="road">
            {steps.map((step, index) => (
              <StepItem
                key={step.name}
                step={step}
                index={index + 1}
                document={document}
                placing={placing}
                numbering={numbering}
                levels={levels}
              />
            ))}
          </ol>
        </aside>
      </div>
    </div>
  );
}

interface RoadPageProps {
  readonly document: OutgoingDocument;
  readonly role: SigningRole | null;
  readonly placing: Placing;
  readonly written: readonly PlacedWord[];
}

function RoadPage({ document, role, placing, written }: RoadPageProps) {
  const { t } = useWords();
  const { placement } = placing;
  const labels: Partial<Record<SigningRole, string>> = {
    seal: t('sign.seal-label', { size: placement === null ? '' : millimetres(placement.width) }),
    leader: t('sign.leader-label'),
    copy: t('copy.place-label'),
  };
  const label = role === null ? undefined : labels[role];
  const shown =
    placement === null || label === undefined
      ? {}
      : { placement: { value: placement, label, onMove: placing.move } };
  return (
    <Reader
      documentId={document.id}
      files={outgoingFiles(document)}
      marking={false}
      fit="page"
      written={written}
      {...shown}
    />
  );
}
