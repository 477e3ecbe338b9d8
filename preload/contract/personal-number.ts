// Personal numbers in the names of certificates (CCCD, CMND, hộ chiếu, mã số thuế, BHXH) are never shown whole: one pure
// function for the appearance, the screens and the command line. It recognises numbers; it knows no certificate.

/** Words that issuers put before a number; what follows is masked whatever its length. */
const labelled =
  /\b(CCCD|CMND|CMTND|CMT|MST|MNS|HC|BHXH|PASSPORT|TAXID|SERIALNUMBER|UID|IDC[A-Z]{2}|PASVN|PNOVN|NTRVN|VATVN)(\s*[:=.#-]\s*|\s+(?=\d))((?:CCCD|CMND|MST|HC|BHXH)\s*[:=-]\s*)?([A-Z]{0,3}\d[\dA-Z./-]{3,24}|\d{3,4}( \d{3,4}){1,4})/giu;
/** Digits alone: six or more, or groups of them parted by single marks that come to nine or more. */
const grouped = /\d{2,4}(?:[ .-]\d{2,4}){2,5}(?!\d)/g;
const plain = /\d{6,}/g;

/** Every letter and digit but the last three becomes an asterisk; marks between groups stay. */
function hidden(text: string): string {
  const total = [...text].filter((char) => /[\p{L}\d]/u.test(char)).length;
  let seen = 0;
  return [...text]
    .map((char) => {
      if (!/[\p{L}\d]/u.test(char)) return char;
      seen += 1;
      return seen > total - 3 ? char : '*';
    })
    .join('');
}

const digitsOf = (text: string): number => text.replace(/\D/g, '').length;

/**
 * A name with the numbers in it masked to their last three digits: `Trần Thị Bình, CCCD:*********214`. Names without a
 * number, years and document numbers (`12/QĐ-UBND`) come back as they are; masking twice is masking once.
 */
export function withoutPersonalNumbers(name: string): string {
  return name
    .replace(
      labelled,
      (whole: string, label: string, between: string, second: string | undefined, value: string) =>
        digitsOf(value) < 4 ? whole : `${label}${between}${second ?? ''}${hidden(value)}`,
    )
    .replace(grouped, (whole) => (digitsOf(whole) >= 9 ? hidden(whole) : whole))
    .replace(plain, hidden);
}
