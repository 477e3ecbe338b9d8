// Finds a secrecy mark in the text of a page: a line of its own in capitals, as the stamp stands, or a named level.
// Pure; a stamp that is a picture is seen by nobody here.
import { endsBeforeMat, secrecyLevelOf, standsInCapitals } from '../../preload/contract/secrecy';

/** Marks as fonts of before Unicode spell them (TCVN3, VNI), which office files of those years are in; words of no language. */
const older: Readonly<Record<string, string>> = {
  MËT: 'MẬT',
  'TèI MËT': 'TỐI MẬT',
  'TUYÖT MËT': 'TUYỆT MẬT',
  MAÄT: 'MẬT',
  'TOÁI MAÄT': 'TỐI MẬT',
  'TUYEÄT MAÄT': 'TUYỆT MẬT',
};

/** The box beside what stands in the other column of its line. */
const openingStamp = /^[^\p{L}\p{N}]*(?:TUYỆT |TỐI )?MẬT\s+\p{Lu}/u;

/** True when a line of the text is a mark. A wrapped line of prose that ends in "bảo / mật." is none. */
export function saysSecret(text: string): boolean {
  return text.split(/[\n\f]/).some((raw, at, lines) => {
    if (endsBeforeMat(lines[at - 1] ?? '')) return false;
    const words = raw.normalize('NFC').trim();
    const line = older[words.replace(/\s+/g, ' ')] ?? words;
    if (secrecyLevelOf(line) === undefined) return false;
    return standsInCapitals(line) || openingStamp.test(line) || /(?:độ|mức) mật/iu.test(line);
  });
}
