// Secrecy marks in the fields of a header (Mật, Tối mật, Tuyệt mật). It looks at the words of fields alone, never into
// a PDF, and errs on the side of stopping: a document with a mark has no road to the network (QĐ 28/2018 Art. 1).
import type { DocumentHeader } from './edxml';

export type SecrecyLevel = 'mat' | 'toi-mat' | 'tuyet-mat';

export interface SecrecyMark {
  readonly level: SecrecyLevel;
  /** The field that carries the mark, by element name. */
  readonly field: string;
}

/** Lower case, NFC, blanks collapsed. Accents stay: "mặt" and "mất" are not "mật". */
function folded(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** A field that holds a mark and nothing else: "MẬT", "[Tối mật]", "Độ mật: Tuyệt mật". */
const bareMark = /^[\s([*"“-]*(?:(?:độ|mức) mật\s*:?\s*)?(tuyệt mật|tối mật|mật)[\s)\]*"”.!-]*$/u;
/** A mark put before or after other words, set off by brackets. */
const bracketedMark = /[([]\s*(tuyệt mật|tối mật|mật)\s*[)\]]/u;
/** "Độ mật: Mật" inside other words. */
const namedMark = /(?:độ|mức) mật\s*:\s*(tuyệt mật|tối mật|mật)(?![\p{L}])/u;
/** A subject that opens with the mark in capitals, the way a stamp stands: "TỐI MẬT - Phương án…". */
const leadingMark = /^[\s([*]*(TUYỆT MẬT|TỐI MẬT|MẬT)(?=\s*(?:[-–—:.)\]*|]|$))/u;

const levels: Readonly<Record<string, SecrecyLevel>> = {
  mật: 'mat',
  'tối mật': 'toi-mat',
  'tuyệt mật': 'tuyet-mat',
};

/** The level that one field's text marks, undefined when it marks none. */
export function secrecyLevelOf(text: string): SecrecyLevel | undefined {
  const words = folded(text);
  const leading = leadingMark.exec(text.normalize('NFC').replace(/\s+/g, ' '))?.[1]?.toLowerCase();
  const match =
    bareMark.exec(words)?.[1] ?? bracketedMark.exec(words)?.[1] ?? namedMark.exec(words)?.[1] ?? leading;
  return match === undefined ? undefined : levels[match];
}

/**
 * The first secrecy mark in a document's header, undefined when there is none. A notation that ends in `-M`, `-TM`
 * or `-TuM` is no mark: units have such abbreviations.
 */
export function secrecyMark(header: DocumentHeader): SecrecyMark | undefined {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Subject', header.Subject],
    ['Content', header.Content],
    ['TypeName', header.DocumentType?.TypeName],
    ['SphereOfPromulgation', header.OtherInfo?.SphereOfPromulgation],
    ['TyperNotation', header.OtherInfo?.TyperNotation],
    ['Priority', header.OtherInfo?.Priority],
    ['ApplicationType', header.ApplicationType],
    ...(header.ToPlaces?.Place ?? []).map((place) => ['Place', place] as const),
    ...(header.OtherInfo?.Appendixes?.Appendix ?? []).map((name) => ['Appendix', name] as const),
  ];
  for (const [field, value] of fields) {
    const level = value === undefined ? undefined : secrecyLevelOf(value);
    if (level !== undefined) return { level, field };
  }
  return undefined;
}
