// Reads a package for the send gate: its kind and every secrecy mark that stands in words anywhere in it (QĐ 28/2018
// Art. 1). Attachments are decoded and dropped: what is inside a PDF is for the signing gate.
import type { EdxmlPackage } from '../../preload/contract/edxml';
import { markedWords } from '../../preload/contract/package-secrecy';
import { type SecrecyLevel, secrecyLevelOf, secrecyLevelOfName } from '../../preload/contract/secrecy';
import { type AttachmentSink, readPackage } from '../edxml';
import type { PackageInspector } from './send-gate';

const dropSink: AttachmentSink<null> = {
  open: async () => ({
    write: async () => undefined,
    close: async () => null,
    discard: async () => undefined,
  }),
};

function marksOfFiles(read: EdxmlPackage<null>): SecrecyLevel[] {
  return read.attachments.flatMap(({ description = '', name = '' }) => [
    ...[secrecyLevelOf(description) ?? []].flat(),
    ...[secrecyLevelOfName(name) ?? []].flat(),
  ]);
}

/** PackageInspector over the edXML reader. Throws its Failures. */
export const inspectPackage: PackageInspector = async (source) => {
  const read = await readPackage(source, dropSink);
  return {
    kind: read.kind,
    secrecyMarks: [...markedWords(read).flatMap((text) => secrecyLevelOf(text) ?? []), ...marksOfFiles(read)],
    receivers: read.kind === 'edoc' ? read.header.To.flatMap((organ) => organ.OrganId ?? []) : [],
  };
};
