// Finds, from the text of the pages, where NĐ 30/2020 (phụ lục I) wants the leader's signature, the agency's seal, the
// number and the date. Pure: it takes pieces of text with their boxes and proposes; the clerk may move what it proposes.
import type { Placement } from '../../preload/contract/calls';

/** A run of text on a page as shown: points, origin lower left, `y` is the base line. */
export interface TextPiece {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PageSize {
  readonly page: number;
  readonly width: number;
  readonly height: number;
}

export interface TextLine {
  readonly page: number;
  readonly y: number;
  readonly height: number;
  readonly pieces: readonly TextPiece[];
}

export interface Found {
  readonly placement: Placement;
  readonly found: boolean;
}

const mm = 72 / 25.4;
const sealDiameter = 36 * mm;
const leaderBox = { width: 48 * mm, height: 20 * mm };

/** Groups pieces into lines: same page, base lines closer than half a letter. Top to bottom, left to right. */
export function linesOf(pieces: readonly TextPiece[]): readonly TextLine[] {
  const sorted = pieces
    .filter((piece) => piece.text.trim() !== '')
    .sort((a, b) => a.page - b.page || b.y - a.y || a.x - b.x);
  const lines: { page: number; y: number; height: number; pieces: TextPiece[] }[] = [];
  for (const piece of sorted) {
    const last = lines.at(-1);
    if (last !== undefined && last.page === piece.page && Math.abs(last.y - piece.y) < piece.height * 0.5) {
      last.pieces.push(piece);
      last.height = Math.max(last.height, piece.height);
    } else {
      lines.push({ page: piece.page, y: piece.y, height: piece.height, pieces: [piece] });
    }
  }
  for (const line of lines) line.pieces.sort((a, b) => a.x - b.x);
  return lines;
}

const textOf = (pieces: readonly TextPiece[]): string =>
  pieces
    .map((piece) => piece.text)
    .join(' ')
    .normalize('NFC');
const middle = (pieces: readonly TextPiece[]): number => {
  const left = Math.min(...pieces.map((piece) => piece.x));
  const right = Math.max(...pieces.map((piece) => piece.x + piece.width));
  return (left + right) / 2;
};

/** Capital letters only, two words or more: a position or an authority line such as KT. CHỦ TỊCH. */
function isPosition(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '');
  return letters.length >= 5 && letters === letters.toLocaleUpperCase('vi');
}

/** Two to six words that each begin with a capital and go on small: a full name. */
function isFullName(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return words.length >= 2 && words.length <= 6 && words.every((word) => /^\p{Lu}\p{Ll}*\.?$/u.test(word));
}

interface SignatureGap {
  readonly page: number;
  readonly centre: number;
  readonly top: number;
  readonly bottom: number;
}

/** The empty room between the signer's position and full name, last page first (box 7c). */
function signatureGap(lines: readonly TextLine[], sizes: readonly PageSize[]): SignatureGap | null {
  for (const size of [...sizes].sort((a, b) => b.page - a.page)) {
    const right = lines
      .filter((line) => line.page === size.page)
      .map((line) => ({ line, pieces: line.pieces.filter((piece) => piece.x > size.width * 0.4) }))
      .filter(({ pieces }) => pieces.length > 0);
    for (let at = right.length - 1; at > 0; at -= 1) {
      const name = right[at];
      const above = right[at - 1];
      if (name === undefined || above === undefined || !isFullName(textOf(name.pieces))) continue;
      if (!isPosition(textOf(above.pieces))) continue;
      const bottom = name.line.y + name.line.height;
      const top = above.line.y - above.line.height * 0.3;
      if (top - bottom < 24) continue;
      return { page: size.page, centre: (middle(name.pieces) + middle(above.pieces)) / 2, top, bottom };
    }
  }
  return null;
}

function inside(placement: Placement, sizes: readonly PageSize[]): Placement {
  const size = sizes.find((one) => one.page === placement.page) ?? sizes.at(-1);
  if (size === undefined) return placement;
  return {
    ...placement,
    x: Math.max(0, Math.min(placement.x, size.width - placement.width)),
    y: Math.max(0, Math.min(placement.y, size.height - placement.height)),
  };
}

