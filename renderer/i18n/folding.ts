// Vietnamese text made comparable: without marks, case, punctuation and old or new places of tone marks. Pure.

export { foldText as fold } from '../../preload/contract/folding';

/** Lower case and without marks, every other character in its place: positions in the NFC text stay valid. */
export function foldMarks(text: string): string {
  let folded = '';
  for (const character of text.normalize('NFC')) {
    const bare = character
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .replace(/đ/g, 'd');
    // One character may fold to several or to none (İ, a lone mark): keep the length so that positions stay.
    folded +=
      bare.length === character.length ? bare : bare.padEnd(character.length, ' ').slice(0, character.length);
  }
  return folded;
}

/** Half-open positions in the NFC form of `text` where `query` stands, marks and case aside. */
export function findFolded(text: string, query: string): { readonly start: number; readonly end: number }[] {
  const wanted = foldMarks(query).replace(/\s+/g, ' ').trim();
  if (wanted === '') return [];
  const pattern = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+');
  const hits: { start: number; end: number }[] = [];
  for (const found of foldMarks(text).matchAll(new RegExp(pattern, 'gu'))) {
    hits.push({ start: found.index, end: found.index + found[0].length });
  }
  return hits;
}
