// The stamps of the records office over the page: the ĐẾN stamp on a copy of what came in, the urgency mark on a draft. The place
// is main's proposal, moved by mouse, keys or numbers; main draws the stamp and refuses what law forbids.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CallInput } from '../../../preload/contract/calls';
import type { DeskId } from '../../../preload/contract/ids';
import type { Attachment, IncomingDocument, OutgoingDocument } from '../../../preload/contract/records';
import { withOrigin } from '../../acts/made-from';
import { useAct, useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import { dayText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { ChoiceField, TextField } from '../../ui/field';
import { isPdf, mainFile } from '../document/governing';
import { Reader } from '../document/reader';
import { FullScreen } from '../full-screen';
import { PlaceNote } from '../sign/place-note';
import { type Placing, usePlacement } from '../sign/use-placement';
import { StoredDocument } from '../stored-document';

type UrgencyLevel = CallInput<'stamps.urgency'>['level'];

/** The screen for a document of either side. */
export function StampScreen({ id }: { readonly id: DeskId }) {
  return (
    <StoredDocument
      id={id}
      show={(view) => {
        if (view.kind === 'incoming') return <ArrivalStamp document={view.document} />;
        return view.kind === 'outgoing' ? <UrgencyMark document={view.document} /> : null;
      }}
    />
  );
}

function ArrivalStamp({ document }: { readonly document: IncomingDocument }) {
  const { t } = useWords();
  const { api, done } = useDesk();
  const main = mainFile(document.attachments);
  const file = main !== undefined && isPdf(main) ? main : null;
  const placing = usePlacement('arrival-stamp', file?.sha256 ?? null);
  const [forwarded, setForwarded] = useState(document.assignedTo || document.presentedTo);
  const [fileSymbol, setFileSymbol] = useState('');
  const { arrivalNumber: number, arrivalDate: date } = document;
  const signers = [...new Set(file?.verdict?.signatures.map((one) => one.signer) ?? [])].join(', ');
  const run = async (): Promise<void> => {
    if (file === null || number === null || date === null) return;
    const { sha256, name } = file;
    const answer = await answerOf(
      api.stamps.arrival({ sha256, name, number, date, forwarded, fileSymbol, placement: placing.placement }),
    );
    if (!answer.saved) return;
    const names = answer.changed.join(', ');
    done(names === '' ? t('stamp.arrival-saved') : t('stamp.arrival-saved-changed', { names }));
  };
  return (
    <StampFrame
      title={t('stamp.arrival-title')}
      label={t('stamp.arrival-label')}
      about={document.facts.subject}
      id={document.id}
      file={file}
      placing={placing}
      action={t('stamp.arrival-save')}
      reason={number === null || file === null ? t('stamp.arrival-unregistered') : undefined}
      run={run}
    >
      <p className="quiet">
        {number === null || date === null ? '' : t('stamp.arrival-about', { number, day: dayText(date) })}
      </p>
      <div className="form">
        <TextField
          label={t('stamp.forwarded')}
          value={forwarded}
          onChange={setForwarded}
          maxLength={200}
          testId={testIds.stamp.forwarded}
        />
        <TextField
          label={t('stamp.file-symbol')}
          value={fileSymbol}
          onChange={setFileSymbol}
          maxLength={100}
        />
      </div>
      {signers === '' ? null : (
        <p className="step-note" data-testid={testIds.stamp.signedNote}>
          {t('stamp.signed-note', { names: signers })}
        </p>
      )}
    </StampFrame>
  );
}

function levelOf(value: number): UrgencyLevel {
  return value === 2 || value === 3 ? value : 1;
}

function UrgencyMark({ document }: { readonly document: OutgoingDocument }) {
  const { t } = useWords();
  const { api, ledger, done } = useDesk();
  const { go } = useNavigation();
  const { main } = document;
  const [level, setLevel] = useState<UrgencyLevel>(levelOf(document.facts.urgency));
  const placing = usePlacement('urgency-mark', main?.sha256 ?? null, level);
  const run = async (): Promise<void> => {
    if (main === null) return;
    const { sha256, name, description } = main;
    const { file } = await answerOf(
      api.stamps.urgency({ sha256, name, description, level, placement: placing.placement }),
    );
    await ledger.acts.attachFile({ id: document.id, main: withOrigin(main, file) });
    await ledger.acts.updateDraft({ id: document.id, facts: { urgency: level } });
    go({ kind: 'road', document: document.id });
    done(t('stamp.urgency-done'));
  };
  return (
    <StampFrame
      title={t('stamp.urgency-title')}
      label={t(`stamp.urgency-${level}`)}
      about={document.facts.subject}
      id={document.id}
      file={main}
      placing={placing}
      action={t('stamp.urgency-put')}
      reason={main === null ? t('draft.lacks-file') : undefined}
      run={run}
    >
      <ChoiceField
        label={t('draft.urgency')}
        value={String(level)}
        choices={([1, 2, 3] as const).map((one) => ({
          value: String(one),
          label: t(`stamp.urgency-${one}`),
        }))}
        onChange={(value) => setLevel(levelOf(Number(value)))}
        testId={testIds.stamp.level}
      />
      <p className="quiet">{t('stamp.urgency-law')}</p>
    </StampFrame>
  );
}

interface StampFrameProps {
  readonly title: string;
  readonly label: string;
  readonly about: string;
  readonly id: DeskId;
  readonly file: Attachment | null;
  readonly placing: Placing;
  readonly action: string;
  readonly reason: string | undefined;
  readonly run: () => Promise<void>;
  readonly children: ReactNode;
}

function StampFrame(props: StampFrameProps) {
  const { title, label, about, id, file, placing, action, reason, children } = props;
  const { t } = useWords();
  const { go } = useNavigation();
  const act = useAct();
  const newest = useRef(props.run);
  useEffect(() => {
    newest.current = props.run;
  });
  const run = (): void => void act.run(() => newest.current());
  const { placement } = placing;
  return (
    <FullScreen
      testId={testIds.stamp.root}
      title={title}
      about={about}
      leave={{ label: t('common.close'), run: () => go({ kind: 'up' }), testId: testIds.stamp.close }}
      page={
        <Reader
          documentId={id}
          files={file === null ? [] : [file]}
          marking={false}
          fit="page"
          {...(placement === null ? {} : { placement: { value: placement, label, onMove: placing.move } })}
        />
      }
      side={
        <>
          {children}
          <PlaceNote placing={placing} guessedWords="stamp.place-guessed" />
        </>
      }
      act={{ label: action, reason, busy: act.busy, run, testId: testIds.stamp.run }}
    />
  );
}
