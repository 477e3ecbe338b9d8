// Agencies found while a clerk types: by code, name or the first letters of its words, marks and case aside. It is built once
// from the entries, in slices, and never changes; a removed or technical agency is known by its code and never offered.
import {
  agencyCodeForm,
  canonicalAgencyCode,
  isTechnicalAgencyCode,
  topLevelCode,
} from '../../../preload/contract/agency-code';
import type { CheckedCode } from '../../../preload/contract/directory';
import { foldText } from '../../../preload/contract/folding';
import type { Organ } from '../../../preload/contract/records';
import type { Entry } from './entries';
import { successorProvince } from './provinces';

export interface AgencyIndex {
  readonly size: number;
  /** Best first: favourites, a code that begins so, a name that begins so, words that begin so, the rest. */
  find(text: string, limit: number, favourites: ReadonlySet<string>): Entry[];
  check(code: string): CheckedCode;
}

interface Line {
  readonly entry: Entry;
  /** Name, its initials and the parts of the code, folded, with a blank before each word. */
  readonly text: string;
}

/** Entries that are taken in one go before other work of the process gets its turn. */
const slice = 2000;
/** Beyond so many lines it is quicker to look at all in their order: enough of them fit. */
const mostSorted = 10_000;

const organOf = ({ code, name }: Entry): Organ => ({ code, name });
const normal = (code: string): string => code.trim().toUpperCase();
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Names share a few thousand words: each is folded once. */
function wordFolder(): (text: string) => string[] {
  const known = new Map<string, string>();
  return (text) => {
    const folded: string[] = [];
    for (const word of text.split(/\s+/)) {
      let found = known.get(word);
      if (found === undefined) {
        found = foldText(word);
        known.set(word, found);
      }
      if (found !== '') folded.push(found);
    }
    return folded;
  };
}

interface Words {
  readonly lines: readonly Line[];
  /** Numbers of the lines that hold a word of name or code, rising. */
  readonly at: ReadonlyMap<string, readonly number[]>;
  /** The same by the first word of the name alone. */
  readonly first: ReadonlyMap<string, readonly number[]>;
}

function enter(map: Map<string, number[]>, word: string, line: number): void {
  const known = map.get(word);
  if (known === undefined) map.set(word, [line]);
  else if (known.at(-1) !== line) known.push(line);
}

async function wordsOf(offered: readonly Entry[]): Promise<Words> {
  const fold = wordFolder();
  const lines: Line[] = [];
  const at = new Map<string, number[]>();
  const first = new Map<string, number[]>();
  for (const entry of offered) {
    if (lines.length % slice === 0) await nextTurn();
    const name = fold(entry.name).flatMap((word) => word.split(' '));
    const initials = name.map((word) => word[0] ?? '').join('');
    const code = entry.code.toLowerCase().split('.');
    for (const word of name) enter(at, word, lines.length);
    for (const word of code) enter(at, word, lines.length);
    enter(first, name[0] ?? '', lines.length);
    lines.push({ entry, text: ` ${name.join(' ')} ${code.join(' ')} ${initials}` });
  }
  return { lines, at, first };
}

/** All lines that hold a word with `part` in it, or beginning with it, in order; null where they are too many to sort. */
function linesWith(words: Words, part: string, beginning: boolean): number[] | null {
  const lists: (readonly number[])[] = [];
  let total = 0;
  for (const [word, list] of words.at) {
    if (!(beginning ? word.startsWith(part) : word.includes(part))) continue;
    total += list.length;
    if (total > mostSorted) return null;
    lists.push(list);
  }
  return [...new Set(lists.flat())].sort((left, right) => left - right);
}

/** Lines worth looking at for all these words: those of the rarest one, or every line. */
function candidates(words: Words, parts: readonly string[], beginning: boolean): Iterable<number> {
  let best: number[] | null = null;
  for (const part of parts) {
    const found = linesWith(words, part, beginning);
    if (found !== null && (best === null || found.length < best.length)) best = found;
  }
  return best ?? words.lines.keys();
}

