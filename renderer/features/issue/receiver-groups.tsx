// Nhóm nơi nhận: a named list of receivers added at once, or made of those that are chosen now. The groups are kept in main.
import { useState } from 'react';
import { sameAgency } from '../../../preload/contract/agency-code';
import type { Organ } from '../../../preload/contract/records';
import { useAct } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { countText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { ChoiceField, TextField } from '../../ui/field';
import { useGroups } from './use-agencies';

export interface ReceiverGroupsProps {
  readonly receivers: readonly Organ[];
  readonly onChange: (receivers: readonly Organ[]) => void;
}

/** Those of `more` that are not among `receivers` yet, behind them. */
export function withMore(receivers: readonly Organ[], more: readonly Organ[]): Organ[] {
  const all = [...receivers];
  for (const one of more) if (!all.some((other) => sameAgency(other.code, one.code))) all.push(one);
  return all;
}

export function ReceiverGroups({ receivers, onChange }: ReceiverGroupsProps) {
  const { t } = useWords();
  const act = useAct();
  const { groups, put } = useGroups();
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const group = groups.find((one) => one.id === chosen) ?? groups[0];
  const save = () =>
    act.run(async () => {
      const same = groups.find((one) => one.name === name.trim());
      const id = same?.id ?? crypto.randomUUID();
      await put(id, { id, name: name.trim(), members: [...receivers] });
      setName('');
      setChosen(id);
    });
  const lacks =
    receivers.length === 0 ? t('groups.no-members') : name.trim() === '' ? t('groups.no-name') : undefined;
  return (
    <details className="receiver-groups" data-testid={testIds.directory.groups}>
      <summary>{t('groups.title', { count: countText(groups.length) })}</summary>
      {group === undefined ? null : (
        <div className="receivers-add">
          <ChoiceField
            label={t('groups.choose')}
            value={group.id}
            onChange={setChosen}
            testId={testIds.directory.group}
            choices={groups.map((one) => ({
              value: one.id,
              label: `${one.name} (${countText(one.members.length)})`,
            }))}
          />
          <Button
            testId={testIds.directory.groupAdd}
            onClick={() => onChange(withMore(receivers, group.members))}
          >
            {t('groups.add')}
          </Button>
          <Button look="quiet" busy={act.busy} onClick={() => void act.run(() => put(group.id, null))}>
            {t('groups.remove')}
          </Button>
        </div>
      )}
      <div className="receivers-add">
        <TextField
          label={t('groups.name')}
          value={name}
          onChange={setName}
          maxLength={200}
          testId={testIds.directory.groupName}
        />
        <Button
          reason={lacks}
          busy={act.busy}
          testId={testIds.directory.groupSave}
          onClick={() => void save()}
        >
          {t('groups.save')}
        </Button>
      </div>
    </details>
  );
}
