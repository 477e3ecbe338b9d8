// The sentence about signs that a copy with notes shows as a box. Pure; it knows no font.
import type { Words } from '../../i18n/text';

/** What shows nothing by itself is named by its number. */
function nameOf(sign: string): string {
  if (/^[\p{L}\p{N}\p{P}\p{S}]/u.test(sign)) return sign;
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What is told, with the signs that the font lacks where there are any. */
export function withUnshown(told: string, signs: readonly string[], t: Words['t']): string {
  if (signs.length === 0) return told;
  return `${told} ${t('marking.unshown', { signs: signs.map(nameOf).join(' ') })}`;
}
