// The texts by which documents are recognised, before they are blinded. Pure.
import type { DocumentFacts } from '../../preload/contract/records';

/** Codes of agencies are compared without regard to case. */
export function sameAgency(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase();
}

function code(text: string): string {
  return text.trim().toLowerCase();
}

/** Sender and DocumentId, which is opaque and compared as it is after trimming; null when there is no DocumentId. */
export function identityText(senderCode: string, documentId: string): string | null {
  return documentId.trim() === '' ? null : `${code(senderCode)}|${documentId.trim()}`;
}

/** Number, symbol, issuer and day (NĐ 30 PL VI III.1.h); null when there is no number. */
export function numberText(facts: DocumentFacts): string | null {
  if (facts.number.trim() === '') return null;
  const year = facts.issuedOn?.slice(0, 4) ?? '';
  const number = facts.number.trim().replace(/^0+(?=\d)/, '');
  return `${number}/${facts.notation.trim().toUpperCase()}|${code(facts.sender.code)}|${year}`;
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
