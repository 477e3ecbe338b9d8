// Small pure makers of facts: the empty form, an answer's prefilled form, the DocumentId. They read no clock.
import type { Day } from '../../preload/contract/ids';
import type { DocumentFacts, IncomingDocument, Organ, ResponseFor } from '../../preload/contract/records';
import { titleOf } from '../db/identity';
import type { DraftFacts } from '../ledger';

/** All facts empty, sent by this agency, in as many copies as receivers would need: one. */
export function emptyFacts(sender: Organ): DocumentFacts {
  return {
    documentId: '',
    number: '',
    notation: '',
    typeName: '',
    subject: '',
    content: '',
    place: '',
    issuedOn: null,
    signer: { competence: '', position: '', name: '' },
    sender,
    receivers: [],
    toPlaces: [],
    urgency: 0,
    dueOn: null,
    pages: 0,
    copies: 1,
    appendixes: [],
    responseFor: [],
    business: { type: '0', reason: '', targetDocumentId: '' },
    paper: false,
  };
}

/** NĐ 30 15.1: numbers below 10 are written with a leading 0. */
export function writtenNumber(number: number): string {
  return String(number).padStart(2, '0');
}

/** The common DocumentId of the axis: `G12,2026/01/15,99/BTC-VP`. */
export function documentIdOf(agencyCode: string, date: Day, number: string, notation: string): string {
  const title = notation === '' ? number : `${number}/${notation}`;
  return `${agencyCode},${date.replaceAll('-', '/')},${title}`;
}

/** How a document is named when it is answered. */
export function responseTo(facts: DocumentFacts): ResponseFor {
  return {
    organId: facts.sender.code,
    code: titleOf(facts),
    documentId: facts.documentId,
    promulgationDate: facts.issuedOn,
  };
}

/** What an answer begins with: to the sender, in response to the document. */
export function answerFacts(document: IncomingDocument): DraftFacts {
  return {
    typeName: 'Công văn',
    subject: `V/v phúc đáp ${titleOf(document.facts)}`.trim(),
    receivers: document.facts.sender.code === '' ? [] : [document.facts.sender],
    responseFor: [responseTo(document.facts)],
    urgency: document.facts.urgency,
  };
}
