// What is to be known of an office file before it is converted: its kind by content, a password, macros, the fonts it asks
// for. It reads names and attributes and interprets nothing else.
import { SaxesParser } from 'saxes';
import type { ByteSource } from '../../preload/contract/byte-source';
import { containerOf, imageKindOf } from './kind';
import { openZip, type Zip } from './zip';

export type FileKind =
  | 'pdf'
  | 'jpeg'
  | 'png'
  | 'tiff'
  | 'docx'
  | 'xlsx'
  | 'pptx'
  | 'odt'
  | 'ods'
  | 'odp'
  | 'doc'
  | 'xls'
  | 'ppt'
  | 'rtf'
  | 'zip'
  | 'other';

export interface FileFacts {
  readonly kind: FileKind;
  readonly locked: boolean;
  readonly macros: boolean;
  /** Names of fonts that the text asks for; empty where that is not known. */
  readonly fonts: readonly string[];
}

const partLimit = 32 << 20;
const mostFonts = 200;

type Attributes = Readonly<Record<string, string>>;

/** Calls `open` for each start tag; text that is no XML ends it quietly: what was found so far counts. */
function eachTag(xml: Uint8Array | undefined, open: (name: string, attributes: Attributes) => void): void {
  if (xml === undefined) return;
  const parser = new SaxesParser({ fragment: false });
  let over = false;
  parser.on('error', () => {
    over = true;
  });
  parser.on('doctype', () => {
    over = true;
  });
  parser.on('opentag', (tag) => {
    if (!over) open(tag.name, tag.attributes as Attributes);
  });
  const text = Buffer.from(xml).toString('utf8');
  for (let at = 0; at < text.length && !over; at += 65_536) parser.write(text.slice(at, at + 65_536));
}

