// Electronic copies (NĐ 30/2020, Art. 25 to 27, phụ lục I phần II): their forms, what each may be made from, how they are
// numbered. Pure: window, main and command line answer by the same rule.
import { z } from 'zod';
import type { Code } from './codes';

export const copyForm = z.enum(['SAO Y', 'SAO LỤC', 'TRÍCH SAO']);
export type CopyForm = z.infer<typeof copyForm>;

/** What the copy is made from: the paper original (scanned), a paper copy "sao y" (scanned), or an electronic original. */
export const copySource = z.enum(['paper-original', 'paper-copy', 'electronic']);
export type CopySource = z.infer<typeof copySource>;

export const copyRecord = z.strictObject({ form: copyForm, source: copySource });
export type CopyRecord = z.infer<typeof copyRecord>;

/** The symbol of a copy (phụ lục III) before the agency's own. */
export const copyAbbreviation: Readonly<Record<CopyForm, string>> = {
  'SAO Y': 'SY',
  'SAO LỤC': 'SL',
  'TRÍCH SAO': 'TrS',
};

/** All copies of a year share one series of numbers. */
export const copySeries = 'copies';

/** The symbol of a copy of this agency: its abbreviation and what stands after the number on the agency's documents. */
export function copyNotation(form: CopyForm, agencyNotation: string): string {
  return `${copyAbbreviation[form]}-${agencyNotation}`;
}

/** What a form is made from where nobody said: sao y and trích sao of an original on paper, sao lục of a sao y. */
export function usualSource(form: CopyForm): CopySource {
  return form === 'SAO LỤC' ? 'paper-copy' : 'paper-original';
}

/**
 * Why an electronic copy of this form may not be made from this source (Art. 25), or null. Sao y: from paper to electronic.
 * Sao lục: from a sao y on paper. Trích sao: from an original of either kind, as a file that holds the excerpt alone.
 * `signed`: the file carries digital signatures, so it is an electronic document itself.
 */
export function copyRefusal(form: CopyForm, source: CopySource, signed: boolean): Code | null {
  switch (form) {
    case 'SAO Y':
      if (signed || source === 'electronic') return 'copy-electronic-original';
      return source === 'paper-copy' ? 'copy-of-copy' : null;
    case 'SAO LỤC':
      if (signed || source === 'electronic') return 'copy-electronic-original';
      return source === 'paper-copy' ? null : 'copy-needs-copy';
    case 'TRÍCH SAO':
      if (signed) return 'copy-excerpt-whole';
      return source === 'paper-copy' ? 'copy-excerpt-of-copy' : null;
  }
}
