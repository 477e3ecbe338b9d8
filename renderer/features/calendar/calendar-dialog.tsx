// Lịch làm việc: the days off of a year, as the law has them and as the agency changed them, and Saturdays worked in exchange.
// Deadlines follow from it; nothing else does.
import { useState } from 'react';
import { asDay, dayOf } from '../../../preload/contract/ids';
import { type CalendarChange, weekdayOf } from '../../../preload/contract/working-calendar';
import { useAct, useDesk } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { currentCalendar } from '../../db/calendar';
import { dayText } from '../../i18n/formats';
import { type TextKey, useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { Dialog } from '../../ui/dialog';
import { ChoiceField, TextField } from '../../ui/field';
import { readDay, withChange, withoutDay, type YearDay, yearDays } from './year-days';

const weekdays: readonly TextKey[] = [
  'calendar.sunday',
  'calendar.monday',
  'calendar.tuesday',
  'calendar.wednesday',
  'calendar.thursday',
  'calendar.friday',
  'calendar.saturday',
];

export function CalendarDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const act = useAct();
  const thisYear = Number(dayOf(new Date()).slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const [changes, setChanges] = useState<readonly CalendarChange[]>(currentCalendar().changes);
  const save = () =>
    act
      .run(async () => {
        await ledger.acts.changeCalendar({ changes });
        done(t('calendar.saved'));
      })
      .then((saved) => {
        if (saved) onClose();
      });
  return (
    <Dialog
      title={t('calendar.title')}
      onClose={onClose}
      onSubmit={() => void save()}
      wide
      testId={testIds.calendar.root}
      actions={
        <>
          <Button look="filled" type="submit" busy={act.busy} testId={testIds.calendar.save}>
            {t('calendar.save')}
          </Button>
          <Button look="quiet" onClick={onClose} testId={testIds.calendar.close}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <p className="quiet">{t('calendar.about')}</p>
      <ChoiceField
        label={t('calendar.year')}
        value={String(year)}
        onChange={(value) => setYear(Number(value))}
        testId={testIds.calendar.year}
        choices={[-1, 0, 1, 2, 3].map((off) => ({
          value: String(thisYear + off),
          label: String(thisYear + off),
        }))}
      />
      <NewDay year={year} onAdd={(change) => setChanges((now) => withChange(now, change))} />
      <ul className="attention">
        {yearDays(year, { changes }).map((one) => (
          <DayRow
            key={one.day}
            one={one}
            onChange={(change) => setChanges((now) => withChange(now, change))}
            onRestore={() => setChanges((now) => withoutDay(now, one.day))}
          />
        ))}
      </ul>
    </Dialog>
  );
}

interface DayRowProps {
  readonly one: YearDay;
  readonly onChange: (change: CalendarChange) => void;
  readonly onRestore: () => void;
}

function DayRow({ one, onChange, onRestore }: DayRowProps) {
  const { t } = useWords();
  const { day, law, change } = one;
  const works = change?.kind === 'working';
  const name = law === null ? '' : t(`calendar.${law}`);
  const words = change !== null && change.name !== '' ? change.name : name;
  const full = `${t(weekdays[weekdayOf(day)] ?? 'calendar.sunday')} ${dayText(day)}`;
  return (
    <li
      className="calendar-row"
      data-testid={testIds.calendar.day}
      data-day={day}
      data-by={change === null ? 'law' : change.kind}
    >
      <span className="number">{full}</span>
      <span>{words}</span>
      <Chip tone={change === null ? 'plain' : works ? 'warning' : 'good'}>
        {t(change === null ? 'calendar.by-law' : works ? 'calendar.works' : 'calendar.off')}
      </Chip>
      {change === null ? (
        <Button look="quiet" onClick={() => onChange({ day, kind: 'working', name: '' })}>
          {t('calendar.make-working')}
        </Button>
      ) : (
        <Button look="quiet" onClick={onRestore}>
          {t('calendar.restore')}
        </Button>
      )}
    </li>
  );
}

/** One more day off, or a Saturday that is worked. */
function NewDay({
  year,
  onAdd,
}: {
  readonly year: number;
  readonly onAdd: (change: CalendarChange) => void;
}) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<CalendarChange['kind']>('off');
  const [name, setName] = useState('');
  const day = readDay(text);
  const reason = day === undefined ? t('calendar.day-wrong') : undefined;
  return (
    <div className="calendar-new">
      <TextField
        label={t('calendar.day')}
        value={text}
        onChange={setText}
        placeholder={dayText(asDay(`${year}-01-01`))}
        maxLength={10}
        testId={testIds.calendar.newDay}
      />
      <ChoiceField
        label={t('calendar.kind')}
        value={kind}
        onChange={(value) => setKind(value === 'working' ? 'working' : 'off')}
        testId={testIds.calendar.newKind}
        choices={[
          { value: 'off', label: t('calendar.off') },
          { value: 'working', label: t('calendar.works') },
        ]}
      />
      <TextField
        label={t('calendar.name')}
        value={name}
        onChange={setName}
        maxLength={200}
        testId={testIds.calendar.newName}
      />
      <Button
        reason={reason}
        testId={testIds.calendar.add}
        onClick={() => {
          if (day === undefined) return;
          onAdd({ day, kind, name: name.trim() });
          setText('');
          setName('');
        }}
      >
        {t('calendar.add')}
      </Button>
    </div>
  );
}
