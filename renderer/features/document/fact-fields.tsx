// The fields of a document that more than one form asks for: its type and its subject. They keep nothing.
import { typeAbbreviations } from '../../../preload/contract/document-types';
import { useWords } from '../../i18n/text';
import { ChoiceField, TextField } from '../../ui/field';

interface FactFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly testId?: string;
}

/** A type that the law's list does not have stays choosable. */
export function TypeField({ value, onChange, testId }: FactFieldProps) {
  const { t } = useWords();
  const types = Object.keys(typeAbbreviations);
  const choices = types.includes(value) ? types : [value, ...types];
  return (
    <ChoiceField
      label={t('draft.type')}
      value={value}
      choices={choices.map((name) => ({ value: name, label: name }))}
      onChange={onChange}
      {...(testId === undefined ? {} : { testId })}
    />
  );
}

export function SubjectField({ value, onChange, testId }: FactFieldProps) {
  const { t } = useWords();
  return (
    <TextField
      label={t('draft.subject')}
      value={value}
      onChange={onChange}
      lines={3}
      required
      {...(testId === undefined ? {} : { testId })}
    />
  );
}
