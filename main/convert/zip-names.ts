// Names of what lies in an archive: read from their bytes, and as they may be shown. It decides nothing by a name.

/** The upper half of code page 437, which is what a name without the sign of UTF-8 is written in (APPNOTE.TXT, D.1). */
const upperHalf =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

function fromCodePage(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte < 128 ? String.fromCharCode(byte) : upperHalf.charAt(byte - 128),
  ).join('');
}

/**
 * The name that these bytes are. Many programs write UTF-8 without saying so (bit 11 of the flags), so that what is valid
 * UTF-8 is taken for it; anything else without the bit is code page 437.
 */
export function zipName(bytes: Uint8Array, saysUtf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // No UTF-8: with the bit set the bytes are damaged, and what can be read of them is shown.
    return saysUtf8 ? new TextDecoder('utf-8').decode(bytes) : fromCodePage(bytes);
  }
}

/** Control characters, those that turn the direction of reading, and those that nobody sees. */
const hidden = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A name without what makes it look like another one: "hop-dong\u202Efdp.exe" reads as its bytes stand. */
export function shownName(name: string): string {
  return name.replace(hidden, '');
}
