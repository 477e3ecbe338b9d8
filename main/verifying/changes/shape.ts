// Looks whether what a later revision calls validation data or metadata has that shape at all: under such a name nothing
// else may be brought in, and what was there before may not be taken away.
import { isFailure } from '../../../preload/contract/failure';
import { isArray, isDict, isStream, type PdfDict, type PdfView } from '../../pdf';
import type { Explanation } from './explanation';

const storeLists = new Set(['Certs', 'CRLs', 'OCSPs']);
const relatedLists = new Set(['Cert', 'CRL', 'OCSP']);

/** The document security store after the step (EN 319 142-1, 5.4.2). */
export function checkSecurityStore(step: Explanation, before: PdfView, after: PdfView): void {
  const one = before.get(before.catalog.dict, 'DSS');
  const other = after.get(after.catalog.dict, 'DSS');
  if (other === null) return;
  if (!isDict(other)) {
    step.refuse('DSS is no dictionary');
    return;
  }
  checkLists(step, after, other, storeLists, new Set(['Type', 'VRI']));
  const related = after.get(other, 'VRI');
  if (isDict(related)) {
    for (const key of related.entries.keys()) {
      const entry = after.get(related, key);
      if (key === 'Type') continue;
      if (isDict(entry)) checkLists(step, after, entry, relatedLists, new Set(['Type', 'TU', 'TS']));
      else step.refuse('DSS entry is no dictionary');
    }
  } else if (other.entries.has('VRI')) step.refuse('DSS VRI is no dictionary');
  const earlier = isDict(one) ? before.get(one, 'VRI') : null;
  if (!isDict(earlier)) return;
  for (const key of earlier.entries.keys()) {
    if (!isDict(related) || !related.entries.has(key)) step.refuse(`DSS entry ${key} removed`);
  }
}

function checkLists(
  step: Explanation,
  view: PdfView,
  dict: PdfDict,
  lists: ReadonlySet<string>,
  others: ReadonlySet<string>,
): void {
  for (const key of dict.entries.keys()) {
    if (others.has(key)) continue;
    const list = view.get(dict, key);
    const shaped =
      lists.has(key) && isArray(list) && list.items.every((item) => isStream(view.resolve(item)));
    if (!shaped) step.refuse(`DSS key ${key}`);
  }
}

/** Metadata stays XML in a stream. Only a changed one is looked at. */
export function checkMetadata(step: Explanation, before: PdfView, after: PdfView): void {
  const old = before.get(before.catalog.dict, 'Metadata');
  const value = after.get(after.catalog.dict, 'Metadata');
  if (value === null && old === null) return;
  if (isStream(value) && isStream(old) && value.dataStart === old.dataStart) return;
  if (!isStream(value) || !startsLikeXml(after, value)) step.refuse('metadata is no XML');
}

function startsLikeXml(view: PdfView, stream: Parameters<PdfView['decoded']>[0]): boolean {
  try {
    const text = Buffer.from(view.decoded(stream))
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trim();
    return text === '' || (text.startsWith('<') && text.endsWith('>'));
  } catch (error) {
    // Encoded in a way that nobody reads as metadata.
    if (isFailure(error)) return false;
    throw error;
  }
}
