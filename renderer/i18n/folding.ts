// Vietnamese text made comparable: without marks, case, punctuation and old or new places of tone marks. Pure.

export { foldText as fold } from '../../preload/contract/folding';

/** Folded text, and for each of its UTF-16 units the half-open place in the text it was made of. */
interface Folded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function foldCharacter(character: string): string {
  return character
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/g, 'd');
}

/** Character by character, so that each keeps its place: whole and taken apart, a letter folds to the same. */
function foldInPlace(text: string): Folded {
  const known = new Map<string, string>();
  const starts: number[] = [];
  const ends: number[] = [];
  let folded = '';
  let at = 0;
  for (const character of text) {
    const bare = known.get(character) ?? foldCharacter(character);
    known.set(character, bare);
    const after = at + character.length;
    for (let unit = 0; unit < bare.length; unit += 1) {
      starts.push(at);
      ends.push(after);
    }
    // A mark of its own leaves nothing: it belongs to the letter before it.
    if (bare === '' && ends.length > 0) ends[ends.length - 1] = after;
    folded += bare;
    at = after;
  }
  return { text: folded, starts, ends };
}

/** Lower case and without marks, nothing else left out. */
export function foldMarks(text: string): string {
  return foldInPlace(text).text;
}

/** Half-open positions in `text` as it is, composed or not, where `query` stands, marks and case aside. */
export function findFolded(text: string, query: string): { readonly start: number; readonly end: number }[] {
  const wanted = foldMarks(query).replace(/\s+/g, ' ').trim();
  if (wanted === '') return [];
  const pattern = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+');
  const folded = foldInPlace(text);
  const hits: { start: number; end: number }[] = [];
  for (const found of folded.text.matchAll(new RegExp(pattern, 'gu'))) {
    const start = folded.starts[found.index];
    const end = folded.ends[found.index + found[0].length - 1];
    if (start !== undefined && end !== undefined) hits.push({ start, end });
  }
  return hits;
}
