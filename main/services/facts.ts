// Maps an edXML header to the desk's facts and back. Pure; it reads no bytes, and what it cannot place stays in the package.
import { documentTypeName, type TypeEncoding, wireDocumentType } from '../../preload/contract/document-types';
import type {
  DocumentHeader,
  DocumentPackage,
  Organization,
  ResponseForElement,
  StatusHeader,
  TraceHeaderList,
} from '../../preload/contract/edxml';
import { foldText } from '../../preload/contract/folding';
import { asDay, asInstant, type Day, type Instant } from '../../preload/contract/ids';
import type { DocumentFacts, DocumentStatus, Organ, ResponseFor } from '../../preload/contract/records';
import { priorityNames, statusCode } from '../../preload/contract/status-codes';
import { isoDay, wireInstant, wireTimestamp } from '../../preload/contract/wire-time';
import { businessOf, bussinessElement } from './business-facts';

const clip = (value: string | undefined, length: number): string => (value ?? '').slice(0, length);

function whole(value: string | undefined, fallback: number): number {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isSafeInteger(number) && number >= 0 ? number : fallback;
}

/** Programs write year 1 where nobody set a date; nothing that travels here is older than this. */
const firstYear = 1900;

function dayOrNull(value: string | undefined): Day | null {
  const found = value === undefined ? undefined : isoDay(value);
  return found === undefined || Number(found.slice(0, 4)) < firstYear ? null : asDay(found);
}

function instantOr(value: string | undefined, otherwise: Instant): Instant {
  const found = value === undefined ? undefined : wireInstant(value);
  return found === undefined || found.getUTCFullYear() < firstYear ? otherwise : asInstant(found);
}

function organOf(value: Organization | undefined): Organ {
  return { code: clip(value?.OrganId, 40), name: clip(value?.OrganName, 600) };
}

function responseOf(value: ResponseForElement): ResponseFor {
  return {
    organId: clip(value.OrganId, 40),
    code: clip(value.Code, 600),
    documentId: clip(value.DocumentId, 600),
    promulgationDate: dayOrNull(value.PromulgationDate),
  };
}

const urgencyWords = new Map(
  Object.entries(priorityNames).map(([number, name]) => [foldText(name), Number(number)]),
);

/** The urgency the package names, by its number or its word; undefined where it names none or one that cannot be read. */
function urgencyOf(header: DocumentHeader): number | undefined {
  const priority = header.OtherInfo?.Priority;
  const number = whole(priority, -1);
  if (number < 0) return urgencyWords.get(foldText(priority ?? ''));
  return number > 9 ? undefined : number;
}

/**
 * Number and symbol. Some writers put both (`99/BTC-VP`) into one of the two elements or into each: the number ends at the first
 * stroke then. A number with a year of its own (`30/2020` beside `NĐ-CP`) stays as it is.
 */
function codeOf(header: DocumentHeader): { readonly number: string; readonly notation: string } {
  const number = header.Code?.CodeNumber?.trim() ?? '';
  const notation = header.Code?.CodeNotation?.trim() ?? '';
  const joined = number === '' ? notation : number;
  const stroke = joined.indexOf('/');
  const [first, rest] = [joined.slice(0, stroke), joined.slice(stroke + 1)];
  const isJoined =
    stroke > 0 &&
    (number === '' ? /^\d+$/.test(first) : notation === '' || notation === joined || notation === rest);
  if (isJoined) return { number: clip(first, 20), notation: clip(rest, 40) };
  const again =
    number !== '' && notation.startsWith(`${number}/`) ? notation.slice(number.length + 1) : notation;
  return { number: clip(number, 20), notation: clip(again, 40) };
}

/** The desk's facts of a document package. Texts longer than the desk shows are cut here only; the package keeps them. */
export function factsOf(header: DocumentHeader, trace: TraceHeaderList | null): DocumentFacts {
  const urgency = urgencyOf(header);
  const business = businessOf(trace, header.DocumentId);
  return {
    documentId: clip(header.DocumentId, 600),
    ...codeOf(header),
    typeName: clip(documentTypeName(header.DocumentType ?? {}), 600),
    subject: clip(header.Subject, 4000),
    content: clip(header.Content, 4000),
    place: clip(header.PromulgationInfo?.Place, 600),
    issuedOn: dayOrNull(header.PromulgationInfo?.PromulgationDate),
    signer: {
      competence: clip(header.SignerInfo?.Competence, 600),
      position: clip(header.SignerInfo?.Position, 600),
      name: clip(header.SignerInfo?.FullName, 600),
    },
    sender: organOf(header.From),
    receivers: header.To.slice(0, 5000).map(organOf),
    toPlaces: (header.ToPlaces?.Place ?? []).slice(0, 500).map((place) => clip(place, 600)),
    urgency: urgency ?? 0,
    ...(urgency === undefined && business.type === '2' ? { urgencyUnsaid: true as const } : {}),
    dueOn: dayOrNull(header.DueDate),
    pages: whole(header.OtherInfo?.PageAmount, 0),
    copies: whole(header.OtherInfo?.PromulgationAmount, 1),
    appendixes: (header.OtherInfo?.Appendixes?.Appendix ?? []).slice(0, 200).map((name) => clip(name, 600)),
    responseFor: header.ResponseFor.slice(0, 100).map(responseOf),
    business,
    paper: (trace?.Bussiness?.Paper ?? trace?.Paper) === '1',
  };
}

