// Reads a package for the send gate: its kind and every secrecy mark that stands in words anywhere in it (QĐ 28/2018
// Art. 1). Attachments are decoded and dropped: what is inside a PDF is for the signing gate.
import type { EdxmlPackage, XmlElement } from '../../preload/contract/edxml';
import { secrecyLevelOf, secrecyMark } from '../../preload/contract/secrecy';
import { type AttachmentSink, readPackage } from '../edxml';
import type { PackageInspector } from './send-gate';

const dropSink: AttachmentSink<null> = {
  open: async () => ({
    write: async () => undefined,
    close: async () => null,
    discard: async () => undefined,
  }),
};

function textsOf(element: Pick<XmlElement, 'text' | 'attributes' | 'children'>): (string | undefined)[] {
  const inside = (element.children ?? []).flatMap(textsOf);
  return [element.text, ...Object.values(element.attributes ?? {}), ...inside];
}

/** Texts beside the header that a mark may stand in. */
function otherTexts(read: EdxmlPackage<null>): (string | undefined)[] {
  const unknown = read.unknown.flatMap(textsOf);
  if (read.kind === 'status') return [read.header.Description, ...unknown];
  const attachments = read.attachments.flatMap((one) => [one.description, one.name?.replace(/\.[^.]*$/, '')]);
  return [read.trace?.Bussiness?.BussinessDocReason, ...attachments, ...unknown];
}

/** PackageInspector over the edXML reader. Throws its Failures. */
export const inspectPackage: PackageInspector = async (source) => {
  const read = await readPackage(source, dropSink);
  const inHeader = read.kind === 'edoc' ? secrecyMark(read.header) : undefined;
  const marks = otherTexts(read).flatMap((text) => (text === undefined ? [] : (secrecyLevelOf(text) ?? [])));
  const receivers = read.kind === 'edoc' ? read.header.To.flatMap((organ) => organ.OrganId ?? []) : [];
  return {
    kind: read.kind,
    secrecyMarks: inHeader === undefined ? marks : [inHeader.level, ...marks],
    receivers,
  };
};
