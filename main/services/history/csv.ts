// History rows as CSV for people and spreadsheets: UTF-8 with a mark, every field quoted, Vietnam's time. Pure; the chain is
// checked on the JSON file, whose hashes stand here too.

import type { HistoryRow } from '../../../preload/contract/history-chain';
import { wireTimestamp } from '../../../preload/contract/wire-time';

const heads = [
  'STT',
  'Thời gian (UTC+7)',
  'Sổ',
  'Số, ký hiệu',
  'Việc',
  'Người thực hiện',
  'Chi tiết',
  'Từ đâu',
  'Mã văn bản',
  'Mã băm',
];
const registers = { incoming: 'Văn bản đến', outgoing: 'Văn bản đi' } as const;

/** A spreadsheet runs what begins so; the quote in front is what they themselves show as text. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

export function csvOf(rows: readonly HistoryRow[]): string {
  const lines = rows.map((row) =>
    [
      String(row.seq),
      wireTimestamp(new Date(row.at)),
      registers[row.register],
      row.title,
      row.what,
      row.who,
      row.detail,
      row.from ?? '',
      row.document,
      row.hash,
    ]
      .map(field)
      .join(','),
  );
  return `\uFEFF${[heads.map(field).join(','), ...lines].join('\r\n')}\r\n`;
}
