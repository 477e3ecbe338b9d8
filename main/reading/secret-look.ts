// Whether a file that is no single PDF says that it is secret: the first lines of office files, the names in an archive and, two
// archives deep, the office files and PDFs in it. Bounded in size and number; a mark that is a picture is seen by nobody.
import { type ByteSource, bytesSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import { secrecyLevelOfName } from '../../preload/contract/secrecy';
// File by file: the surface of the room would bring LibreOffice's starter into the reading host, which starts no program.
import { containerOf } from '../convert/kind';
import { openZip, type Zip } from '../convert/zip';
import { secretLookInput } from './intake-protocol';
import { type Job, withFile } from './job';
import { firstParagraphs, linesOfOle, linesOfRtf } from './office-lines';
import { readText } from './pdf-text';
import { saysSecret } from './secret-text';

const mebibyte = 2 ** 20;
const mostText = 32 * mebibyte;
const mostInner = 64 * mebibyte;
const mostFiles = 50;
/** Of a file of an old office program, or a rich text. */
const mostBinary = 8 * mebibyte;

/** Parts of text, sheet and slides at whose head a mark stands; styles have the headers of OpenDocument. */
const parts = [
  ...['word/document.xml', 'content.xml', 'styles.xml'],
  ...['xl/sharedStrings.xml', 'xl/worksheets/sheet1.xml', 'ppt/slides/slide1.xml'],
];

const mostHeaders = 6;
/** Of one part: a file with more of one name is no work of an office program. */
const mostTwins = 4;

/** The places of the first `most` entries whose names fit; programs differ in which of two twins they open. */
function placesOf(zip: Zip, fits: (name: string) => boolean, most: number): number[] {
  return zip.entries.flatMap(({ name }, place) => (fits(name) ? [place] : [])).slice(0, most);
}

/** True when the first lines of an office file, headers included, carry a mark. */
function officeSaysSecret(zip: Zip): boolean {
  const places = [
    ...parts.flatMap((part) => placesOf(zip, (name) => name === part, mostTwins)),
    ...placesOf(zip, (name) => /^word\/header\d*\.xml$/.test(name), mostHeaders),
  ];
  for (const place of places) {
    const bytes = zip.readAt(place, mostText);
    if (bytes === undefined) continue;
    if (saysSecret(firstParagraphs(Buffer.from(bytes).toString('utf8')).join('\n'))) return true;
  }
  return false;
}

async function pdfSaysSecret(source: ByteSource): Promise<boolean> {
  return saysSecret((await readText(source, 1, null, null, 0))?.text ?? '');
}

/** Without folders. */
function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? '';
}

const officeParts = ['word/document.xml', 'content.xml', 'xl/workbook.xml', 'ppt/presentation.xml'];

function isOfficeFile(zip: Zip): boolean {
  return officeParts.some((name) => zip.names.includes(name));
}

/** Names of what can be looked into: those first, since a file of another name may be one too. */
const looked = /\.(?:docx|docm|dotx|xlsx|xlsm|pptx|pptm|ppsx|odt|ott|ods|odp|doc|xls|ppt|rtf|pdf|zip)$/i;

/** Any file in an archive; of an office file, whose parts are its own, what other programs put in it. */
async function archiveSaysSecret(zip: Zip, deeper: number, isOffice: boolean): Promise<boolean> {
  if (zip.names.some((name) => secrecyLevelOfName(nameOf(name)) !== undefined)) return true;
  const isOther = (name: string): boolean =>
    !looked.test(name) && (isOffice ? /(?:^|\/)embeddings\/./.test(name) : !name.endsWith('/'));
  const files = [
    ...placesOf(zip, (name) => looked.test(name), mostFiles),
    ...placesOf(zip, isOther, mostFiles),
  ];
  for (const place of files.slice(0, mostFiles)) {
    const bytes = zip.readAt(place, mostInner);
    if (bytes !== undefined && (await looksSecret(bytesSource(bytes), deeper - 1))) return true;
  }
  return false;
}

async function zipSaysSecret(source: ByteSource, deeper: number): Promise<boolean> {
  const zip = openZip(source);
  const isOffice = isOfficeFile(zip);
  if (isOffice && officeSaysSecret(zip)) return true;
  return deeper > 0 && (await archiveSaysSecret(zip, deeper, isOffice));
}

function linesOf(source: ByteSource, read: (bytes: Uint8Array) => string[]): string {
  return read(source.read(0, Math.min(source.size, mostBinary))).join('\n');
}

/** `deeper`: so many archives one in another are looked into. */
async function looksSecret(source: ByteSource, deeper: number): Promise<boolean> {
  try {
    switch (containerOf(source)) {
      case 'pdf':
        return await pdfSaysSecret(source);
      case 'zip':
        return await zipSaysSecret(source, deeper);
      case 'rtf':
        return saysSecret(linesOf(source, (bytes) => linesOfRtf(Buffer.from(bytes).toString('latin1'))));
      case 'ole':
        return saysSecret(linesOf(source, linesOfOle));
      case undefined:
        return false;
    }
  } catch (error) {
    // What cannot be opened says nothing.
    if (isFailure(error)) return false;
    throw error;
  }
}

export function fileSaysSecret(source: ByteSource): Promise<boolean> {
  return looksSecret(source, 2);
}

export const secretLookJob: Job<'secret-look'> = (input) => {
  const { access } = secretLookInput.parse(input);
  return withFile(access, async (source) => ({ secret: await fileSaysSecret(source) }));
};
