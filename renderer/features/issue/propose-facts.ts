// Reads proposals for the form out of a draft's own text: notation, type, subject. Never more than proposals. Pure.
import { typeAbbreviation, typeAbbreviations } from '../../../preload/contract/document-types';

export interface Proposals {
  readonly typeName: string | null;
  readonly notation: string | null;
  readonly subject: string | null;
}

/** The symbol after "Số: …/", e.g. `UBND-VX`; blanks where a number will stand are skipped. */
function notationIn(text: string): string | null {
  const found = /Số\s*:?[\s.…_\d]*\/\s*([\p{Lu}][\p{L}\d&]*(?:-[\p{L}\d&]+)*)/u.exec(text);
  return found?.[1] ?? null;
}

/** A type stands as a line of its own in capitals (NĐ 30 Phụ lục I, box 5a). */
function typeIn(text: string): string | null {
  const names = Object.keys(typeAbbreviations).sort((a, b) => b.length - a.length);
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return names.find((name) => lines.includes(name.toUpperCase())) ?? null;
}

/** The words after "V/v" up to the addressee or the mark of urgency that stands below them (boxes 5b, 9a, 10b). */
function subjectAfterRe(text: string): string | null {
  const found =
    /V\/v:?\s+([\s\S]{5,400}?)(?=\n\s*\n|\s*Kính gửi|\s+(?:HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN)(?!\p{L})|$)/u.exec(
      text,
    );
  const words = found?.[1]?.replace(/\s+/g, ' ').trim();
  return words === undefined || words === '' ? null : `V/v ${words}`;
}

/** The right column of the heading, which stands on the same lines as the subject (NĐ 30 Phụ lục I, boxes 1 and 4). */
const headings = [
  /CỘNG HÒA(?: XÃ HỘI)?(?: CHỦ NGHĨA)?(?: VIỆT)?(?: NAM)?/gu,
  /Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc/gu,
  /(?<=^|\s)(?:\p{Lu}\p{L}*\.? ?){1,5}, ngày[ .…\d]*tháng[ .…\d]*năm[ .…\d]*/gu,
];

/** What the text of the first pages proposes; null where it says nothing. */
export function proposeFacts(text: string): Proposals {
  const normal = headings.reduce((rest, heading) => rest.replace(heading, ' '), text.normalize('NFC'));
  const subject = subjectAfterRe(normal);
  const typeName = typeIn(normal) ?? (subject === null ? null : 'Công văn');
  return { typeName, notation: notationIn(normal), subject };
}

/** The symbol a type and an agency make: `QĐ-UBND`, `UBND-VP` for a công văn (NĐ 30 Phụ lục I, II.3). */
export function notationFor(typeName: string, agencyNotation: string): string {
  const abbreviation = typeAbbreviation(typeName) ?? '';
  return abbreviation === ''
    ? agencyNotation
    : `${abbreviation}-${agencyNotation.split('-')[0] ?? agencyNotation}`;
}
