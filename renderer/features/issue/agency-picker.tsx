// The name of an agency with what the directory offers below it while the clerk types. Choosing hands the agency on; a name
// that is not in the directory stays as it was typed.
import { useId, useState } from 'react';
import type { AgencyCard } from '../../../preload/contract/directory';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';

export interface AgencyPickerProps {
  readonly value: string;
  readonly found: readonly AgencyCard[];
  readonly onType: (value: string) => void;
  readonly onChoose: (agency: AgencyCard) => void;
}

/** A combobox: arrows go through what is offered, Enter takes it, Esc closes the offer and nothing else. */
export function AgencyPicker({ value, found, onType, onChoose }: AgencyPickerProps) {
  const { t } = useWords();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const shown = open && found.length > 0;
  const chosen = shown ? found[at] : undefined;
  const choose = (agency: AgencyCard): void => {
    setOpen(false);
    setAt(-1);
    onChoose(agency);
  };
  const press = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!shown) setOpen(true);
      else setAt((now) => (now + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length);
    } else if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault();
      setOpen(false);
    }
  };
  return (
    <div className="field agency-picker">
      <label className="field-label" htmlFor={id}>
        {t('receivers.name')}
      </label>
      <input
        id={id}
        className="input"
        role="combobox"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={chosen === undefined ? undefined : `${id}-${at}`}
        autoComplete="off"
        spellCheck={false}
        maxLength={600}
        value={value}
        data-testid={testIds.draft.receiverName}
        onChange={(event) => {
          onType(event.target.value);
          setOpen(true);
          setAt(-1);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('receivers.found')}
        className="agency-found"
        hidden={!shown}
      >
        {found.map((agency, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys; an option never has the focus
          <div
            key={agency.code}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={`agency-option${index === at ? ' agency-option-at' : ''}`}
            data-testid={testIds.directory.option}
            data-code={agency.code}
            // The field keeps the focus, so that the list is still there when the button comes up.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(agency)}
          >
            {agency.favourite ? <span>{t('receivers.favourite-mark')} </span> : null}
            {agency.name} · {agency.code}
            {agency.oldCode === '' ? null : (
              <span className="quiet"> {t('receivers.old', { code: agency.oldCode })}</span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
