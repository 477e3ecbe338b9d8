// What the directory keeps of an agency, and how a hub's lists change it. Pure; nothing that was once known is forgotten: a
// removed agency stays marked, since older documents name it.
import { z } from 'zod';
import type { AgencyItem, UnitItem } from '../../exchange/hub';

export interface Entry {
  readonly code: string;
  readonly oldCode: string;
  readonly name: string;
  /** Counts up at the hub with each change; null where the hub keeps no count. */
  readonly version: number | null;
  readonly removed: boolean;
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { code, oldCode, name, version, removed } = value as Record<string, unknown>;
  return (
    typeof code === 'string' &&
    typeof oldCode === 'string' &&
    typeof name === 'string' &&
    (version === null || typeof version === 'number') &&
    typeof removed === 'boolean'
  );
}

/** The kept directory: 125 000 entries are looked at by hand, many times faster than by their own schemas. */
export const keptEntries = z.custom<readonly Entry[]>(
  (value) => Array.isArray(value) && value.every(isEntry),
);

export interface Merged {
  readonly entries: readonly Entry[];
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

const keyOf = (code: string): string => code.trim().toUpperCase();

function entryOf(item: AgencyItem & Partial<UnitItem>): Entry {
  return {
    code: keyOf(item.code).slice(0, 40),
    oldCode: keyOf(item.oldCode).slice(0, 40),
    name: item.name.trim().normalize('NFC').slice(0, 600),
    version: item.version ?? null,
    removed: item.deleted ?? false,
  };
}

function same(left: Entry, right: Entry): boolean {
  return (
    left.name === right.name &&
    left.oldCode === right.oldCode &&
    left.version === right.version &&
    left.removed === right.removed
  );
}

/**
 * What is known of an agency after one more line about it: a list without old codes or versions takes none away. That one with a
 * version is removed, the list of units alone can take back.
 */
function after(known: Entry | undefined, fresh: Entry, hasUnits: boolean): Entry {
  if (known === undefined) return fresh;
  if (fresh.version !== null && known.version !== null && fresh.version < known.version) return known;
  const isLacking = !hasUnits && known.version !== null && fresh.version === null;
  const removed = fresh.removed || (isLacking && known.removed);
  return {
    ...fresh,
    removed,
    oldCode: fresh.oldCode || known.oldCode,
    version: fresh.version ?? known.version,
  };
}

/**
 * The directory after one reading of the hub. An entry of an older version than what is known is a late answer and changes
 * nothing. What a whole list no longer names is marked removed, unless the list names less than half of what is known:
 * such a list is taken for a broken one, and adds only. So does a reading to which the list of units did not come, of agencies
 * that bear its versions: they may stand in it alone. The counts are of agencies, however often a reading names each;
 * what came out as it was known is the known entry itself.
 */
export function mergeEntries(
  known: readonly Entry[],
  items: readonly (AgencyItem & Partial<UnitItem>)[],
  hasUnits = true,
): Merged {
  const before = new Map(known.map((one) => [one.code, one]));
  const entries = new Map(before);
  const named = new Set<string>();
  let added = 0;
  let changed = 0;
  let removed = 0;
  for (const item of items) {
    const fresh = entryOf(item);
    if (fresh.code === '') continue;
    named.add(fresh.code);
    entries.set(fresh.code, after(entries.get(fresh.code), fresh, hasUnits));
  }
  // Two lists name the same agencies: each is held against what was known once, when all of it has been read.
  for (const code of named) {
    const was = before.get(code);
    const now = entries.get(code);
    if (now === undefined) continue;
    if (was === undefined) added += 1;
    else if (same(was, now)) entries.set(code, was);
    else if (now.removed && !was.removed) removed += 1;
    else changed += 1;
  }
  const living = known.filter((one) => !one.removed);
  if (named.size * 2 >= living.length) {
    for (const one of living) {
      if (named.has(one.code) || (!hasUnits && one.version !== null)) continue;
      entries.set(one.code, { ...one, removed: true });
      removed += 1;
    }
  }
  return { entries: [...entries.values()], added, changed, removed };
}
