// Reads a package for the send gate: its kind and every secrecy mark that stands in words anywhere in it (QĐ 28/2018
// Art. 1). Attachments are decoded and dropped: what is inside a PDF is for the signing gate.
import type { EdxmlPackage } from '../../preload/contract/edxml';
import { markedWords } from '../../preload/contract/package-secrecy';
import { secrecyLevelOf } from '../../preload/contract/secrecy';
import { type AttachmentSink, readPackage } from '../edxml';
import type { PackageInspector } from './send-gate';

const dropSink: AttachmentSink<null> = {
  open: async () => ({
    write: async () => undefined,
    close: async () => null,
    discard: async () => undefined,
  }),
};

function wordsOfFiles(read: EdxmlPackage<null>): string[] {
  return read.attachments.flatMap((one) => [one.description ?? '', (one.name ?? '').replace(/\.[^.]*$/, '')]);
}

/** PackageInspector over the edXML reader. Throws its Failures. */
export const inspectPackage: PackageInspector = async (source) => {
  const read = await readPackage(source, dropSink);
  const words = [...markedWords(read), ...wordsOfFiles(read)];
  return {
    kind: read.kind,
    secrecyMarks: words.flatMap((text) => secrecyLevelOf(text) ?? []),
    receivers: read.kind === 'edoc' ? read.header.To.flatMap((organ) => organ.OrganId ?? []) : [],
  };
};
