// One line of a list: words, not signs alone. It opens nothing itself.
import type { Day } from '../../../preload/contract/ids';
import { useDesk } from '../../app/desk';
import { countText, recency } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import type { ListRow, SummaryRow } from '../../ledger';
import { Chip } from '../../ui/chip';
import {
  deadlineWords,
  endedKey,
  silenceWords,
  stateKey,
  urgencyWords,
  verdictWords,
  type Words,
} from './words';

/** The inside of a line. */
export function RowWords({ row, showState }: { readonly row: ListRow; readonly showState: boolean }) {
  if (row.kind === 'damaged') return <DamagedWords code={row.code} />;
  return <SummaryWords row={row} showState={showState} />;
}

function DamagedWords({ code }: { readonly code: string }) {
  const { t, sentence } = useWords();
  return (
    <>
      <span className="row-title">{t('row.damaged')}</span>
      <span className="row-subject">{sentence(code)}</span>
      <span className="row-chips">
        <Chip tone="bad">{code}</Chip>
      </span>
    </>
  );
}

function chipsOf(row: SummaryRow, today: Day): Words[] {
  const urgent = urgencyWords(row.urgency);
  const ended = endedKey(row.ended);
  const business: Words[] =
    row.business === '0' ? [] : [{ tone: 'warning', key: `business.${row.business}` } as const];
  return [
    ...(urgent === null ? [] : [urgent]),
    ...business,
    ...(row.verdict === null ? [] : [verdictWords[row.verdict]]),
    ...(row.deadline === null ? [] : [deadlineWords(row.deadline, today)]),
    ...(row.silence === null ? [] : [silenceWords(row.silence)]),
    ...(ended === null ? [] : [{ tone: 'neutral', key: ended } as const]),
    ...(row.refusedChange ? [{ tone: 'bad', key: 'row.refused-change' } as const] : []),
    ...(row.duplicate ? [{ tone: 'warning', key: 'row.duplicate' } as const] : []),
    ...(row.problem === null ? [] : [{ tone: 'bad', key: 'row.problem' } as const]),
  ];
}

function SummaryWords({ row, showState }: { readonly row: SummaryRow; readonly showState: boolean }) {
  const { t } = useWords();
  const { now, today } = useDesk();
  const when = recency(row.at, now());
  const title = row.title === '' ? t('row.no-number') : row.title;
  const subject =
    row.subject === '' ? t(`row.${row.state === 'secret' ? 'secret' : 'no-subject'}`) : row.subject;
  const more = row.parties > 1 ? t('row.and-others', { count: row.parties - 1 }) : '';
  const party = row.party === null ? '' : [row.party.name, row.party.code].filter(Boolean).join(' · ');
  return (
    <>
      <span className="row-head">
        <span className="row-title number">
          {title}
          {showState ? <span className="row-state"> · {t(stateKey(row.state))}</span> : null}
        </span>
        <span className="row-when number">{when.kind === 'yesterday' ? t('row.yesterday') : when.text}</span>
      </span>
      <span className="row-subject">{subject}</span>
      <span className="row-chips">
        {chipsOf(row, today()).map((chip) => (
          <Chip key={chip.key} tone={chip.tone}>
            {t(chip.key, chip.params)}
          </Chip>
        ))}
      </span>
      <span className="row-foot">
        <span className="row-party">
          {party}
          {more}
        </span>
        <span className="number">{t('row.files', { count: countText(row.files) })}</span>
      </span>
    </>
  );
}
