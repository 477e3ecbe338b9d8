// The first lines of files that an office program wrote, as they stand at their head: paragraphs, boxes, cells, slides, headers.
// Pure; bounded; a damaged end hides nothing of the beginning.
import { SaxesParser } from 'saxes';

/** The box stands at the head of a document: so many paragraphs, boxes and cells among them. */
const mostParagraphs = 80;
/** What holds a line: paragraphs of texts and slides, shared and single strings of cells, headers of sheets. */
const holders: ReadonlySet<string> = new Set([
  'p',
  'h',
  'si',
  'is',
  'oddHeader',
  'firstHeader',
  'evenHeader',
]);

class Enough extends Error {}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Whether a run is shown in capitals, large or small, whatever its letters are (ECMA-376 part 1, 17.3.2.5, 17.3.2.33, 21.1.2.3.9). */
function showsCapitals(local: string, attributes: Readonly<Record<string, unknown>>): boolean {
  const given = (wanted: string): unknown =>
    Object.entries(attributes).find(([name]) => localName(name) === wanted)?.[1];
  if (local === 'caps' || local === 'smallCaps') return !['0', 'false', 'off'].includes(String(given('val')));
  return local === 'rPr' && ['all', 'small'].includes(String(given('cap')));
}

/** The first lines of a part of OOXML or OpenDocument, whatever box or cell they stand in. */
export function firstParagraphs(xml: string): string[] {
  const lines: string[] = [];
  // Boxes lie inside paragraphs: what is open is a stack.
  const open: string[] = [];
  const parser = new SaxesParser();
  const isWord = /<w:document[\s>]|<w:hdr[\s>]/.test(xml.slice(0, 4000));
  let inRun = 0;
  let isCapitals = false;
  parser.on('error', () => {
    throw new Enough();
  });
  parser.on('opentag', ({ name, attributes }) => {
    const local = localName(name);
    if (local === 'r') isCapitals = false;
    if (showsCapitals(local, attributes)) isCapitals = true;
    if (holders.has(local)) open.push('');
    if (local === 't') inRun += 1;
    if (['tab', 's', 'br', 'line-break'].includes(local) && open.length > 0)
      open.push(`${open.pop() ?? ''} `);
  });
  parser.on('text', (text) => {
    if (open.length > 0 && (!isWord || inRun > 0))
      open.push((open.pop() ?? '') + (isCapitals ? text.toUpperCase() : text));
  });
  parser.on('closetag', ({ name }) => {
    const local = localName(name);
    if (local === 't') inRun -= 1;
    if (local === 'r') isCapitals = false;
    if (!holders.has(local)) return;
    const text = open.pop() ?? '';
    const line = (local.endsWith('Header') ? withoutCodes(text) : text).replace(/\s+/g, ' ').trim();
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

/** The header of a sheet without its codes: place, font, size, colour (ECMA-376 part 1, 18.3.1.46). */
function withoutCodes(header: string): string {
  return header.replace(/&"[^"]*"|&K[0-9A-F]{6}|&\d+|&[A-Z]/g, ' ');
}

/** The first lines of a rich text: what is escaped is read, what commands say is not. */
export function linesOfRtf(text: string): string[] {
  return text
    .replace(/\\(?:par|line|cell|row|sect|page)\b ?/g, '\n')
    .replace(/\\u(-?\d+) ?(?:\\'[0-9a-f]{2}|\?)?/gi, (_all, code: string) =>
      String.fromCharCode(Number(code) & 0xffff),
    )
    .replace(/\\'([0-9a-f]{2})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[a-z]+-?\d* ?|[{}]/gi, '')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .slice(0, mostParagraphs);
}

/**
 * Runs of letters in a binary file of an old office program, which keeps what is no Western letter as UTF-16, and text in fonts
 * of before Unicode, Western letters all, a byte a letter.
 */
export function linesOfOle(bytes: Uint8Array): string[] {
  const text = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    bytes.byteLength - (bytes.byteLength % 2),
  ).toString('utf16le');
  const narrow = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return [
    ...(text.match(/[\p{Script=Latin}\p{Mn} ]{3,40}(?=[\r\n\u0007\u000b\u000c])/gu) ?? []),
    ...(narrow.match(/(?<=[\r\n\u0007\u000b\u000c])[A-Z\u00c0-\u00ff ]{3,40}(?=[\r\n\u0007\u000b\u000c])/g) ??
      []),
  ];
}
