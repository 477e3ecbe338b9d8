// When two written words count as the same word. Pure.

/** Grave, acute, tilde, hook above, dot below: where they stand in a syllable is a habit (hòa, hoà), not another word. */
const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/**
 * Other signs for the same letters, which typesetters and fonts choose: ligatures, full-width letters, Roman numbers of one sign,
 * letters of formulas, dots of omission, a hyphen that does not break, the sign for micro. Raised and lowered digits and fractions
 * are none of them: 10² is not 102.
 */
const otherSigns = /[\u00b5\u2011\u2026\u2160-\u217f\ufb00-\ufb06\uff01-\uff5e]|[\u{1d400}-\u{1d7ff}]/gu;

/**
 * Equal for words that read the same: whichever way their letters are composed and whichever vowel of the syllable carries the tone.
 * Case, marks and punctuation stay: "bán" is not "bạn", "Sở" is not "sở".
 */
export function wordKey(word: string): string {
  const apart = word
    .normalize('NFD')
    .replace(otherSigns, (sign) => sign.normalize('NFKD'))
    .replace(/\u00ad/g, '');
  const tone = apart.match(tones);
  if (tone === null) return apart;
  // More than one tone is more than one syllable in a piece: then every tone keeps its place.
  return tone.length === 1 ? `${apart.replace(tones, '')}${tone[0]}` : apart;
}
