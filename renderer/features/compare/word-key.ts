// When two written words count as the same word. Pure.

/** Grave, acute, tilde, hook above, dot below: where they stand in a syllable is a habit (hòa, hoà), not another word. */
const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/**
 * Equal for words that read the same: whichever way their letters are composed and whichever vowel of the syllable carries the tone.
 * Case, marks and punctuation stay: "bán" is not "bạn", "Sở" is not "sở".
 */
export function wordKey(word: string): string {
  const apart = word.normalize('NFKD').replace(/\u00ad/g, '');
  const tone = apart.match(tones);
  if (tone === null) return apart;
  // More than one tone is more than one syllable in a piece: then every tone keeps its place.
  return tone.length === 1 ? `${apart.replace(tones, '')}${tone[0]}` : apart;
}