function addFont(fonts: Set<string>, name: string | undefined): void {
  const plain = name?.trim().replace(/^['"]|['"]$/g, '');
  if (plain !== undefined && plain !== '' && plain.length <= 100 && fonts.size < mostFonts) fonts.add(plain);
}

const textParts = /^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/;

/** Fonts of runs, of the styles that are used and of the defaults (ECMA-376, 17.3.2.26). */
function wordFonts(zip: Zip): string[] {
  const fonts = new Set<string>();
  const used = new Set<string>();
  let isThemed = false;
  const runFonts = (attributes: Attributes): void => {
    addFont(fonts, attributes['w:ascii']);
    addFont(fonts, attributes['w:hAnsi']);
    isThemed ||= attributes['w:asciiTheme'] !== undefined;
  };
  for (const name of zip.names.filter((one) => textParts.test(one))) {
    eachTag(zip.read(name, partLimit), (tag, attributes) => {
      if (tag === 'w:rFonts') runFonts(attributes);
      if (['w:pStyle', 'w:rStyle', 'w:tblStyle'].includes(tag)) used.add(attributes['w:val'] ?? '');
    });
  }
  let isUsed = true;
  eachTag(zip.read('word/styles.xml', partLimit), (tag, attributes) => {
    if (tag === 'w:docDefaults') isUsed = fonts.size === 0;
    if (tag === 'w:style') isUsed = used.has(attributes['w:styleId'] ?? '');
    if (tag === 'w:rFonts' && isUsed) runFonts(attributes);
  });
  if (isThemed) {
    eachTag(zip.read('word/theme/theme1.xml', partLimit), (tag, attributes) => {
      if (tag === 'a:latin') addFont(fonts, attributes.typeface);
    });
  }
  return [...fonts];
}

/** The families that are declared and named by a style (ODF 1.3, 16.23). */
function openDocumentFonts(zip: Zip): string[] {
  const families = new Map<string, string>();
  const used = new Set<string>();
  for (const part of ['content.xml', 'styles.xml']) {
    eachTag(zip.read(part, partLimit), (tag, attributes) => {
      if (tag === 'style:font-face') {
        families.set(attributes['style:name'] ?? '', attributes['svg:font-family'] ?? '');
      }
      if (tag === 'style:text-properties' && part === 'content.xml')
        used.add(attributes['style:font-name'] ?? '');
    });
  }
  const fonts = new Set<string>();
  for (const [name, family] of families) if (used.has(name)) addFont(fonts, family);
  return [...fonts];
}

const openDocument: Readonly<Record<string, FileKind>> = {
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
};

function zipFacts(zip: Zip): FileFacts {
  const has = (name: string): boolean => zip.names.includes(name);
  const plain = { locked: false, macros: false, fonts: [] };
  const macros = zip.names.some((name) => /(^|\/)vbaProject\.bin$|^(Basic|Scripts)\//i.test(name));
  if (has('word/document.xml')) return { kind: 'docx', locked: false, macros, fonts: wordFonts(zip) };
  if (has('xl/workbook.xml')) return { ...plain, kind: 'xlsx', macros };
  if (has('ppt/presentation.xml')) return { ...plain, kind: 'pptx', macros };
  const type = Buffer.from(zip.read('mimetype', 200) ?? [])
    .toString('latin1')
    .trim();
  const kind = openDocument[type];
  if (kind === undefined) return { ...plain, kind: 'zip' };
  let locked = false;
  eachTag(zip.read('META-INF/manifest.xml', partLimit), (tag) => {
    locked ||= tag === 'manifest:encryption-data' || tag === 'encryption-data';
  });
  return { kind, locked, macros, fonts: locked ? [] : openDocumentFonts(zip) };
}

/**
 * The directory names of an OLE file stand as UTF-16 in its sectors. They are looked for as they are: following the chains
 * of sectors would say no more of what matters here.
 */
function oleFacts(source: ByteSource): FileFacts {
  const names = new Map<string, Buffer>(
    [
      'WordDocument',
      'Workbook',
      'Book',
      'PowerPoint Document',
      'EncryptedPackage',
      '_VBA_PROJECT',
      'Macros',
    ].map((name) => [name, Buffer.from(`${name}\0`, 'utf16le')]),
  );
  const found = new Set<string>();
  const step = 1 << 20;
  for (let at = 0; at < source.size; at += step) {
    const piece = Buffer.from(source.read(at, Math.min(step + 64, source.size - at)));
    for (const [name, bytes] of names) if (!found.has(name) && piece.includes(bytes)) found.add(name);
  }
  const kind: FileKind = found.has('WordDocument')
    ? 'doc'
    : found.has('Workbook') || found.has('Book')
      ? 'xls'
      : found.has('PowerPoint Document')
        ? 'ppt'
        : 'other';
  if (found.has('EncryptedPackage')) return { kind: 'docx', locked: true, macros: false, fonts: [] };
  return {
    kind,
    locked: kind === 'doc' && wordIsLocked(source),
    macros: found.has('_VBA_PROJECT'),
    fonts: [],
  };
}

/** FIB.fEncrypted of a Word 97 file ([MS-DOC] 2.5.1); the stream begins at a sector of 512 bytes. */
function wordIsLocked(source: ByteSource): boolean {
  for (let at = 512; at + 12 <= Math.min(source.size, 8 << 20); at += 512) {
    const head = Buffer.from(source.read(at, 12));
    if (head.readUInt16LE(0) === 0xa5ec) return (head.readUInt16LE(10) & 0x0100) !== 0;
  }
  return false;
}

function rtfFonts(source: ByteSource): string[] {
  const text = Buffer.from(source.read(0, Math.min(source.size, 256 << 10))).toString('latin1');
  const table = /\{\\fonttbl([\s\S]{0,60000}?)\}\s*\}/.exec(text)?.[1] ?? '';
  const fonts = new Set<string>();
  for (const found of table.matchAll(/\s([A-Za-z][A-Za-z0-9 -]{1,60});/g)) addFont(fonts, found[1]);
  return [...fonts];
}

/** What a file is by its content. Throws nothing but the source's own errors. */
export function fileFacts(source: ByteSource): FileFacts {
  const plain = { locked: false, macros: false, fonts: [] };
  const image = imageKindOf(source);
  if (image !== undefined) return { ...plain, kind: image };
  const container = containerOf(source);
  switch (container) {
    case undefined:
      return { ...plain, kind: 'other' };
    case 'pdf':
      return { ...plain, kind: 'pdf' };
    case 'rtf':
      return { ...plain, kind: 'rtf', fonts: rtfFonts(source) };
    case 'ole':
      return oleFacts(source);
    case 'zip':
      try {
        return zipFacts(openZip(source));
      } catch {
        // A zip without a directory that makes sense is no office file.
        return { ...plain, kind: 'zip' };
      }
  }
}
