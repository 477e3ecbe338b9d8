// Identification codes of agencies: the four groups of QĐ 28/2018 and the hierarchy of QĐ 20/2020.
// It judges the form alone and knows no directory; an odd form is a warning for the clerk, never a refusal.

/** `old`: 13 characters, level 1 last (000.00.18.G12). `new`: level 1 first, up to 35 characters (G12.18). */
export type AgencyCodeForm = 'old' | 'new' | 'odd';

const oldForm = /^[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Z][0-9]{2}$/;
const newForm = /^[A-Z][0-9]{2}(\.[0-9A-Z]{2,3})*$/;

/** A code in the form it is compared and stored in: trimmed, upper case (the axis compares without case). */
export function normaliseAgencyCode(code: string): string {
  return code.trim().toUpperCase();
}

/** True when two codes name the same agency. Old and new codes of one agency are equal only through a directory. */
export function sameAgencyCode(left: string, right: string): boolean {
  return normaliseAgencyCode(left) === normaliseAgencyCode(right);
}

/** Which structure a code follows. */
export function agencyCodeForm(code: string): AgencyCodeForm {
  const normal = normaliseAgencyCode(code);
  if (oldForm.test(normal)) return 'old';
  return normal.length <= 35 && newForm.test(normal) ? 'new' : 'odd';
}

/** The level-1 code (`G12`, `H37`) of either structure, undefined when the form is odd. */
export function topLevelCode(code: string): string | undefined {
  const normal = normaliseAgencyCode(code);
  const form = agencyCodeForm(normal);
  if (form === 'old') return normal.slice(-3);
  return form === 'new' ? normal.slice(0, 3) : undefined;
}

/** Technical codes of the axis (W00) that a clerk never writes to. */
export function isTechnicalAgencyCode(code: string): boolean {
  return normaliseAgencyCode(code).split('.').includes('W00');
}
