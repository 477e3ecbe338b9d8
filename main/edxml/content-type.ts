// The ContentType table of QCVN writers and the rule which attachments travel inside a zip. Values only.
import { extensionOf } from './file-name';

/** Extensions whose bytes travel as they are; everything else is put into a single-entry zip. */
const raw: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  doc: 'application/doc',
  docx: 'application/docx',
  zip: 'application/zip',
};

const zipTypes = ['application/zip', 'application/x-zip', 'application/x-zip-compressed'];

/** The ContentType that a writer gives an attachment of this name. */
export function contentTypeFor(name: string): string {
  return raw[extensionOf(name)] ?? 'application/zip';
}

/** True when a ContentType says zip, whatever its parameters and case. */
export function saysZip(contentType: string | undefined): boolean {
  return zipTypes.includes((contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '');
}

/** The reading and writing rule alike: a zip by type whose name does not end in .zip holds the file as its first entry. */
export function isWrapped(contentType: string | undefined, name: string | undefined): boolean {
  return saysZip(contentType) && extensionOf(name ?? '') !== 'zip';
}

/** Formats that are zip archives themselves: some senders label the bare file `application/zip`. */
const zipBased = new Set(
  'docx docm dotx dotm xlsx xlsm xlsb xltx xltm pptx pptm ppsx ppsm potx potm vsdx odt ods odp odg ott ots otp jar epub'.split(
    ' ',
  ),
);

/** True when the first entry's name shows that the archive is the office file itself and not its wrapping. */
export function isOfficeFileItself(name: string | undefined, firstEntry: string): boolean {
  return (
    zipBased.has(extensionOf(name ?? '')) &&
    /^(\[Content_Types\]\.xml|mimetype|_rels\/.*|docProps\/.*|word\/.*|xl\/.*|ppt\/.*|visio\/.*|customXml\/.*|META-INF\/.*)$/.test(
      firstEntry,
    )
  );
}
