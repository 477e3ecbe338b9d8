// When two written words count as the same word. Pure.
import { toneBehind } from '../../../preload/contract/folding';

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
  return toneBehind(apart);
}
