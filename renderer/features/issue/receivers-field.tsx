// Nơi nhận: agencies by name and code, found in the directory while typing, each code checked. A code may also be typed; what
// the directory does not know is warned of and never refused.
import { useEffect, useState } from 'react';
import { agencyCodeForm, normaliseAgencyCode, sameAgency } from '../../../preload/contract/agency-code';
import type { Organ } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { AgencyPicker } from './agency-picker';
import { ReceiverGroups, withMore } from './receiver-groups';
import { checkedOf, ReceiverRow } from './receiver-row';
import { useChecked, useFound } from './use-agencies';

export interface ReceiversFieldProps {
  readonly receivers: readonly Organ[];
  readonly onChange: (receivers: readonly Organ[]) => void;
}

/** The favourites by code, and how to change one. */
function useFavourites(): readonly [ReadonlySet<string>, (code: string, on: boolean) => void, number] {
  const { api, fail } = useDesk();
  const [turn, setTurn] = useState(0);
  const [codes, setCodes] = useState<ReadonlySet<string>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew after each change
  useEffect(() => {
    let gone = false;
    answerOf(api.agencies.find({ text: '', limit: 200 })).then(
      ({ agencies }) => {
        if (!gone) setCodes(new Set(agencies.filter((one) => one.favourite).map((one) => one.code)));
      },
      () => setCodes(new Set()),
    );
    return () => {
      gone = true;
    };
  }, [api, turn]);
  const favour = (code: string, on: boolean): void => {
    answerOf(api.agencies.favour({ code, on })).then(() => setTurn((now) => now + 1), fail);
  };
  return [codes, favour, turn];
}

/** The chosen receivers, then a line to add one, then the groups. */
export function ReceiversField({ receivers, onChange }: ReceiversFieldProps) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [code, setCode] = useState('');
  const [favourites, favour, turn] = useFavourites();
  const found = useFound(name === '' ? code : name, turn);
  const checked = useChecked(receivers);
  const twice = receivers.some((one) => sameAgency(one.code, code));
  const odd = code.trim() !== '' && agencyCodeForm(code) === 'odd';

  const typeName = (value: string): void => {
    setName(value);
    const exact = found.find((one) => one.name === value);
    if (exact !== undefined) setCode(exact.code);
  };
  const typeCode = (value: string): void => {
    setCode(value);
    const exact = found.find((one) => sameAgency(one.code, value));
    if (exact !== undefined && name === '') setName(exact.name);
  };
  const put = (organ: Organ): void => {
    onChange(withMore(receivers, [organ]));
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
            <ReceiverRow
              key={one.code}
              organ={one}
              checked={checkedOf(checked, one)}
              favourite={favourites.has(normaliseAgencyCode(one.code))}
              onFavour={(on) => favour(one.code, on)}
              onRemove={() => onChange(receivers.filter((other) => other !== one))}
              onReplace={(organ) =>
                onChange(
                  withMore(
                    receivers.filter((other) => other !== one),
                    [organ],
                  ),
                )
              }
            />
          ))}
        </ul>
      )}
      <div className="receivers-add">
        <AgencyPicker
          value={name}
          found={found}
          onType={typeName}
          onChoose={({ code: chosen, name: called }) => put({ code: chosen, name: called })}
        />
        <TextField
          label={t('receivers.code')}
          value={code}
          onChange={typeCode}
          maxLength={40}
          testId={testIds.draft.receiverCode}
        />
        <Button
          reason={reason}
          onClick={() => put({ code: normaliseAgencyCode(code), name: name.trim() })}
          testId={testIds.draft.receiverAdd}
        >
          {t('receivers.add')}
        </Button>
      </div>
      {odd ? <p className="field-hint">{t('receivers.odd-code')}</p> : null}
      <ReceiverGroups receivers={receivers} onChange={onChange} />
    </fieldset>
  );
}
