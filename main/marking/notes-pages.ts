// The pages "Ghi chú kèm theo" at the end of a flattened copy: of each note its number, page, author, time, words and answers. It
// lays out lines on A4 and puts such pages behind the last page of a file; it decides no number.
import { deflateSync } from 'node:zlib';
import type { ExportedMark, MarkKind } from '../../preload/contract/annotation';
import { wrapMarkText } from '../../preload/contract/mark-look';
import { wireTimestamp } from '../../preload/contract/wire-time';
import { type Increment, numberSyntax, type PdfRef, refSyntax } from '../pdf';
import { type FontUse, POINTS_PER_MM } from '../signing';
import { withoutControls } from './drawing';
import type { Answering, EnclosedNote } from './enclosed-notes';
import { a4 } from './new-file';

export const notesTitle = 'GHI CHÚ KÈM THEO';

const margin = { top: 20, bottom: 20, left: 25, right: 15 } as const;
const left = margin.left * POINTS_PER_MM;
const right = a4.width - margin.right * POINTS_PER_MM;
const top = a4.height - margin.top * POINTS_PER_MM;
const bottom = margin.bottom * POINTS_PER_MM;
const leading = 1.35;
const size = { title: 14, head: 10.5, words: 12, foot: 10 } as const;
const indent = 20;

const kindWords: Readonly<Record<MarkKind, string>> = {
  highlight: 'Tô sáng',
  underline: 'Gạch chân',
  strike: 'Gạch bỏ',
  note: 'Ghi chú',
  text: 'Chữ',
  ink: 'Nét bút',
  arrow: 'Mũi tên',
  line: 'Đường thẳng',
  rectangle: 'Khung',
  ellipse: 'Hình tròn',
  stamp: 'Tem ghi chú',
};

/** In place of the kind, where what is answered is not in the list. */
const answerWords: Readonly<Record<Exclude<Answering, 'nothing'>, string>> = {
  'in-file': 'Trả lời ghi chú có sẵn trong tệp',
  'not-here': 'Trả lời một ghi chú không có trong bản này',
};

interface Line {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly text: string;
}

/** dd/mm/yyyy hh:mm in Vietnam. */
function momentWords(at: string): string {
  const [day = '', time = ''] = wireTimestamp(new Date(at)).split(' ');
  return `${day.split('/').reverse().join('/')} ${time.slice(0, 5)}`;
}

/** What stands in front of a note's words. */
function headOf({ number, mark, answering }: EnclosedNote): string {
  const kind = answering === 'nothing' ? kindWords[mark.kind] : answerWords[answering];
  const directions = mark.layer === 'directions' ? ['Ý kiến chỉ đạo'] : [];
  const parts = [
    `${number}. Trang ${mark.page}`,
    kind,
    ...directions,
    mark.author,
    momentWords(mark.createdAt),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function answerHead({ author, createdAt }: ExportedMark): string {
  return ['Trả lời', author, momentWords(createdAt)].filter((part) => part !== '').join(' · ');
}

/** The lines of each page, from the first. */
export function notesPages(notes: readonly EnclosedNote[], use: Pick<FontUse, 'widthOf'>): Line[][] {
  if (notes.length === 0) return [];
  const pages: Line[][] = [[]];
  let y = top;
  const put = (text: string, x: number, of: number): void => {
    y -= of * leading;
    if (y < bottom) {
      pages.push([]);
      y = top - of * leading;
    }
    if (text !== '') pages.at(-1)?.push({ x, y, size: of, text });
  };
  const paragraph = (text: string, x: number, of: number): void => {
    const words = withoutControls(text).trim();
    for (const line of wrapMarkText(words, right - x, (one) => use.widthOf(one, of))) put(line, x, of);
  };
  const centre = (text: string, of: number): number => left + (right - left - use.widthOf(text, of)) / 2;
  put(notesTitle, centre(notesTitle, size.title), size.title);
  y -= 4;
  paragraph('Số trong khung trên trang là số của ghi chú dưới đây.', left, size.head);
  for (const note of notes) {
    y -= 9;
    // A head does not stand alone at the foot of a page.
    if (y - (size.head + size.words) * leading < bottom) {
      pages.push([]);
      y = top;
    }
    paragraph(headOf(note), left, size.head);
    if (note.mark.text.trim() !== '') paragraph(note.mark.text, left + indent, size.words);
    for (const answer of note.answers) {
      y -= 3;
      paragraph(answerHead(answer), left + indent, size.head);
      paragraph(answer.text, left + 2 * indent, size.words);
    }
  }
  return pages.map((lines, index) => {
    const text = `Ghi chú kèm theo, trang ${index + 1}/${pages.length}`;
    return [...lines, { x: centre(text, size.foot), y: bottom / 2, size: size.foot, text }];
  });
}

/** Writes the pages as kids of `parent` and returns them in order; `font` is that of `use`. */
export function putNotesPages(
  increment: Increment,
  pages: readonly string[],
  font: PdfRef,
  parent: PdfRef,
): PdfRef[] {
  const box = `[0 0 ${numberSyntax(a4.width)} ${numberSyntax(a4.height)}]`;
  return pages.map((content) => {
    const [page, stream] = [increment.allocate(), increment.allocate()];
    increment.putStream(stream, '/Filter /FlateDecode', deflateSync(Buffer.from(content, 'latin1')));
    // Nothing is inherited: what the tree above says holds for the pages that were there.
    increment.put(
      page,
      `<< /Type /Page /Parent ${refSyntax(parent)} /MediaBox ${box} /CropBox ${box} /Rotate 0 /UserUnit 1 ` +
        `/Resources << /Font << /F1 ${refSyntax(font)} >> >> /Contents ${refSyntax(stream)} >>`,
    );
    return page;
  });
}

/** The operators of a page of lines; to be asked before the font is written. */
export function linesContent(lines: readonly Line[], use: Pick<FontUse, 'show'>): string {
  const n = numberSyntax;
  const shown = lines.map(
    ({ x, y, size: of, text }) => `/F1 ${n(of)} Tf 1 0 0 1 ${n(x)} ${n(y)} Tm ${use.show(text)} Tj`,
  );
  return ['0 g BT', ...shown, 'ET'].join('\n');
}
