// Search over sealed rows: opened and folded once after start, kept in memory, brought up to date by revision. Nothing of it
// is on the disk, so the disk tells no word of a document.

import Dexie, { type ObservabilitySet } from 'dexie';
import type { DocumentFacts } from '../../preload/contract/records';
import { fold } from '../i18n/folding';
import { titleOf } from './identity';
import { openIncoming } from './incoming';
import { openOutgoing } from './outgoing';
import type { LedgerDatabase, StoredDocument } from './schema';
import type { Sealer } from './sealing';
import type { Stored } from './summaries';

interface Entry {
  readonly table: Stored['table'];
  readonly id: string;
  readonly rev: number;
  readonly at: string;
  /** Number and symbol, folded. */
  readonly title: string;
  /** NFC, lower case, with tone marks. */
  readonly accented: string;
  readonly folded: string;
}

export interface Search {
  /** Rows with every word of the text, best first. */
  find(text: string, limit: number): Promise<readonly Stored[]>;
  close(): void;
}

type Table = Stored['table'];
const pageSize = 500;

export function createSearch(database: LedgerDatabase, sealer: Sealer): Search {
  const entries = new Map<string, Entry>();
  let refreshing: Promise<void> | null = null;
  // Dexie tells every change of every window, so that an unchanged ledger is not looked through again.
  let changed = true;
  const watched = (['incoming', 'outgoing'] as const).map((table) => `idb://${database.name}/${table}/`);
  const noteChange = (parts: ObservabilitySet) => {
    changed ||= Object.keys(parts).some((part) => watched.some((start) => part.startsWith(start)));
  };
  Dexie.on('storagemutated', noteChange);

  async function textOf(
    table: Table,
    row: StoredDocument,
  ): Promise<{ title: string; texts: string[] } | null> {
    if (table === 'incoming') {
      const open = await openIncoming(sealer, row);
      if (!open.ok) return null;
      const { facts, attachments, arrivalNumber, opinion, assignedTo, presentedTo, sheet } = open.value;
      const number = arrivalNumber === null ? '' : String(arrivalNumber);
      const files = attachments.map((file) => file.name);
      const opinions =
        sheet?.words.opinions.flatMap(({ place, text }) => (place === 'none' ? [] : [text])) ?? [];
      return {
        title: titleOf(facts),
        texts: [...factTexts(facts), number, opinion, assignedTo, presentedTo, ...files, ...opinions],
      };
    }
    const open = await openOutgoing(sealer, row);
    if (!open.ok) return null;
    const { facts, annexes, main } = open.value;
    const files = [main?.name ?? '', ...annexes.map((file) => file.name)];
    return { title: titleOf(facts), texts: [...factTexts(facts), ...files] };
  }

  function entryOf(table: Table, row: StoredDocument, text: Awaited<ReturnType<typeof textOf>>): Entry {
    const accented = (text?.texts ?? []).join(' \n ').normalize('NFC').toLowerCase();
    const { id, rev, at } = row;
    return { table, id, rev, at, title: fold(text?.title ?? ''), accented, folded: fold(accented) };
  }

  async function refreshTable(table: Table): Promise<void> {
    const keys = (await database[table].orderBy('[id+rev]').keys()) as unknown as [string, number][];
    const there = new Set(keys.map(([id]) => id));
    for (const [id, entry] of entries) {
      if (entry.table === table && !there.has(id)) entries.delete(id);
    }
    const stale = keys.filter(([id, rev]) => entries.get(id)?.rev !== rev).map(([id]) => id);
    for (let from = 0; from < stale.length; from += pageSize) {
      const rows = await database[table].bulkGet(stale.slice(from, from + pageSize));
      await Promise.all(
        rows.map(async (row) => {
          if (row !== undefined) entries.set(row.id, entryOf(table, row, await textOf(table, row)));
        }),
      );
    }
  }

  async function refreshAll(): Promise<void> {
    changed = false;
    try {
      await refreshTable('incoming');
      await refreshTable('outgoing');
    } catch (error) {
      changed = true;
      throw error;
    }
  }

  async function refresh(): Promise<void> {
    if (refreshing === null && !changed) return;
    refreshing ??= refreshAll().finally(() => {
      refreshing = null;
    });
    await refreshing;
  }

  return {
    async find(text, limit) {
      const folded = fold(text);
      if (folded === '') return [];
      await refresh();
      const best = ranked([...entries.values()], text, folded).slice(0, limit);
      const rows = await Promise.all(
        best.map(async ({ table, id }) => ({ table, row: await database[table].get(id) })),
      );
      return rows.flatMap(({ table, row }) => (row === undefined ? [] : [{ table, row }]));
    },
    close: () => Dexie.on.storagemutated.unsubscribe(noteChange),
  };
}

function factTexts(facts: DocumentFacts): string[] {
  const { signer, sender, receivers } = facts;
  const parties = [sender, ...receivers].flatMap((organ) => [organ.name, organ.code]);
  return [
    titleOf(facts),
    facts.typeName,
    facts.subject,
    facts.content,
    facts.place,
    signer.position,
    signer.name,
    ...parties,
    ...facts.appendixes,
  ];
}

/** Exact number first, then a number that begins so, then words with their marks, then folded words; newest first in each. */
function ranked(entries: readonly Entry[], text: string, folded: string): readonly Entry[] {
  const words = folded.split(' ');
  const accentedWords = text.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
  const hasMarks =
    fold(text) !==
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const rank = (entry: Entry): number | null => {
    if (!words.every((word) => entry.folded.includes(word))) return null;
    if (entry.title === folded) return 0;
    if (entry.title.startsWith(`${folded} `)) return 1;
    if (hasMarks && accentedWords.every((word) => entry.accented.includes(word))) return 2;
    return entry.folded.includes(folded) ? 3 : 4;
  };
  return entries
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter((one): one is { entry: Entry; rank: number } => one.rank !== null)
    .sort((left, right) => left.rank - right.rank || right.entry.at.localeCompare(left.entry.at))
    .map((one) => one.entry);
}
