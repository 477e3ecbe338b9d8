// Finds, from the text of the pages, where NĐ 30/2020 (phụ lục I) wants the leader's signature, the agency's seal, the
// number and the date. Pure: it takes pieces of text with their boxes and proposes; the clerk may move what it proposes.
import type { Placement } from '../../preload/contract/signing-request';
import { type NumberBlank, type NumberPart, wordIn } from '../signing';
import { signatureRoom } from './signature-room';
import type { PageSize, TextLine } from './text-segments';

export interface Found {
  readonly placement: Placement;
  readonly found: boolean;
}

const mm = 72 / 25.4;
/** A signature's picture: at most so large; without a picture the block of text has this shape. */
const leaderBox = { width: 48 * mm, height: 20 * mm };
const widestLeader = 60 * mm;

function inside(placement: Placement, sizes: readonly PageSize[]): Placement {
  const size = sizes.find((one) => one.page === placement.page) ?? sizes.at(-1);
  if (size === undefined) return placement;
  return {
    ...placement,
    x: Math.max(0, Math.min(placement.x, size.width - placement.width)),
    y: Math.max(0, Math.min(placement.y, size.height - placement.height)),
  };
}

/**
 * Box 7c: the signature's picture, centred between position and name; else low on the right of the last page.
 * `aspect` is the picture's width by its height: the seal is placed by the rectangle, so nothing may be empty in it.
 */
export function leaderPlace(
  lines: readonly TextLine[],
  sizes: readonly PageSize[],
  aspect = leaderBox.width / leaderBox.height,
): Found {
  const room = signatureRoom(lines, sizes);
  const last = sizes.at(-1) ?? { page: 1, width: 595, height: 842 };
  const most = Math.min(leaderBox.height, widestLeader / aspect);
  if (room === null) {
    const x = last.width * 0.7 - (most * aspect) / 2;
    const placement = { page: last.page, x, y: last.height * 0.2, width: most * aspect, height: most };
    return { found: false, placement: inside(placement, sizes) };
  }
  const height = Math.min(most, room.top - room.bottom);
  const width = aspect * height;
  const y = (room.top + room.bottom) / 2 - height / 2;
  return {
    found: true,
    placement: inside({ page: room.page, x: room.centre - width / 2, y, width, height }, sizes),
  };
}

/**
 * Box 8: the seal `widthMm` wide over the left third of the leader's signature, centres level (phụ lục I, II.8.a).
 * `aspect` is the width of the seal's picture by its height.
 */
export function sealPlace(leader: Found, sizes: readonly PageSize[], widthMm = 36, aspect = 1): Found {
  const { page, x, y, width, height } = leader.placement;
  const across = widthMm * mm;
  const tall = across / aspect;
  const placement = {
    page,
    x: x + width / 3 - across,
    y: y + height / 2 - tall / 2,
    width: across,
    height: tall,
  };
  return { found: leader.found, placement: inside(placement, sizes) };
}

export interface PlacedWord {
  readonly part: NumberPart;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly text: string;
}

/** How wide letters are against each other in Times-like fonts, in ems: blanks are half of what digits are. */
function weight(char: string): number {
  if (char === ' ' || char === '\u00a0') return 0.25;
  if (char === '…') return 1;
  if (/[.,:;/|]/.test(char)) return 0.28;
  if (/\p{Lu}/u.test(char)) return 0.68;
  return /[-‐]/.test(char) ? 0.33 : 0.48;
}

const weightOf = (text: string): number => [...text].reduce((sum, char) => sum + weight(char), 0);

/** x at which the character with this index of a line begins, by what letters usually measure. */
function xAt(line: TextLine, index: number): number {
  let at = 0;
  for (const piece of line.pieces) {
    const text = piece.text.normalize('NFC');
    if (index <= at + text.length) {
      const share = weightOf(text.slice(0, index - at)) / Math.max(0.01, weightOf(text));
      return piece.x + piece.width * share;
    }
    at += text.length + 1;
  }
  const last = line.pieces.at(-1);
  return last === undefined ? 0 : last.x + last.width;
}

/** A blank is never read as narrower than this many letters' heights: a number of three figures then still shows. */
const narrowest = 1.2;

/**
 * The blanks of number, day and month on page 1: the gaps after "Số:" and after "ngày", "tháng" (boxes 3 and 4). Those that the
 * page has filled already, or does not have, are left out.
 */
export function numberBlanks(lines: readonly TextLine[]): readonly NumberBlank[] {
  const blanks: NumberBlank[] = [];
  const put = (part: NumberPart, line: TextLine, from: number, to: number): void => {
    if (blanks.some((one) => one.part === part)) return;
    const size = line.height > 0 ? Math.min(line.height, 14) : 13;
    const x = xAt(line, from);
    const right = Math.max(xAt(line, to), x + size * narrowest);
    blanks.push({ part, page: 0, x, right, y: line.y, size });
  };
  for (const line of lines.filter((one) => one.page === 1).slice(0, 25)) {
    const text = line.pieces.map((piece) => piece.text.normalize('NFC')).join(' ');
    const symbol = /Số\s*:([\s.…_]*)\//u.exec(text);
    if (symbol !== null) {
      put('number', line, symbol.index + symbol[0].indexOf(':') + 1, symbol.index + symbol[0].length - 1);
    }
    const dated = /ngày([\s.…_]+)tháng([\s.…_]+)năm/u.exec(text);
    if (dated !== null) {
      const dayFrom = dated.index + 'ngày'.length;
      const dayTo = dayFrom + (dated[1]?.length ?? 0);
      const monthFrom = dayTo + 'tháng'.length;
      put('day', line, dayFrom, dayTo);
      put('month', line, monthFrom, monthFrom + (dated[2]?.length ?? 0));
    }
  }
  return blanks;
}

/** NĐ 30/2020: numbers and days below 10, months 1 and 2, are written with a leading 0. `date` is yyyy-mm-dd. */
export function numberValues(number: number, date: string): Readonly<Record<NumberPart, string>> {
  const [, month = '', day = ''] = date.split('-');
  return {
    number: number < 10 ? `0${number}` : String(number),
    day,
    month: Number(month) <= 2 ? month : String(Number(month)),
  };
}

/** Figures of the font are half as wide as it is large. */
const figure = 0.5;

/** Each word in its blank. */
export function numberWords(
  blanks: readonly NumberBlank[],
  values: Readonly<Record<NumberPart, string>>,
): readonly PlacedWord[] {
  return blanks.map((blank) => {
    const text = values[blank.part];
    const { x, size } = wordIn(blank, text.length * figure);
    return { part: blank.part, x, y: blank.y, size, text };
  });
}

/** The box around the words that number and date become on page 1; null when there are none. */
export function numberPlace(words: readonly PlacedWord[]): Placement | null {
  if (words.length === 0) return null;
  const left = Math.min(...words.map((word) => word.x));
  const right = Math.max(...words.map((word) => word.x + word.text.length * word.size * 0.5));
  const bottom = Math.min(...words.map((word) => word.y - word.size * 0.25));
  const top = Math.max(...words.map((word) => word.y + word.size));
  return { page: 1, x: left, y: bottom, width: right - left, height: top - bottom };
}