const wireDay = (value: Day | null): string | undefined => value?.replaceAll('-', '/');
const some = (value: string): string | undefined => (value === '' ? undefined : value);

/** The name is mandatory; an agency that wrote no name of its own is called by its code when it is answered. */
function organization(value: Organ): Organization {
  return { OrganId: value.code, OrganName: value.name.trim() === '' ? value.code : value.name };
}

function responseElement(value: ResponseFor): ResponseForElement {
  return {
    OrganId: some(value.organId),
    Code: some(value.code),
    DocumentId: some(value.documentId),
    PromulgationDate: wireDay(value.promulgationDate),
  };
}

/** The header of a document package in the order and words of QCVN 102; `types` is how the hub wants DocumentType. */
export function headerOf(facts: DocumentFacts, types: TypeEncoding = 'item'): DocumentHeader {
  return {
    From: organization(facts.sender),
    To: facts.receivers.map(organization),
    Code: { CodeNumber: facts.number, CodeNotation: facts.notation },
    PromulgationInfo: { Place: facts.place, PromulgationDate: wireDay(facts.issuedOn) },
    DocumentType: wireDocumentType(facts.typeName, types),
    Subject: facts.subject,
    Content: some(facts.content),
    SignerInfo: {
      Competence: some(facts.signer.competence),
      Position: some(facts.signer.position),
      FullName: some(facts.signer.name),
    },
    DueDate: wireDay(facts.dueOn),
    ...(facts.toPlaces.length > 0 ? { ToPlaces: { Place: [...facts.toPlaces] } } : {}),
    OtherInfo: {
      Priority: String(facts.urgency),
      PromulgationAmount: String(facts.copies),
      // Nobody counted them: the element may be left out, and 0 pages would be a statement.
      PageAmount: facts.pages === 0 ? undefined : String(facts.pages),
      ...(facts.appendixes.length > 0 ? { Appendixes: { Appendix: [...facts.appendixes] } } : {}),
    },
    ResponseFor: facts.responseFor.map(responseElement),
    DocumentId: facts.documentId,
  };
}

/** The trace of a package that leaves this desk: one entry, and the business of types 0 to 3. */
export function traceOf(facts: DocumentFacts, now: Date): TraceHeaderList {
  return {
    version: '1.0',
    TraceHeader: [{ OrganId: facts.sender.code, Timestamp: wireTimestamp(now) }],
    Bussiness: bussinessElement(facts.business, facts.paper),
  };
}

/** A document package without its attachments. */
export function documentPackage(
  facts: DocumentFacts,
  now: Date,
  types: TypeEncoding = 'item',
): Omit<DocumentPackage<never>, 'attachments'> {
  return { kind: 'edoc', header: headerOf(facts, types), trace: traceOf(facts, now), unknown: [] };
}

/** The desk's view of a status package. `arrivedAt` stands in where the package carries no readable time. */
export function statusOf(header: StatusHeader, arrivedAt: Instant): DocumentStatus {
  const staff = header.StaffInfo;
  return {
    code: clip(statusCode(header.StatusCode ?? ''), 10),
    from: organOf(header.From),
    responseFor: responseOf(header.ResponseFor ?? {}),
    description: clip(header.Description, 4000),
    staff: clip([staff?.Staff, staff?.Department].filter(Boolean).join(', '), 600),
    at: instantOr(header.Timestamp, arrivedAt),
  };
}

/** The header of a status package of this desk. */
export function statusHeaderOf(status: DocumentStatus): StatusHeader {
  return {
    ResponseFor: responseElement(status.responseFor),
    From: organization(status.from),
    StatusCode: status.code,
    Description: some(status.description),
    Timestamp: wireTimestamp(new Date(status.at)),
    ...(status.staff === '' ? {} : { StaffInfo: { Staff: status.staff } }),
  };
}
