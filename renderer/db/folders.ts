// The queries behind the left pane and the list: counts and pages of stored rows, by index ranges only. They open nothing.
import type { Collection } from 'dexie';
import { assertNever } from '../../preload/contract/failure';
import type { Day } from '../../preload/contract/ids';
import { type Folder, type FolderCounts, folders, type ListMark } from '../ledger-views';
import { type LedgerDatabase, noDay, type StoredDocument } from './schema';
import type { Stored } from './summaries';

const first = '';
const last = '\uffff';

/** A folder of one table is one range of one index; "Hôm nay" is two ranges of days and is sorted in memory. */
type Source =
  | { readonly kind: 'shelf'; readonly table: 'incoming' | 'outgoing' }
  | { readonly kind: 'register'; readonly table: 'incoming' | 'outgoing' }
  | { readonly kind: 'today' }
  | { readonly kind: 'overdue' };

function sourceOf(folder: Folder): Source {
  switch (folder) {
    case 'today':
      return { kind: 'today' };
    case 'in-overdue':
      return { kind: 'overdue' };
    case 'register-incoming':
      return { kind: 'register', table: 'incoming' };
    case 'register-outgoing':
      return { kind: 'register', table: 'outgoing' };
    case 'in-to-accept':
    case 'in-to-present':
    case 'in-to-assign':
    case 'in-progress':
    case 'in-finished':
    case 'in-set-aside':
      return { kind: 'shelf', table: 'incoming' };
    case 'out-draft':
    case 'out-to-sign':
    case 'out-to-number':
    case 'out-to-send':
    case 'out-sent':
    case 'out-returned':
    case 'out-recalled':
      return { kind: 'shelf', table: 'outgoing' };
    default:
      return assertNever(folder);
  }
}

/** Rows whose work begins today or earlier; rows without a term have `noDay`. */
function ofToday(database: LedgerDatabase, table: 'incoming' | 'outgoing', today: Day) {
  return database[table].where('today').belowOrEqual(today);
}

function overdue(database: LedgerDatabase, today: Day): Collection<StoredDocument, string> {
  return database.incoming.where('due').below(today < noDay ? today : noDay);
}

async function count(database: LedgerDatabase, folder: Folder, today: Day): Promise<number> {
  const source = sourceOf(folder);
  switch (source.kind) {
    case 'shelf':
      return database[source.table]
        .where('[shelf+at+id]')
        .between([folder, first, first], [folder, last, last])
        .count();
    case 'register':
      return database[source.table]
        .where('[registered+at+id]')
        .between(['0', first, first], [last, last, last])
        .count();
    case 'today':
      return (
        (await ofToday(database, 'incoming', today).count()) +
        (await ofToday(database, 'outgoing', today).count())
      );
    case 'overdue':
      return overdue(database, today).count();
    default:
      return assertNever(source);
  }
}

export async function countFolders(database: LedgerDatabase, today: Day): Promise<FolderCounts> {
  const counts = await Promise.all(
    folders.map(async (folder) => [folder, await count(database, folder, today)] as const),
  );
  return Object.fromEntries(counts) as FolderCounts;
}

/** The columns in clear that say in which folders a document is counted. */
export type FolderColumns = Pick<StoredDocument, 'shelf' | 'registered' | 'today' | 'due'>;

/** The folders that count a row: the same rule as `countFolders`, for a row at hand. */
export function foldersOf(table: 'incoming' | 'outgoing', row: FolderColumns, today: Day): readonly Folder[] {
  const found: Folder[] = [];
  const shelf = folders.find((folder) => folder === row.shelf);
  if (shelf !== undefined) found.push(shelf);
  if (row.registered !== '') found.push(`register-${table}`);
  if (row.today <= today) found.push('today');
  if (table === 'incoming' && row.due < (today < noDay ? today : noDay)) found.push('in-overdue');
  return found;
}

export interface StoredPage {
  readonly rows: readonly Stored[];
  readonly next: ListMark | null;
}

/** Newest first; `before` is the mark of the page before. */
export async function readPage(
  database: LedgerDatabase,
  folder: Folder,
  today: Day,
  limit: number,
  before: ListMark | undefined,
): Promise<StoredPage> {
  const source = sourceOf(folder);
  switch (source.kind) {
    case 'shelf': {
      const upper = before === undefined ? [folder, last, last] : [folder, before.at, before.id];
      const rows = await database[source.table]
        .where('[shelf+at+id]')
        .between([folder, first, first], upper, true, false)
        .reverse()
        .limit(limit + 1)
        .toArray();
      return pageOf(rows, source.table, limit, (row) => row.at);
    }
    case 'register': {
      const [day, at] = before === undefined ? [last, last] : splitMark(before.at);
      const rows = await database[source.table]
        .where('[registered+at+id]')
        .between(['0', first, first], [day, at, before?.id ?? last], true, false)
        .reverse()
        .limit(limit + 1)
        .toArray();
      return pageOf(rows, source.table, limit, (row) => `${row.registered} ${row.at}`);
    }
    case 'today': {
      const incoming = await ofToday(database, 'incoming', today).toArray();
      const outgoing = await ofToday(database, 'outgoing', today).toArray();
      return sortedPage([...tagged(incoming, 'incoming'), ...tagged(outgoing, 'outgoing')], limit, before);
    }
    case 'overdue':
      return sortedPage(tagged(await overdue(database, today).toArray(), 'incoming'), limit, before);
    default:
      return assertNever(source);
  }
}

function splitMark(at: string): [string, string] {
  const blank = at.indexOf(' ');
  return [at.slice(0, blank), at.slice(blank + 1)];
}

function tagged(rows: readonly StoredDocument[], table: Stored['table']): Stored[] {
  return rows.map((row) => ({ table, row }));
}

function pageOf(
  rows: readonly StoredDocument[],
  table: Stored['table'],
  limit: number,
  markAt: (row: StoredDocument) => string,
): StoredPage {
  const page = rows.slice(0, limit);
  const end = page.at(-1);
  const more = rows.length > limit && end !== undefined;
  return { rows: tagged(page, table), next: more ? { at: markAt(end), id: end.id } : null };
}

/** The most pressing first: by the last lawful day, then the newest. Few rows, so they are sorted in memory. */
function sortedPage(rows: Stored[], limit: number, before: ListMark | undefined): StoredPage {
  rows.sort(
    (left, right) =>
      left.row.due.localeCompare(right.row.due) ||
      right.row.at.localeCompare(left.row.at) ||
      left.row.id.localeCompare(right.row.id),
  );
  const from = before === undefined ? 0 : rows.findIndex(({ row }) => row.id === before.id) + 1;
  const page = rows.slice(from, from + limit);
  const end = page.at(-1);
  const more = from + limit < rows.length && end !== undefined;
  return { rows: page, next: more ? { at: end.row.due, id: end.row.id } : null };
}
