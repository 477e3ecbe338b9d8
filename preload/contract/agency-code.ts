// Identification codes of agencies: the four groups of QĐ 28/2018 and the hierarchy of QĐ 20/2020.
// It judges the form alone and knows no directory; an odd form is a warning for the clerk, never a refusal.

/** `old`: 13 characters, level 1 last (000.00.18.G12). `new`: level 1 first, up to 35 characters (G12.18). */
export type AgencyCodeForm = 'old' | 'new' | 'odd';

const oldForm = /^[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Z][0-9]{2}$/;
const newForm = /^[A-Z][0-9]{2}(\.[0-9A-Z]{2,3})*$/;
/** New codes that the four groups of an old one can say. */
const newFormOfOld = /^([A-Z][0-9]{2})(?:\.([0-9A-Z]{2}))?(?:\.([0-9A-Z]{2}))?(?:\.([0-9A-Z]{3}))?$/;

/** A code as it is kept: trimmed, upper case (the axis compares without case). Its structure stays. */
export function normaliseAgencyCode(code: string): string {
  return code.trim().toUpperCase();
}

/**
 * The code as agencies are told apart by it, for comparing alone: what is sent, shown and stored keeps the code as it was given.
 * An old code (QĐ 28/2018 Art. 10.2a, read from the right) becomes the new one of the same groups (QĐ 20/2020), those that are
 * not used left out: `000.00.18.G12` is `G12.18`. Level 1 is the same table in both. That lower levels kept their groups is
 * how agencies were carried over and no rule of the decree; a directory may know better. Every other code is trimmed and in
 * upper case, and so is one that may be read either way (A00.01.10.H26), and an old one with a level 3 and no level 2, which as
 * a new code would name what is another agency's level 2.
 */
export function canonicalAgencyCode(code: string): string {
  const normal = normaliseAgencyCode(code);
  if (!oldForm.test(normal) || newForm.test(normal)) return normal;
  const [fourth = '', third = '', second = '', first = ''] = normal.split('.');
  if (isUnused(second) && !isUnused(third)) return normal;
  return [first, ...[second, third, fourth].filter((group) => !isUnused(group))].join('.');
}

const isUnused = (group: string): boolean => /^0+$/.test(group);

/** True when two codes name the same agency, be each its old or its new one. */
export function sameAgency(one: string, other: string): boolean {
  return canonicalAgencyCode(one) === canonicalAgencyCode(other);
}

/**
 * Every form in which this agency may have been written down, trimmed and in upper case: the given one first, then the other
 * structure's where there is one. For finding what was stored under the code as it came.
 */
export function agencyCodeForms(code: string): readonly string[] {
  const normal = normaliseAgencyCode(code);
  const canonical = canonicalAgencyCode(normal);
  if (canonical !== normal) return [normal, canonical];
  const groups = newFormOfOld.exec(normal);
  if (groups === null) return [normal];
  const [, first = '', second = '00', third = '00', fourth = '000'] = groups;
  const old = `${fourth}.${third}.${second}.${first}`;
  return canonicalAgencyCode(old) === normal ? [normal, old] : [normal];
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
