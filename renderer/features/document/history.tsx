// What has happened to a document, newest last, growing as statuses come in. It adds nothing itself.

import { dayOf } from '../../../preload/contract/ids';
import type { HistoryEntry, OutboxRow } from '../../../preload/contract/records';
import { statusName } from '../../../preload/contract/status-codes';
import { verdictKinds } from '../../../preload/contract/verdict';
import { useDesk } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { dayText, recency, timeText } from '../../i18n/formats';
import { type TextKey, useWords, type Words } from '../../i18n/text';
import { placeWords } from './place-words';

const known = [
  'arrived',
  'registered',
  'refused',
  'presented',
  'assigned',
  'progress',
  'finished',
  'recall-agreed',
  'recall-refused',
  'recalled',
  'updated',
  'replaced',
  'paper-registered',
  'created',
  'edited',
  'file',
  'discarded',
  'submitted',
  'leader-signed',
  'numbered',
  'sealed',
  'raised',
  'queued',
  'sent',
  'withdrawn',
  'dropped',
  'recall-requested',
  'recall-sent',
  'taken-up-again',
  'receipt-not-told',
  'files-missing',
  'outcome-unknown',
  'hub-refused',
  'read-again',
  'false-alarm',
  'checked',
  'recall-asked',
  'update-asked',
  'replace-asked',
  'recalled-before',
  'target-came',
  'set-aside',
  'taken-off',
  'update-requested',
  'update-sent',
  'replacement-begun',
  'replaced-by',
  'replacement-withdrawn',
  'other-replacement-withdrawn',
  'sheet-kept',
] as const;

function isKnown(what: string): what is (typeof known)[number] {
  return (known as readonly string[]).includes(what);
}

/** The words of an entry; a word of a newer version is shown as it came. */
function wordsOf(
  what: string,
  t: (key: TextKey) => string,
  statusWords: Readonly<Record<string, string>>,
): string {
  if (isKnown(what)) return t(`history.${what}`);
  const status = /^status-(.+)$/.exec(what)?.[1];
  return status === undefined ? what : statusName(status, statusWords);
}

/** The other side's own words where it gave some, else the sentence of the code. */
export function reasonOf(detail: string, sentence: (code: string) => string): string {
  const [, code = '', words = ''] = /^([a-z]+(?:-[a-z]+)+)?\s*(.*)$/s.exec(detail) ?? [];
  return words === '' && code !== '' ? sentence(code) : words;
}

/** What stands below the words: codes as sentences, counts as counts, and nothing that only repeats or names a packet. */
function detailOf({ what, detail }: HistoryEntry, words: string, { t, sentence }: Say): string {
  switch (what) {
    case 'queued':
      return t('history.queued-to', { count: detail });
    case 'recall-sent':
      return '';
    case 'update-sent':
      return t('history.queued-to', { count: detail });
    case 'receipt-not-told':
    case 'outcome-unknown':
    case 'hub-refused':
      return reasonOf(detail, sentence);
    case 'checked':
      return t(`verdict.${verdictKinds.find((kind) => kind === detail) ?? 'unreadable'}`);
    default:
      return detail === words ? '' : detail;
  }
}

type Say = Pick<Words, 't' | 'sentence'>;

export interface HistoryProps {
  readonly entries: readonly HistoryEntry[];
  readonly sending: readonly OutboxRow[];
}

/** A line a step, then what still waits to be told to the hub. */
export function History({ entries, sending }: HistoryProps) {
  const { t, sentence } = useWords();
  const { now, info } = useDesk();
  const waiting = sending.filter(
    (row) =>
      row.kind !== 'ack' &&
      row.state !== 'accepted' &&
      row.state !== 'confirmed' &&
      row.state !== 'superseded',
  );
  return (
    <section className="history">
      <h2>{t('history.title')}</h2>
      <ol>
        {entries.map((entry, index) => {
          const when = recency(entry.at, now());
          const time =
            when.kind === 'today'
              ? when.text
              : `${dayText(dayOf(new Date(entry.at))).slice(0, 5)} ${timeText(entry.at)}`;
          const words = wordsOf(entry.what, t, info.hub.ways.statusWords);
          const detail = [detailOf(entry, words, { t, sentence }), entry.who, placeWords(entry.from ?? '', t)]
            .filter(Boolean)
            .join(' · ');
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: history only grows at its end
            <li key={`${entry.at}|${index}`} data-testid={testIds.history} data-what={entry.what}>
              <strong>{words}</strong> <span className="quiet number">{time}</span>
              {detail === '' ? null : <span className="history-detail">{detail}</span>}
            </li>
          );
        })}
        {waiting.map((row) => (
          <li
            key={row.id}
            className="history-waiting"
            data-testid={testIds.history}
            data-what={`waiting-${row.kind}`}
          >
            <strong>
              {t(
                row.state === 'needs-attention'
                  ? 'history.needs-attention'
                  : `history.waiting-${row.kind === 'edoc' ? 'edoc' : 'status'}`,
              )}
            </strong>
          </li>
        ))}
      </ol>
    </section>
  );
}
