// The texts by which documents are recognised, before they are blinded. Pure.
import { agencyCodeForms, canonicalAgencyCode } from '../../preload/contract/agency-code';
import type { DocumentFacts } from '../../preload/contract/records';

function code(text: string): string {
  return text.trim().toLowerCase();
}

/** Sender and DocumentId, which is opaque and compared as it is after trimming; null when there is no DocumentId. */
export function identityText(senderCode: string, documentId: string): string | null {
  return documentId.trim() === '' ? null : `${code(senderCode)}|${documentId.trim()}`;
}

/** What a document of this sender may be kept under: its code as given, then its other form; none without a DocumentId. */
export function identityTexts(senderCode: string, documentId: string): readonly string[] {
  return agencyCodeForms(senderCode).flatMap((form) => identityText(form, documentId) ?? []);
}

/** Number, symbol, issuer and year (NĐ 30 PL VI III.1.h); null when there is no number. */
export function numberText(facts: DocumentFacts): string | null {
  if (facts.number.trim() === '') return null;
  const year = facts.issuedOn?.slice(0, 4) ?? '';
  const number = facts.number.trim().replace(/^0+(?=\d)/, '');
  return `${number}/${facts.notation.trim().toUpperCase()}|${code(facts.sender.code)}|${year}`;
}

/** What a document may be kept under by its number, under either code of its issuer; none without a number. */
export function numberTexts(facts: DocumentFacts): readonly string[] {
  return agencyCodeForms(facts.sender.code).flatMap((form) => numberText(from(facts, form)) ?? []);
}

/** What two documents may be doubles by, whichever code their sender goes by: for comparing alone, never kept. */
export function doubleTexts(facts: DocumentFacts): readonly string[] {
  const known = from(facts, canonicalAgencyCode(facts.sender.code));
  const identity = identityText(known.sender.code, facts.documentId);
  const number = numberText(known);
  return [
    ...(identity === null ? [] : [`identity ${identity}`]),
    ...(number === null ? [] : [`number ${number}`]),
  ];
}

function from(facts: DocumentFacts, senderCode: string): DocumentFacts {
  return { ...facts, sender: { ...facts.sender, code: senderCode } };
}

/** "99/BTC-VP"; empty while there is no number. */
export function titleOf(facts: DocumentFacts): string {
  if (facts.number === '') return '';
  return facts.notation === '' ? facts.number : `${facts.number}/${facts.notation}`;
}

/** Recalls (1) and updates (2) carry the id of the document they are about, so they are no doubles of it. */
export function standsAlone(facts: DocumentFacts): boolean {
  return facts.business.type === '0' || facts.business.type === '3';
}
