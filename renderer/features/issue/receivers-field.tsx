// Nơi nhận: agencies by name and code, proposed from the directory that is saved here. A code may also be typed.
import { useEffect, useState } from 'react';
import { agencyCodeForm, normaliseAgencyCode, sameAgencyCode } from '../../../preload/contract/agency-code';
import type { Organ } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Icon } from '../../ui/icon';

export interface ReceiversFieldProps {
  readonly receivers: readonly Organ[];
  readonly onChange: (receivers: readonly Organ[]) => void;
}

function useAgencies(text: string): readonly Organ[] {
  const { ledger } = useDesk();
  const [found, setFound] = useState<readonly Organ[]>([]);
  useEffect(() => {
    let gone = false;
    ledger.agencies(text, 20).then(
      (agencies) => {
        if (!gone) setFound(agencies);
      },
      // Without a directory a code is typed by hand.
      () => setFound([]),
    );
    return () => {
      gone = true;
    };
  }, [ledger, text]);
  return found;
}

/** The chosen receivers, then a line to add one. */
export function ReceiversField({ receivers, onChange }: ReceiversFieldProps) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [code, setCode] = useState('');
  const found = useAgencies(name === '' ? code : name);
  const twice = receivers.some((one) => sameAgencyCode(one.code, code));
  const odd = code.trim() !== '' && agencyCodeForm(code) === 'odd';

  const typeName = (value: string): void => {
    setName(value);
    const exact = found.find((one) => one.name === value);
    if (exact !== undefined) setCode(exact.code);
  };
  const typeCode = (value: string): void => {
    setCode(value);
    const exact = found.find((one) => sameAgencyCode(one.code, value));
    if (exact !== undefined && name === '') setName(exact.name);
  };
  const add = (): void => {
    onChange([...receivers, { code: normaliseAgencyCode(code), name: name.trim() }]);
    setName('');
    setCode('');
  };
  const reason =
    name.trim() === '' || code.trim() === '' ? t('receivers.both') : twice ? t('receivers.twice') : undefined;
  return (
    <fieldset className="receivers">
      <legend className="field-label">
        {t('receivers.title')}
        <span className="field-required"> *</span>
      </legend>
      {receivers.length === 0 ? null : (
        <ul className="receivers-list">
          {receivers.map((one) => (
            <li key={one.code} data-testid={testIds.draft.receiver} data-code={one.code}>
              <span>
                {one.name} · {one.code}
              </span>
              <button
                type="button"
                className="tool"
                aria-label={t('receivers.remove', { name: one.name })}
                onClick={() => onChange(receivers.filter((other) => other !== one))}
              >
                <Icon name="cross" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="receivers-add">
        <TextField
          label={t('receivers.name')}
          value={name}
          onChange={typeName}
          options={found.map((one) => one.name)}
          maxLength={600}
          testId={testIds.draft.receiverName}
        />
        <TextField
          label={t('receivers.code')}
          value={code}
          onChange={typeCode}
          maxLength={40}
          testId={testIds.draft.receiverCode}
        />
        <Button reason={reason} onClick={add} testId={testIds.draft.receiverAdd}>
          {t('receivers.add')}
        </Button>
      </div>
      {odd ? <p className="field-hint">{t('receivers.odd-code')}</p> : null}
    </fieldset>
  );
}
