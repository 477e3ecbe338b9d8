// Vietnamese text made comparable for both sides of the contract: without marks, or with every mark but wherever a tone stands.
// Pure.

/** Lower case, NFD, marks dropped, đ to d, anything but letters and digits collapsed to one blank. Idempotent. */
export function foldText(text: string): string {
  // The whole text at once, since no positions are needed here: many times faster than character by character.
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Grave, acute, tilde, hook above, dot below: where they stand in a syllable is a habit (hòa, hoà), not another word. */
const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** A word in NFD with its tone behind its letters. More than one tone is more than one syllable in a piece: then each keeps its place. */
export function toneBehind(word: string): string {
  const tone = word.match(tones);
  return tone?.length === 1 ? `${word.replace(tones, '')}${tone[0]}` : word;
}

/** Lower case, blanks single, the tone of a word behind its letters: `Giấy uỷ quyền` and `giấy ủy quyền` are one. For comparing only. */
export function foldSpelling(text: string): string {
  return text.toLowerCase().normalize('NFD').trim().split(/\s+/).map(toneBehind).join(' ');
}
