// What a file that is no page shows of itself: text in the encodings that are met, the words of an office file, the names in an
// archive. Foreign bytes, within limits: the reading host alone calls it. It unpacks an archive's own parts of words, nothing else.
import { SaxesParser } from 'saxes';
import type { ByteSource } from '../../preload/contract/byte-source';
import { type FilePreview, mostLetters, mostListed } from '../../preload/contract/preview';
import { fileFacts } from './office-facts';
import { openZip, type Zip } from './zip';
import { shownName } from './zip-names';

const partLimit = 32 << 20;
const none: FilePreview = { kind: 'none' };

function cutText(
  text: string,
  encoding: Extract<FilePreview, { kind: 'text' }>['encoding'],
  more: boolean,
): FilePreview {
  // A pair of surrogates is not torn.
  const end = /[\ud800-\udbff]/.test(text.charAt(mostLetters - 1)) ? mostLetters - 1 : mostLetters;
  return { kind: 'text', text: text.slice(0, end), encoding, cut: more || text.length > end };
}

/** Where a new line or a new cell begins: WordprocessingML, OpenDocument, SpreadsheetML. */
const lineTags = new Set(['w:p', 'text:p', 'text:h', 'row', 'table:table-row', 'w:br', 'text:line-break']);
const cellTags = new Set(['w:tc', 'c', 'table:table-cell', 'w:tab', 'text:tab']);

/** Called for text as it is met; `tag` is the innermost element. */
interface Words {
  readonly open: (tag: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text: (tag: string, text: string) => void;
}

/** Text that is no XML, or has a document type, ends it quietly: what was found so far counts. */
function eachWord(xml: Uint8Array | undefined, words: Words): void {
  if (xml === undefined) return;
  const parser = new SaxesParser({ fragment: false });
  const path: string[] = [];
  let over = false;
  const end = (): void => {
    over = true;
  };
  parser.on('error', end);
  parser.on('doctype', end);
  parser.on('opentag', (tag) => {
    if (over) return;
    path.push(tag.name);
    words.open(tag.name, tag.attributes as Readonly<Record<string, string>>);
  });
  parser.on('closetag', () => void path.pop());
  parser.on('text', (text) => {
    if (!over) words.text(path.at(-1) ?? '', text);
  });
  const text = Buffer.from(xml).toString('utf8');
  for (let at = 0; at < text.length && !over; at += 65_536) parser.write(text.slice(at, at + 65_536));
}

/** The words of one part, a line for a paragraph or row, a tab between cells. */
function partText(xml: Uint8Array | undefined, isWord: (tag: string) => boolean): string {
  let text = '';
  eachWord(xml, {
    open(tag) {
      if (lineTags.has(tag)) text += text === '' || text.endsWith('\n') ? '' : '\n';
      else if (cellTags.has(tag)) text += text === '' || /[\n\t]$/.test(text) ? '' : '\t';
    },
    text(tag, word) {
      if (isWord(tag) && text.length <= mostLetters) text += word;
    },
  });
  return text;
}

/** Strings of a workbook stand apart and are named by their number (ECMA-376, 18.4.9). */
function workbookText(zip: Zip): string {
  const shared: string[] = [];
  eachWord(zip.read('xl/sharedStrings.xml', partLimit), {
    open: (tag) => void (tag === 'si' && shared.push('')),
    text(tag, word) {
      if (tag === 't' && shared.length > 0) shared[shared.length - 1] += word;
    },
  });
  const sheets = zip.names.filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name)).sort();
  return sheets
    .map((name) => {
      let text = '';
      let isShared = false;
      eachWord(zip.read(name, partLimit), {
        open(tag, attributes) {
          if (tag === 'row') text += text === '' || text.endsWith('\n') ? '' : '\n';
          if (tag !== 'c') return;
          isShared = attributes.t === 's';
          text += text === '' || text.endsWith('\n') ? '' : '\t';
        },
        text(tag, word) {
          if ((tag !== 'v' && tag !== 't') || text.length > mostLetters) return;
          text += tag === 'v' && isShared ? (shared[Number(word)] ?? '') : word;
        },
      });
      return text;
    })
    .join('\n\n');
}

function listOf(zip: Zip): FilePreview {
  const { entries } = zip;
  return {
    kind: 'list',
    entries: entries.slice(0, mostListed).map(({ name, size, encrypted }) => ({
      name: shownName(name).slice(0, 600),
      size,
      locked: encrypted,
    })),
    count: entries.length,
    bytes: entries.reduce((sum, { size }) => sum + size, 0),
  };
}

function strictly(encoding: string, bytes: Uint8Array, whole: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !whole });
  } catch {
    return undefined;
  }
}

/** Control characters that no text has. */
const noText = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

function plainText(source: ByteSource): FilePreview {
  const length = Math.min(source.size, mostLetters * 2);
  const bytes = source.read(0, length);
  const whole = length === source.size;
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    const text = strictly(first === 0xff ? 'utf-16le' : 'utf-16be', bytes, whole);
    return text === undefined ? none : cutText(text, 'utf-16', !whole);
  }
  const text = strictly('utf-8', bytes, whole);
  if (text !== undefined) return noText.test(text) ? none : cutText(text, 'utf-8', !whole);
  const western = new TextDecoder('windows-1252').decode(bytes);
  return noText.test(western) ? none : cutText(western, 'legacy', !whole);
}

/** Throws nothing but the source's own errors. */
export function previewOf(source: ByteSource): FilePreview {
  const { kind, locked } = fileFacts(source);
  if (locked) return none;
  if (kind === 'other') return plainText(source);
  if (!['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'zip'].includes(kind)) return none;
  let zip: Zip;
  try {
    zip = openZip(source);
  } catch {
    // Its directory makes no sense: there is nothing to show of it.
    return none;
  }
  const ofOffice = (text: string): FilePreview => cutText(text.trim(), 'office', false);
  switch (kind) {
    case 'docx':
      return ofOffice(partText(zip.read('word/document.xml', partLimit), (tag) => tag === 'w:t'));
    case 'odt':
    case 'ods':
      return ofOffice(partText(zip.read('content.xml', partLimit), (tag) => tag.startsWith('text:')));
    case 'xlsx':
      return ofOffice(workbookText(zip));
    default:
      return listOf(zip);
  }
}
