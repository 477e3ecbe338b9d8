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

const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Lower case, blanks single, the tone of a word behind its letters: `Giấy uỷ quyền` and `giấy ủy quyền` are one. For comparing only. */
export function foldSpelling(text: string): string {
  const word = (one: string) => one.replace(tones, '') + (one.match(tones) ?? []).join('');
  return text.toLowerCase().normalize('NFD').trim().split(/\s+/).map(word).join(' ');
}