/** A living agency that took the place of a merged province's: the same unit under the new province, else the province. */
function successorOf(code: string, living: (code: string) => Entry | undefined): Organ | null {
  const top = topLevelCode(code);
  const into = top === undefined ? undefined : successorProvince(top);
  if (top === undefined || into === undefined) return null;
  const swapped = agencyCodeForm(code) === 'old' ? `${code.slice(0, -3)}${into}` : `${into}${code.slice(3)}`;
  const found = living(swapped) ?? living(into);
  return found === undefined ? { code: into, name: '' } : organOf(found);
}

/** Builds the index; other work of the process goes on meanwhile. */
export async function createAgencyIndex(entries: readonly Entry[]): Promise<AgencyIndex> {
  const byCode = new Map(entries.map((one) => [one.code, one]));
  const byOldCode = new Map<string, Entry>();
  for (const one of entries) if (one.oldCode !== '' && !one.removed) byOldCode.set(one.oldCode, one);
  // Many hubs list no old codes; an agency whose own is listed is known under no other.
  const byCanonical = new Map(
    entries.flatMap((one) =>
      one.oldCode === '' && !one.removed && agencyCodeForm(one.code) === 'new'
        ? [[one.code, one] as const]
        : [],
    ),
  );
  const offered = entries.filter((one) => !one.removed && !isTechnicalAgencyCode(one.code));
  offered.sort((left, right) => left.code.length - right.code.length || (left.code < right.code ? -1 : 1));
  const words = await wordsOf(offered);
  const { lines } = words;
  const living = (code: string): Entry | undefined => {
    const found = byCode.get(code) ?? byOldCode.get(code);
    return found?.removed === true ? undefined : found;
  };

  return {
    size: lines.length,
    find(text, limit, favourites) {
      const folded = foldText(text);
      const parts = folded.split(' ').filter(Boolean);
      const code = normal(text);
      const found = new Set<Entry>();
      const fits = (line: Line, before: string): boolean =>
        parts.every((part) => line.text.includes(`${before}${part}`));
      const take = (numbers: Iterable<number>, wanted: (line: Line) => boolean): void => {
        for (const number of numbers) {
          if (found.size >= limit) return;
          const line = lines[number];
          if (line !== undefined && wanted(line)) found.add(line.entry);
        }
      };
      const all = () => lines.keys();
      if (favourites.size > 0) {
        take(all(), (line) => favourites.has(line.entry.code) && fits(line, ''));
      }
      if (/\d/.test(code)) {
        take(all(), ({ entry }) => entry.code.startsWith(code) || entry.oldCode.startsWith(code));
        const twin = byCanonical.get(canonicalAgencyCode(code));
        if (twin !== undefined && !isTechnicalAgencyCode(twin.code) && found.size < limit) found.add(twin);
      }
      if (found.size >= limit) return [...found];
      for (const [word, numbers] of words.first) {
        if (word.startsWith(parts[0] ?? '')) take(numbers, (line) => line.text.startsWith(` ${folded}`));
      }
      take(candidates(words, parts, true), (line) => fits(line, ' '));
      // One word may be the initials of a name, which are in no list.
      if (parts.length === 1) take(all(), (line) => fits(line, ' '));
      take(candidates(words, parts, false), (line) => fits(line, ''));
      return [...found];
    },

    check(given) {
      const code = normal(given).slice(0, 40);
      const answer = (standing: CheckedCode['standing'], organ: Organ | null, successor: Organ | null) => ({
        ...{ code, standing, organ, successor },
      });
      if (isTechnicalAgencyCode(code)) return answer('technical', null, null);
      const known = byCode.get(code);
      if (known !== undefined && !known.removed) return answer('known', organOf(known), null);
      const old = byOldCode.get(code);
      if (old !== undefined) return answer('old-code', organOf(old), null);
      const twin = byCanonical.get(canonicalAgencyCode(code));
      if (twin !== undefined) return answer('old-code', organOf(twin), null);
      const successor = successorOf(code, living);
      const organ = known === undefined ? null : organOf(known);
      if (successor !== null) return answer('merged', organ, successor);
      if (known !== undefined) return answer('removed', organ, null);
      if (agencyCodeForm(code) === 'odd') return answer('odd', null, null);
      return answer(entries.length === 0 ? 'no-directory' : 'unknown', null, null);
    },
  };
}
