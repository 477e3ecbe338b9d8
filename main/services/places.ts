// Finds, from the text of the pages, where NĐ 30/2020 (phụ lục I) wants the leader's signature, the agency's seal, the
// number and the date. Pure: it takes pieces of text with their boxes and proposes; the clerk may move what it proposes.
import type { Placement } from '../../preload/contract/signing-request';
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
