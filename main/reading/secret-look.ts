// Whether a file that is no single PDF says that it is secret: the paragraphs of word files (docx, odt), the names in an archive
// and, one level deep, the word files and PDFs in it. Bounded in size and number; a mark that is a picture is seen by nobody.
import { SaxesParser } from 'saxes';
import { type ByteSource, bytesSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import { secrecyLevelOf } from '../../preload/contract/secrecy';
// File by file: the surface of the room would bring LibreOffice's starter into the reading host, which starts no program.
import { containerOf } from '../convert/kind';
import { openZip, type Zip } from '../convert/zip';
import { secretLookInput } from './intake-protocol';
import { type Job, withFile } from './job';
import { readText } from './pdf-text';
import { saysSecret } from './secret-text';

const mebibyte = 2 ** 20;
const mostText = 32 * mebibyte;
const mostInner = 64 * mebibyte;
const mostFiles = 50;
/** The box stands at the head of a document: so many paragraphs, boxes and cells among them. */
const mostParagraphs = 80;

class Enough extends Error {}

/** The first paragraphs of a text of WordprocessingML or OpenDocument, a line each, whatever box or cell they stand in. */
export function firstParagraphs(xml: string): string[] {
  const lines: string[] = [];
  // Boxes lie inside paragraphs: what is open is a stack.
  const open: string[] = [];
  const parser = new SaxesParser();
  const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
  const isWord = /<w:document[\s>]|<w:hdr[\s>]/.test(xml.slice(0, 4000));
  let inRun = 0;
  parser.on('error', () => {
    throw new Enough();
  });
  parser.on('opentag', ({ name }) => {
    const local = localName(name);
    if (local === 'p' || local === 'h') open.push('');
    if (local === 't') inRun += 1;
    if (['tab', 's', 'br', 'line-break'].includes(local) && open.length > 0)
      open.push(`${open.pop() ?? ''} `);
  });
  parser.on('text', (text) => {
    if (open.length > 0 && (!isWord || inRun > 0)) open.push((open.pop() ?? '') + text);
  });
  parser.on('closetag', ({ name }) => {
    const local = localName(name);
    if (local === 't') inRun -= 1;
    if (local !== 'p' && local !== 'h') return;
    const line = (open.pop() ?? '').replace(/\s+/g, ' ').trim();
    if (line !== '') lines.push(line);
    if (lines.length >= mostParagraphs) throw new Enough();
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    // What was read by then stands: a damaged end hides no mark at the head.
    if (!(error instanceof Enough)) throw error;
  }
  return lines;
}

const parts = ['word/document.xml', 'content.xml', 'styles.xml'] as const;

/** True when a word file's first paragraphs, headers included, carry a mark. */
function wordSaysSecret(zip: Zip): boolean {
  const headers = zip.names.filter((name) => /^word\/header\d*\.xml$/.test(name)).slice(0, 6);
  for (const name of [...parts, ...headers]) {
    const bytes = zip.read(name, mostText);
    if (bytes === undefined) continue;
    if (saysSecret(firstParagraphs(Buffer.from(bytes).toString('utf8')).join('\n'))) return true;
  }
  return false;
}

async function pdfSaysSecret(source: ByteSource): Promise<boolean> {
  return saysSecret((await readText(source, 1, null, null))?.text ?? '');
}

/** Without folders and ending, and without what stands for blanks in names. */
function wordsOf(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? '').replace(/\.[^.]*$/, '').replace(/_+/g, ' ');
}

function isWordFile(zip: Zip): boolean {
  return zip.names.includes('word/document.xml') || zip.names.includes('content.xml');
}

async function archiveSaysSecret(zip: Zip): Promise<boolean> {
  if (zip.names.some((name) => secrecyLevelOf(wordsOf(name)) !== undefined)) return true;
  const inside = zip.names
    .filter((name) => /\.(?:docx|docm|dotx|odt|ott|pdf)$/i.test(name))
    .slice(0, mostFiles);
  for (const name of inside) {
    const bytes = zip.read(name, mostInner);
    if (bytes !== undefined && (await saysSecretInside(bytesSource(bytes)))) return true;
  }
  return false;
}

async function saysSecretInside(source: ByteSource): Promise<boolean> {
  try {
    const kind = containerOf(source);
    if (kind === 'pdf') return await pdfSaysSecret(source);
    if (kind !== 'zip') return false;
    const zip = openZip(source);
    return isWordFile(zip) && wordSaysSecret(zip);
  } catch (error) {
    // What cannot be opened says nothing.
    if (isFailure(error)) return false;
    throw error;
  }
}

export async function fileSaysSecret(source: ByteSource): Promise<boolean> {
  if (containerOf(source) !== 'zip') return saysSecretInside(source);
  try {
    const zip = openZip(source);
    return isWordFile(zip) ? wordSaysSecret(zip) : await archiveSaysSecret(zip);
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}

export const secretLookJob: Job<'secret-look'> = (input) => {
  const { access } = secretLookInput.parse(input);
  return withFile(access, async (source) => ({ secret: await fileSaysSecret(source) }));
};
