// Registers a document that came on paper: it gets its số đến like every other one, and nothing is sent anywhere.
import { useMemo } from 'react';
import { typeAbbreviations } from '../../../preload/contract/document-types';
import { newDeskId } from '../../../preload/contract/ids';
import type { Attachment } from '../../../preload/contract/records';
import { useAct, useDesk } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { useForget, useKept } from '../../app/kept';
import { testIds } from '../../app/test-ids';
import { dayText, parseDay } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ChoiceField, TextField } from '../../ui/field';
import { useProposedNumber } from '../document/proposed-number';
import { ChooseFile } from '../intake/choose-file';
import { useIntake } from '../intake/use-intake';

interface PaperForm {
  readonly number: string;
  readonly notation: string;
  readonly issuedOn: string;
  readonly typeName: string;
  readonly subject: string;
  readonly senderName: string;
  readonly senderCode: string;
  readonly signer: string;
}

/** What the form is kept under while it is not registered. */
const owner = 'paper';

const blank: PaperForm = {
  number: '',
  notation: '',
  issuedOn: '',
  typeName: 'Công văn',
  subject: '',
  senderName: '',
  senderCode: '',
  signer: '',
};

/** The form of the register's columns, with a scan when there is one. */
export function PaperDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { ledger, today, done } = useDesk();
  const act = useAct();
  const { share, bring, dialog } = useIntake();
  // Closed by mistake and opened again, it is as it was; the same id lets no second number be given.
  const [id, keepId] = useKept(owner, 'id', newDeskId);
  const [form, setForm] = useKept(owner, 'form', () => blank);
  const [files, setFiles] = useKept<readonly Attachment[]>(owner, 'files', () => []);
  const [typedDate, setDate] = useKept<string | null>(owner, 'date', () => null);
  const date = typedDate ?? dayText(today());
  const [typed, setTyped] = useKept<string | null>(owner, 'number', () => null);
  const forget = useForget(owner);
  const parsed = parseDay(date);
  const day = useMemo(() => parsed ?? today(), [parsed, today]);
  const proposal = useProposedNumber('incoming', day);
  const shown = typed ?? (proposal === null ? '' : String(proposal));
  const number = /^[1-9]\d{0,8}$/.test(shown.trim()) ? Number(shown.trim()) : null;
  const issuedWrong = form.issuedOn.trim() !== '' && parseDay(form.issuedOn) === undefined;
  const reason =
    number === null
      ? t('accept.number-wrong')
      : parsed === undefined || issuedWrong
        ? t('form.day-wrong')
        : form.subject.trim() === ''
          ? t('draft.lacks-subject')
          : form.senderName.trim() === ''
            ? t('paper.lacks-sender')
            : undefined;
  const change = (part: Partial<PaperForm>): void => setForm((now) => ({ ...now, ...part }));
  const save = (): void => {
    if (number === null || parsed === undefined || reason !== undefined) return;
    const work = async (): Promise<void> => {
      keepId(id);
      const given = await ledger.acts.registerPaper({
        id,
        number,
        date: parsed,
        files,
        facts: {
          number: form.number.trim(),
          notation: form.notation.trim(),
          typeName: form.typeName,
          subject: form.subject.trim(),
          issuedOn: parseDay(form.issuedOn) ?? null,
          sender: { code: form.senderCode.trim(), name: form.senderName.trim() },
          signer: { competence: '', position: '', name: form.signer.trim() },
          paper: true,
        },
      });
      done(t('done.registered', { number: given.number }));
    };
    void act.run(work).then((well) => {
      if (!well) return;
      forget();
      onClose();
    });
  };
  const ids = testIds.paper;
  return (
    <>
      {dialog}
      <Dialog
        title={t('paper.title')}
        wide
        onClose={onClose}
        onSubmit={save}
        testId={ids.root}
        actions={
          <>
            <Button type="submit" look="filled" busy={act.busy} reason={reason} testId={ids.save}>
              {t('paper.save')}
            </Button>
            <Button onClick={onClose} testId={ids.cancel}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <DeskMessage />
        <div className="pair">
          <TextField
            label={t('accept.number')}
            value={shown}
            onChange={setTyped}
            inputMode="numeric"
            aside={typed === null ? t('form.proposed') : ''}
            testId={ids.number}
          />
          <TextField label={t('accept.date')} value={date} onChange={setDate} testId={ids.date} />
        </div>
        <div className="pair">
          <TextField
            label={t('paper.sender-name')}
            value={form.senderName}
            onChange={(senderName) => change({ senderName })}
            required
            testId={ids.senderName}
          />
          <TextField
            label={t('paper.sender-code')}
            value={form.senderCode}
            onChange={(senderCode) => change({ senderCode })}
            testId={ids.senderCode}
          />
        </div>
        <div className="quad">
          <TextField
            label={t('paper.number')}
            value={form.number}
            onChange={(value) => change({ number: value })}
            maxLength={20}
            testId={ids.docNumber}
          />
          <TextField
            label={t('draft.notation')}
            value={form.notation}
            onChange={(notation) => change({ notation })}
            maxLength={40}
            testId={ids.docNotation}
          />
          <TextField
            label={t('paper.issued-on')}
            value={form.issuedOn}
            onChange={(issuedOn) => change({ issuedOn })}
            placeholder={t('form.day-placeholder')}
            error={issuedWrong ? t('form.day-wrong') : undefined}
            testId={ids.docDate}
          />
          <ChoiceField
            label={t('draft.type')}
            value={form.typeName}
            choices={Object.keys(typeAbbreviations).map((name) => ({ value: name, label: name }))}
            onChange={(typeName) => change({ typeName })}
            testId={ids.type}
          />
        </div>
        <TextField
          label={t('draft.subject')}
          value={form.subject}
          onChange={(subject) => change({ subject })}
          lines={2}
          required
          testId={ids.subject}
        />
        <TextField
          label={t('fact.signer')}
          value={form.signer}
          onChange={(signer) => change({ signer })}
          testId={ids.signer}
        />
        <div className="acts-line">
          <ChooseFile
            label="paper.scan"
            share={share}
            multiple
            testId={ids.file}
            onFiles={(chosen) => bring(chosen, (checked) => setFiles((now) => [...now, ...checked]))}
          />
          <span className="quiet">{files.map((file) => file.name).join(', ')}</span>
        </div>
      </Dialog>
    </>
  );
}
