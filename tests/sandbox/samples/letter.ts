// A document in the form of NĐ 30/2020, phụ lục I: the boxes 1 to 10 around a body, and where number, date and signature
// stand. It writes no signature and chooses no words.
import type { DateParts } from './calendar';
import { margins, pageSize, Typesetter, textWidth } from './typesetter';

/** A part of a body: text is a paragraph; see `setBlock` for the marks. */
export type Block =
  | string
  | { readonly rows: readonly (readonly string[])[]; readonly shares: readonly number[] };

export interface Letter {
  /** Cơ quan chủ quản, when there is one, then the agency, in capitals. */
  readonly parent?: string;
  readonly agency: readonly string[];
  /** Undefined leaves room for it: the number is given after the leader has signed. */
  readonly number: string | undefined;
  readonly notation: string;
  readonly place: string;
  /** Undefined leaves room for day and month. */
  readonly date: DateParts | undefined;
  readonly year: string;
  /** Undefined for công văn. */
  readonly typeName: string | undefined;
  readonly subject: string;
  readonly addressees: readonly string[];
  readonly urgency?: 'KHẨN' | 'THƯỢNG KHẨN' | 'HỎA TỐC';
  readonly body: readonly Block[];
  readonly receivers: readonly string[];
  readonly authority: readonly string[];
  readonly name: string;
  readonly made: Date;
  readonly objectStreams: boolean;
  /** Texts of the body whose codes in the content are wanted. */
  readonly encode?: readonly string[];
}

export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

export interface SetLetter {
  readonly bytes: Uint8Array;
  readonly pages: number;
  /** Where the leader's signature goes, on a page counted from 0. */
  readonly signature: {
    readonly page: number;
    readonly rect: { x: number; y: number; width: number; height: number };
  };
  /** Left ends of number, day and month on the first page. */
  readonly number: Spot;
  readonly day: Spot;
  readonly month: Spot;
  readonly codes: readonly string[];
}

const leftCenter = margins.left + textWidth * 0.215;
const rightCenter = margins.left + textWidth * 0.705;
const stampWidths = { KHẨN: 20, 'THƯỢNG KHẨN': 40, 'HỎA TỐC': 30 } as const;

interface Head {
  readonly number: Spot;
  readonly day: Spot;
  readonly month: Spot;
}

/** Boxes 1 to 4, 5b and 10b. */
function setHead(on: Typesetter, letter: Letter): Head {
  const top = on.y;
  on.centered('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', rightCenter, top - 13, 'bold', 12.5);
  on.centered('Độc lập - Tự do - Hạnh phúc', rightCenter, top - 29, 'bold', 13.5);
  on.rule(rightCenter, top - 33, on.widthOf('Độc lập - Tự do - Hạnh phúc', 'bold', 13.5));
  let y = top - 13;
  if (letter.parent !== undefined) {
    on.centered(letter.parent, leftCenter, y, 'regular', 12.5);
    y -= 15.5;
  }
  for (const line of letter.agency) {
    on.centered(line, leftCenter, y, 'bold', 12.5);
    y -= 15.5;
  }
  const widest = Math.max(...letter.agency.map((line) => on.widthOf(line, 'bold', 12.5)));
  on.rule(leftCenter, y + 10.5, widest * 0.42);
  const lineY = Math.min(y - 6, top - 53);
  const number = setNumber(on, letter, lineY);
  const { day, month } = setDate(on, letter, lineY);
  y = lineY - 17;
  if (letter.typeName === undefined) {
    for (const line of on.lines(letter.subject, 'regular', 12.5, textWidth * 0.41)) {
      on.centered(line, leftCenter, y, 'regular', 12.5);
      y -= 15;
    }
  }
  if (letter.urgency !== undefined) {
    const width = stampWidths[letter.urgency];
    y -= 16;
    on.stamp(letter.urgency, leftCenter - (width * 72) / 25.4 / 2, y, width);
    y -= 8;
  }
  on.y = y;
  return { number, day, month };
}

function setNumber(on: Typesetter, letter: Letter, y: number): Spot {
  const size = 13;
  const room = 34;
  const after = `/${letter.notation}`;
  if (letter.number !== undefined) {
    const whole = `Số: ${letter.number}${after}`;
    on.centered(whole, leftCenter, y, 'regular', size);
    const start = leftCenter - on.widthOf(whole, 'regular', size) / 2;
    return { x: start + on.widthOf('Số: ', 'regular', size), y, size };
  }
  const before = on.widthOf('Số: ', 'regular', size);
  const start = leftCenter - (before + room + on.widthOf(after, 'regular', size)) / 2;
  on.text('Số: ', start, y, 'regular', size);
  on.text(after, start + before + room, y, 'regular', size);
  return { x: start + before + 4, y, size };
}

function setDate(on: Typesetter, letter: Letter, y: number): { day: Spot; month: Spot } {
  const size = 13.5;
  const room = 20;
  const { day, month } = letter.date ?? { day: undefined, month: undefined };
  const parts = [`${letter.place}, ngày `, day, ' tháng ', month, ` năm ${letter.year}`];
  const width = (part: string | undefined) => (part === undefined ? room : on.widthOf(part, 'italic', size));
  let x = rightCenter - parts.reduce((sum, part) => sum + width(part), 0) / 2;
  const starts = parts.map((part) => {
    const at = x;
    if (part !== undefined) on.text(part, at, y, 'italic', size);
    x += width(part);
    return at;
  });
  return { day: { x: (starts[1] ?? 0) + 3, y, size }, month: { x: (starts[3] ?? 0) + 3, y, size } };
}

