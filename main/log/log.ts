// The log of one profile: one JSON line an event, codes and references only. It never writes a PIN, a subject,
// a person's name, text of a document or a whole path.
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface LogEntry {
  readonly at: string;
  readonly where: string;
  readonly code: string;
  readonly ref: string;
  readonly detail: string;
}

/**
 * Makes a detail fit for a log: quoted texts, long digit runs (identity numbers, PINs), addresses of people and
 * Vietnamese words are replaced; stack lines keep file names only.
 */
export function redact(detail: string): string {
  return detail
    .slice(0, 2000)
    .replace(/(["'`]).*?\1/gs, '$1…$1')
    .replace(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu, '<thư>')
    .replace(/(?:file:\/\/)?(?:\/[^\s:()]+)+\/([^\s/:()]+)/g, '…/$1')
    .replace(/\d{4,}/g, '<số>')
    .replace(/[^\x00-\x7f…<>]+/g, '<chữ>');
}

/** Appends to one file a day below the profile; a log that cannot be written stops nothing. */
export function openLog(profile: string, now: () => Date): (entry: Omit<LogEntry, 'at'>) => void {
  const folder = join(profile, 'log');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return (entry) => {
    const at = now().toISOString();
    const line: LogEntry = { at, ...entry, detail: redact(entry.detail) };
    try {
      appendFileSync(join(folder, `${at.slice(0, 10)}.jsonl`), `${JSON.stringify(line)}\n`, { mode: 0o600 });
    } catch (error) {
      process.stderr.write(`log: ${error instanceof Error ? error.message : 'lỗi'}\n`);
    }
  };
}
