// The registers of NĐ 30 Phụ lục IV as columns of what the list knows. Pure.
import { dayText, instantText } from '../../i18n/formats';
import type { TextKey } from '../../i18n/text';
import type { SummaryRow } from '../../ledger';

export interface Column {
  readonly name: string;
  readonly label: TextKey;
  readonly width: string;
  readonly of: (row: SummaryRow) => string;
}

function party(row: SummaryRow): string {
  if (row.party === null) return '';
  const first = [row.party.name, row.party.code].filter(Boolean).join(' · ');
  return row.parties > 1 ? `${first} (+${row.parties - 1})` : first;
}

const subject: Column = {
  name: 'subject',
  label: 'column.subject',
  width: 'minmax(170px, 1fr)',
  of: (row) => [row.typeName, row.subject].filter(Boolean).join('. '),
};
const title: Column = {
  name: 'title',
  label: 'column.title',
  width: 'minmax(100px, 130px)',
  of: (row) => row.title,
};
const date: Column = {
  name: 'date',
  label: 'column.arrival-date',
  width: '86px',
  of: (row) => (row.numberDate === null ? '' : dayText(row.numberDate)),
};

/** Sổ đăng ký văn bản đến. */
export const incomingColumns: readonly Column[] = [
  { ...date },
  { name: 'number', label: 'column.arrival-number', width: '64px', of: (row) => String(row.number ?? '') },
  { name: 'party', label: 'column.author', width: 'minmax(96px, 190px)', of: party },
  title,
  subject,
  { name: 'at', label: 'column.received-at', width: 'minmax(84px, 130px)', of: (row) => instantText(row.at) },
];

/** Sổ đăng ký văn bản đi. */
export const outgoingColumns: readonly Column[] = [
  title,
  { ...date, label: 'column.date' },
  subject,
  { name: 'party', label: 'column.receivers', width: 'minmax(110px, 240px)', of: party },
];

/** A book is read by its numbers: the newest day first, then the highest number. */
export function byNumber(left: SummaryRow, right: SummaryRow): number {
  const days = (right.numberDate ?? '').localeCompare(left.numberDate ?? '');
  return days === 0 ? (right.number ?? 0) - (left.number ?? 0) : days;
}