/** Box 5a, or the line of addressees. */
function setTitle(on: Typesetter, letter: Letter): void {
  if (letter.typeName !== undefined) {
    on.space(12);
    on.centeredBlock(letter.typeName.toUpperCase(), 'bold', 14);
    on.space(2);
    on.centeredBlock(letter.subject, 'bold', 14);
    on.rule(margins.left + textWidth / 2, on.y - 8, textWidth * 0.2);
    on.space(16);
  }
  if (letter.addressees.length === 0) return;
  on.space(10);
  const [first = '', ...others] = letter.addressees;
  if (others.length === 0) {
    on.centeredBlock(`Kính gửi: ${first}.`, 'regular', 14);
    on.space(10);
    return;
  }
  const widest = Math.max(...letter.addressees.map((one) => on.widthOf(`- ${one};`, 'regular', 14)));
  const head = on.widthOf('Kính gửi: ', 'regular', 14);
  const left = margins.left + Math.max(0, (textWidth - head - widest) / 2);
  for (const [index, one] of letter.addressees.entries()) {
    on.space(17.5);
    if (index === 0) on.text('Kính gửi:', left, on.y, 'regular', 14);
    on.text(`- ${one}${index === others.length ? '.' : ';'}`, left + head, on.y, 'regular', 14);
  }
  on.space(10);
}

/** `# ` opens a heading, `= ` a centred bold line, `~ ` a basis in italics; anything else is a paragraph. */
export function setBlock(on: Typesetter, block: Block, size = 14): void {
  if (typeof block !== 'string') {
    on.table(block.rows, block.shares);
    return;
  }
  const text = block.slice(2);
  if (block.startsWith('# ')) {
    on.require(48);
    on.paragraph(text, { face: 'bold', size });
  } else if (block.startsWith('= ')) {
    on.require(48);
    on.space(2);
    on.centeredBlock(text, 'bold', size);
    on.space(6);
  } else if (block.startsWith('~ ')) on.paragraph(text, { face: 'italic', size });
  else on.paragraph(block, { size });
}

/** Boxes 7 and 9b side by side, kept on one page. */
function setEnd(on: Typesetter, letter: Letter): SetLetter['signature'] {
  const signatureHeight = 62;
  const around = 9;
  const height = Math.max(
    letter.authority.length * 16.5 + signatureHeight + 2 * around + 30,
    18 + letter.receivers.length * 13.5,
  );
  on.require(height);
  on.space(8);
  const top = on.y;
  let left = top - 14;
  on.text('Nơi nhận:', margins.left, left, 'boldItalic', 12);
  for (const [index, one] of letter.receivers.entries()) {
    const last = index === letter.receivers.length - 1;
    for (const [line, text] of on
      .lines(`- ${one}${last ? '.' : ';'}`, 'regular', 11, textWidth * 0.44)
      .entries()) {
      left -= 13.5;
      on.text(text, margins.left + (line === 0 ? 0 : 6), left, 'regular', 11);
    }
  }
  let right = top - 14;
  for (const line of letter.authority) {
    on.centered(line, rightCenter, right, 'bold', 13.5);
    right -= 16.5;
  }
  const bottom = right + 11 - around - signatureHeight;
  const rect = { x: rightCenter - 78, y: bottom, width: 156, height: signatureHeight };
  right = bottom - around - 11;
  on.centered(letter.name, rightCenter, right, 'bold', 14);
  on.y = Math.min(left, right) - 6;
  return { page: on.pages - 1, rect };
}

interface Fit {
  readonly size: number;
  /** Puts the last paragraph on the last page, so that the signature does not stand there alone. */
  readonly carryLast: boolean;
}

/** NĐ 30 has 13 to 14 points for the body: the largest at which the signature is not alone on a page. */
const fits: readonly Fit[] = [
  { size: 14, carryLast: false },
  { size: 13.5, carryLast: false },
  { size: 13, carryLast: false },
  { size: 14, carryLast: true },
];

async function attempt(letter: Letter, fit: Fit): Promise<{ set: SetLetter; alone: boolean }> {
  const on = await Typesetter.create({
    title: letter.subject,
    author: letter.agency.join(' '),
    made: letter.made,
  });
  const head = setHead(on, letter);
  setTitle(on, letter);
  let carried = letter.body.length - 1;
  while (carried > 0 && String(letter.body[carried - 1]).startsWith('# ')) carried -= 1;
  for (const [index, block] of letter.body.entries()) {
    if (fit.carryLast && index === carried) on.require(pageSize.height);
    setBlock(on, block, fit.size);
  }
  const before = on.pages;
  const signature = setEnd(on, letter);
  const codes = (letter.encode ?? []).map((text) => on.encoded(text, 'regular'));
  const bytes = await on.finish(letter.objectStreams);
  return { set: { ...head, signature, codes, bytes, pages: on.pages }, alone: on.pages > before };
}

/** Sets a whole document. */
export async function setLetter(letter: Letter): Promise<SetLetter> {
  for (const fit of fits) {
    const { set, alone } = await attempt(letter, fit);
    if (!alone) return set;
  }
  throw new Error(`the signature stands alone: ${letter.subject}`);
}
