// Finds a secrecy mark in the text of a page: a line of its own in capitals, as the stamp stands, or a named level.
// Pure; a stamp that is a picture is seen by nobody here.
import { secrecyLevelOf } from '../../preload/contract/secrecy';

/** True when a line of the text is a mark. A wrapped line of prose that ends in "bảo / mật." is none. */
export function saysSecret(text: string): boolean {
  return text.split(/[\n\f]/).some((raw) => {
    const line = raw.normalize('NFC').trim();
    if (secrecyLevelOf(line) === undefined) return false;
    return line === line.toUpperCase() || /(?:độ|mức) mật/iu.test(line);
  });
}
