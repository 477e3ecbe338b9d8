// The fields of a văn bản đi, in the order of the page. It keeps nothing.
import { testIds } from '../../app/test-ids';
import { parseDay } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { CheckField, ChoiceField, TextField } from '../../ui/field';
import { SubjectField, TypeField } from '../document/fact-fields';
import { urgencyName } from '../queue/words';
import type { DraftForm } from './draft-form';
import { ReceiversField } from './receivers-field';

export interface DraftFieldsProps {
  readonly form: DraftForm;
  readonly onChange: (part: Partial<DraftForm>) => void;
}

const competences = ['', 'TM.', 'Q.', 'KT.', 'TL.', 'TUQ.'];

/** Type, symbol, subject, signer, receivers, urgency, deadline, paper. */
export function DraftFields({ form, onChange }: DraftFieldsProps) {
  const { t } = useWords();
  const ids = testIds.draft;
  return (
    <div className="form">
      <div className="pair">
        <TypeField value={form.typeName} onChange={(typeName) => onChange({ typeName })} testId={ids.type} />
        <TextField
          label={t('draft.notation')}
          value={form.notation}
          onChange={(notation) => onChange({ notation, notationByHand: true })}
          required
          maxLength={40}
          testId={ids.notation}
        />
      </div>
      <SubjectField value={form.subject} onChange={(subject) => onChange({ subject })} testId={ids.subject} />
      <div className="signer-fields">
        <ChoiceField
          label={t('draft.competence')}
          value={form.signerCompetence}
          choices={competences.map((one) => ({ value: one, label: one === '' ? '—' : one }))}
          onChange={(signerCompetence) => onChange({ signerCompetence })}
          testId={ids.signerCompetence}
        />
        <TextField
          label={t('draft.signer-name')}
          value={form.signerName}
          onChange={(signerName) => onChange({ signerName })}
          required
          maxLength={600}
          testId={ids.signerName}
        />
        <TextField
          label={t('draft.signer-position')}
          value={form.signerPosition}
          onChange={(signerPosition) => onChange({ signerPosition })}
          maxLength={600}
          testId={ids.signerPosition}
        />
      </div>
      <ReceiversField receivers={form.receivers} onChange={(receivers) => onChange({ receivers })} />
      <div className="triple">
        <TextField
          label={t('draft.place')}
          value={form.place}
          onChange={(place) => onChange({ place })}
          maxLength={600}
          testId={ids.place}
        />
        <ChoiceField
          label={t('draft.urgency')}
          value={form.urgency}
          choices={[0, 1, 2, 3, 4].map((one) => ({ value: String(one), label: t(urgencyName(one)) }))}
          onChange={(urgency) => onChange({ urgency })}
          testId={ids.urgency}
        />
        <TextField
          label={t('draft.due')}
          value={form.dueOn}
          onChange={(dueOn) => onChange({ dueOn })}
          placeholder={t('form.day-placeholder')}
          maxLength={10}
          error={
            form.dueOn.trim() !== '' && parseDay(form.dueOn) === undefined ? t('form.day-wrong') : undefined
          }
          testId={ids.dueOn}
        />
      </div>
      <CheckField
        label={t('draft.paper')}
        checked={form.paper}
        onChange={(paper) => onChange({ paper })}
        testId={ids.paper}
      />
    </div>
  );
}
