// What a package says beyond its facts: parts nobody knows, codes outside the lists, digests, missing files, odd names.
// Pure: it is given what was read and changes nothing; every finding is for the clerk's eyes, none refuses the package.
import { agencyCodeForm, sameAgency } from '../../../preload/contract/agency-code';
import { documentTypeName } from '../../../preload/contract/document-types';
import type {
  AttachmentMeta,
  DocumentPackage,
  EdxmlPackage,
  StatusPackage,
  UnknownPart,
  XmlElement,
} from '../../../preload/contract/edxml';
import type { HandFinding, HandFindingCode } from '../../../preload/contract/hand';
import {
  businessTypeNames,
  priorityNames,
  statusCode,
  statusNames,
} from '../../../preload/contract/status-codes';
import { isoDay, wireInstant } from '../../../preload/contract/wire-time';
import { filesOfPart } from '../missing-files';
import { nameTricks } from './name-tricks';

/** One attachment's bytes by their measures; `content` is what the first bytes say. */
export interface MeasuredBody {
  readonly sha256: string;
  readonly size: number;
  readonly content: string | null;
}

const mostFindings = 500;
const clip = (text: string): string => text.slice(0, 600);

/** All findings in the order of the package; at most 500. `ownCode` is empty where nobody asks whose package it is. */
export function findingsOf(one: EdxmlPackage<MeasuredBody>, ownCode: string): HandFinding[] {
  const found = one.kind === 'edoc' ? ofDocument(one, ownCode) : ofStatus(one);
  const all = [...found, ...one.unknown.flatMap((part) => ofUnknown(part, one.attachments))];
  return all.slice(0, mostFindings).map(({ code, detail }) => ({ code, detail: clip(detail) }));
}

type Found = HandFinding[];

function when(condition: boolean, code: HandFindingCode, detail = ''): Found {
  return condition ? [{ code, detail }] : [];
}

/** A part that speaks of files which are not there says so; everything else is an unknown part. */
function ofUnknown(part: UnknownPart, attachments: readonly AttachmentMeta[]): Found {
  const missing = (filesOfPart(part, attachments) ?? []).filter((file) => !file.isHere);
  if (missing.length === 0) return [{ code: 'unknown-element', detail: part.path }];
  return missing.map(({ shown }): HandFinding => ({ code: 'attachment-missing', detail: shown }));
}

const unreadable = (text: string | undefined): boolean =>
  text !== undefined && text !== '' && isoDay(text) === undefined;

function ofDocument(one: DocumentPackage<MeasuredBody>, ownCode: string): Found {
  const { header, trace } = one;
  const type = header.DocumentType;
  const typed = type?.Type !== undefined || type?.TypeName !== undefined;
  const business = trace?.Bussiness?.BussinessDocType;
  const urgency = header.OtherInfo?.Priority;
  const sender = header.From?.OrganId ?? '';
  const receivers = header.To.map((organ) => organ.OrganId ?? '').filter((code) => code !== '');
  const dates = [header.PromulgationInfo?.PromulgationDate, header.DueDate].filter(unreadable);
  const ours = ownCode !== '' && sameAgency(sender, ownCode);
  return [
    ...when(typed && documentTypeName(type ?? {}) === undefined, 'unknown-type', type?.Type ?? ''),
    ...when(
      business !== undefined && !Object.hasOwn(businessTypeNames, business),
      'unknown-business',
      business,
    ),
    ...when(urgency !== undefined && !Object.hasOwn(priorityNames, urgency), 'unknown-urgency', urgency),
    ...dates.map((date): HandFinding => ({ code: 'date-unreadable', detail: date ?? '' })),
    ...when(header.DocumentId === undefined || header.DocumentId === '', 'document-id-missing'),
    ...when(sender === '', 'sender-missing'),
    ...when(receivers.length === 0, 'receiver-missing'),
    ...[sender, ...receivers].flatMap((code) =>
      when(code !== '' && agencyCodeForm(code) === 'odd', 'agency-code-odd', code),
    ),
    ...when(ours, 'our-own'),
    ...when(
      ownCode !== '' && !ours && receivers.length > 0 && !receivers.some((code) => sameAgency(code, ownCode)),
      'not-for-us',
      receivers.slice(0, 5).join(', '),
    ),
    ...ofFiles(one),
    ...ofSignature(header.Signature, one.attachments),
  ];
}

function ofStatus(one: StatusPackage<MeasuredBody>): Found {
  const { header } = one;
  const code = header.StatusCode ?? '';
  const time = header.Timestamp;
  const from = header.From?.OrganId ?? '';
  return [
    ...when(!Object.hasOwn(statusNames, statusCode(code)), 'unknown-status', code),
    ...when(time !== undefined && wireInstant(time) === undefined, 'date-unreadable', time),
    ...when(from === '', 'sender-missing'),
    ...when(from !== '' && agencyCodeForm(from) === 'odd', 'agency-code-odd', from),
    ...when((header.ResponseFor?.DocumentId ?? '') === '', 'document-id-missing'),
  ];
}

function ofFiles(one: DocumentPackage<MeasuredBody>): Found {
  const seen = new Set<string>();
  return one.attachments.flatMap((file) => {
    const name = file.name ?? '';
    const key = name.normalize('NFKC').toLowerCase();
    const twice = name !== '' && seen.has(key);
    seen.add(key);
    const tricks = nameTricks(name, file.bytes.size === 0 ? null : file.bytes.content);
    return [
      ...when(file.bytes.size === 0, 'attachment-empty', name),
      ...when(file.code !== undefined, 'attachment-broken', name),
      ...tricks.map((code): HandFinding => ({ code, detail: name })),
      ...when(twice, 'name-taken-twice', name),
    ];
  });
}

function* elementsNamed(element: XmlElement, name: string): Generator<XmlElement> {
  if (element.name === name) yield element;
  for (const child of element.children ?? []) yield* elementsNamed(child, name);
}

/**
 * The digests of a Signature that name an attachment by its `cid:` and SHA-256 are held against the bytes. What is signed
 * by enveloped references (the header itself) needs a canonical form that the standard leaves open: said, not judged.
 */
function ofSignature(
  signature: XmlElement | undefined,
  files: DocumentPackage<MeasuredBody>['attachments'],
): Found {
  if (signature === undefined) return [];
  const found: Found = [];
  for (const reference of elementsNamed(signature, 'Reference')) {
    const value = [...elementsNamed(reference, 'DigestValue')][0]?.text?.replace(/\s+/g, '') ?? '';
    if (value === '') continue;
    const method = [...elementsNamed(reference, 'DigestMethod')][0]?.attributes?.Algorithm ?? '';
    const uri = (reference.attributes?.URI ?? '').replace(/^(cid:)+/i, '');
    const file = files.find((one) => uri !== '' && (one.contentId === uri || one.name === uri));
    if (file === undefined || !/sha-?256$/i.test(method)) {
      found.push({ code: 'digest-not-checked', detail: uri });
      continue;
    }
    const right = Buffer.from(value, 'base64').toString('hex') === file.bytes.sha256;
    found.push({ code: right ? 'digest-right' : 'digest-wrong', detail: file.name ?? uri });
  }
  return found;
}