/** Box 7c: the signature's picture, centred between position and name; else low on the right of the last page. */
export function leaderPlace(lines: readonly TextLine[], sizes: readonly PageSize[]): Found {
  const gap = signatureGap(lines, sizes);
  const last = sizes.at(-1) ?? { page: 1, width: 595, height: 842 };
  if (gap === null) {
    const x = last.width * 0.7 - leaderBox.width / 2;
    return {
      found: false,
      placement: inside({ page: last.page, x, y: last.height * 0.2, ...leaderBox }, sizes),
    };
  }
  const height = Math.min(leaderBox.height, gap.top - gap.bottom);
  const width = (leaderBox.width * height) / leaderBox.height;
  const y = (gap.top + gap.bottom) / 2 - height / 2;
  return {
    found: true,
    placement: inside({ page: gap.page, x: gap.centre - width / 2, y, width, height }, sizes),
  };
}

/** Box 8: the seal in real size over the left third of the leader's signature, centres level (phụ lục I, II.8.a). */
export function sealPlace(leader: Found, sizes: readonly PageSize[]): Found {
  const { page, x, y, width, height } = leader.placement;
  const placement = {
    page,
    x: x + width / 3 - sealDiameter,
    y: y + height / 2 - sealDiameter / 2,
    width: sealDiameter,
    height: sealDiameter,
  };
  return { found: leader.found, placement: inside(placement, sizes) };
}

export interface PlacedWord {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly text: string;
}

/** x at which the character with this index of a line begins, taking letters of a piece as equally wide. */
function xAt(line: TextLine, index: number): number {
  let at = 0;
  for (const piece of line.pieces) {
    const length = piece.text.length;
    if (index <= at + length) return piece.x + (piece.width * (index - at)) / Math.max(1, length);
    at += length + 1;
  }
  const last = line.pieces.at(-1);
  return last === undefined ? 0 : last.x + last.width;
}

/**
 * Where number, day and month go on page 1: the gaps after "Số:" and after "ngày", "tháng" (boxes 3 and 4). Empty when
 * the page already has them, or has no such line.
 */
export function numberWords(lines: readonly TextLine[], number: number, date: string): readonly PlacedWord[] {
  const [year = '', month = '', dayNumber = ''] = date.split('-');
  const words: PlacedWord[] = [];
  // NĐ 30: numbers below 10 and days below 10, months 1 and 2, are written with a leading 0.
  const shownNumber = number < 10 ? `0${number}` : String(number);
  const shownDay = dayNumber;
  const shownMonth = Number(month) <= 2 ? month : String(Number(month));
  const put = (line: TextLine, from: number, to: number, text: string): void => {
    const left = xAt(line, from);
    const right = xAt(line, to);
    const size = line.height > 0 ? Math.min(line.height, 14) : 13;
    const width = text.length * size * 0.5;
    words.push({ x: left + Math.max(1, (right - left - width) / 2), y: line.y, size, text });
  };
  for (const line of lines.filter((one) => one.page === 1).slice(0, 25)) {
    const text = line.pieces.map((piece) => piece.text.normalize('NFC')).join(' ');
    const symbol = /Số\s*:([\s.…_]*)\//u.exec(text);
    if (symbol !== null && words.every((word) => word.text !== shownNumber)) {
      put(line, symbol.index + symbol[0].indexOf(':') + 1, symbol.index + symbol[0].length - 1, shownNumber);
    }
    const dated = /ngày([\s.…_]+)tháng([\s.…_]+)năm/u.exec(text);
    if (dated !== null && year !== '') {
      const dayFrom = dated.index + 'ngày'.length;
      const dayTo = dayFrom + (dated[1]?.length ?? 0);
      const monthFrom = dayTo + 'tháng'.length;
      put(line, dayFrom, dayTo, shownDay);
      put(line, monthFrom, monthFrom + (dated[2]?.length ?? 0), shownMonth);
    }
  }
  return words;
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
