// Lays out what a signature shows, by its role (NĐ 30/2020, phụ lục I): pictures and lines inside a box. Pure.
import { assertNever } from '../../preload/contract/failure';
import { withoutPersonalNumbers } from '../../preload/contract/personal-number';
import type { FontUse } from './font';
import { type PageGeometry, POINTS_PER_MM, type Rect } from './geometry';
import type { PdfImage } from './png';
import type { RoleRequest } from './request';
import { dayText, hourText } from './time';

/** A line of text: left end of its base line inside the box. */
export interface Line {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly text: string;
}

/** What is drawn in a box of `width` and `height` points. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly picture: { readonly image: PdfImage; readonly rect: Rect } | undefined;
  readonly lines: readonly Line[];
}

const LEADING = 1.2;
/** NĐ 30, phụ lục I, II.8.b and phần II: text of an attachment's or a copy's signature, points. */
const CORNER_SIZE = 10;
const CORNER_MARGIN_MM = { right: 15, top: 8 } as const;
const SMALLEST_SIZE = 5;
/** Down to this size lines are made smaller rather than broken, points. */
const READABLE_SIZE = 8;
/** Real diameter of a state seal. */
export const SEAL_WIDTH_MM = 36;
/** A leader's signature without a place of its own, points. */
export const LEADER_BOX = { width: 170, height: 68 } as const;

/** Breaks a text into lines no wider than `width`; a word that is wider stands alone. */
export function wrapped(use: FontUse, text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && use.widthOf(longer, size) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** The size at which every text fits the box: unbroken if that is still easy to read, else broken into lines. */
function fittingSize(use: FontUse, texts: readonly string[], box: Rect, largest: number): number {
  const inner = { width: box.width - 4, height: box.height - 2 };
  const widest = Math.max(...texts.map((text) => use.widthOf(text, 1)));
  const unbroken = Math.min(largest, inner.width / widest, inner.height / (texts.length * LEADING));
  if (unbroken >= READABLE_SIZE) return unbroken;
  for (let size = largest; size > SMALLEST_SIZE; size -= 0.5) {
    const lines = texts.flatMap((text) => wrapped(use, text, size, inner.width));
    const narrow = lines.every((line) => use.widthOf(line, size) <= inner.width);
    if (narrow && lines.length * size * LEADING <= inner.height) return size;
  }
  return SMALLEST_SIZE;
}

/** Lines in the middle of a box, as large as fits, at most `largest` points. */
function blockLayout(use: FontUse, texts: readonly string[], box: Rect, largest: number): Layout {
  const { width, height } = box;
  const size = fittingSize(use, texts, box, largest);
  const lines = texts.flatMap((text) => wrapped(use, text, size, width - 3.9));
  const total = lines.length * size * LEADING;
  const top = height - Math.max(0, (height - total) / 2);
  return {
    width,
    height,
    picture: undefined,
    lines: lines.map((text, index) => ({ x: 2, y: top - (index + 0.8) * size * LEADING, size, text })),
  };
}

function pictureLayout(image: PdfImage, box: Rect): Layout {
  const scale = Math.min(box.width / image.width, box.height / image.height);
  const width = image.width * scale;
  const height = image.height * scale;
  const rect = { x: (box.width - width) / 2, y: (box.height - height) / 2, width, height };
  return { width: box.width, height: box.height, picture: { image, rect }, lines: [] };
}

/** Right-aligned lines and the box in the top right corner of the page that holds them. */
function cornerLayout(use: FontUse, text: string, geometry: PageGeometry): { rect: Rect; layout: Layout } {
  const right = geometry.width - CORNER_MARGIN_MM.right * POINTS_PER_MM;
  const top = geometry.height - CORNER_MARGIN_MM.top * POINTS_PER_MM;
  const texts = wrapped(use, text, CORNER_SIZE, Math.max(40, right - geometry.width * 0.4));
  const width = Math.max(...texts.map((line) => use.widthOf(line, CORNER_SIZE))) + 2;
  const height = texts.length * CORNER_SIZE * LEADING + 2;
  const lines = texts.map((line, index) => ({
    x: width - 1 - use.widthOf(line, CORNER_SIZE),
    y: height - 1 - (index + 0.8) * CORNER_SIZE * LEADING,
    size: CORNER_SIZE,
    text: line,
  }));
  const rect = { x: Math.max(0, right - width), y: Math.max(0, top - height), width, height };
  return { rect, layout: { width, height, picture: undefined, lines } };
}

/** What a role needs besides its request. */
export interface LayoutInput {
  readonly use: FontUse;
  readonly geometry: PageGeometry;
  readonly image: PdfImage | undefined;
  readonly signerName: string;
  readonly time: Date;
  /** The place that was asked for or found. */
  readonly rect: Rect | undefined;
}

/** The text of an attachment's signature (mẫu 2.2) or a copy's (mẫu 3.2). */
export function cornerText(what: RoleRequest, signerName: string, time: Date): string {
  const when = `${dayText(time)}; ${hourText(time)}`;
  if (what.role === 'copy')
    return `${what.form}; ${withoutPersonalNumbers(what.agency ?? signerName)}; ${when}`;
  if (what.role === 'attachment' && what.documentNumber !== undefined) {
    return `Số: ${what.documentNumber}; ${when}`;
  }
  return when;
}

/** The box on the page as shown and what is drawn in it; undefined for a signature that shows nothing. */
export function layoutOf(
  what: RoleRequest,
  input: LayoutInput,
): { readonly rect: Rect; readonly layout: Layout } | undefined {
  const { use, geometry, image, rect } = input;
  switch (what.role) {
    case 'invisible':
      return undefined;
    case 'leader':
    case 'seal': {
      if (rect === undefined) return undefined;
      if (image !== undefined) return { rect, layout: pictureLayout(image, rect) };
      const heading = what.role === 'leader' ? 'Người ký' : 'Cơ quan ký';
      const texts = [
        `${heading}: ${withoutPersonalNumbers(input.signerName)}`,
        `Thời gian ký: ${dayText(input.time)} ${hourText(input.time)}`,
      ];
      return { rect, layout: blockLayout(use, texts, rect, 11) };
    }
    case 'attachment':
    case 'copy': {
      const text = cornerText(what, input.signerName, input.time);
      if (rect === undefined) return cornerLayout(use, text, geometry);
      return { rect, layout: blockLayout(use, [text], rect, CORNER_SIZE) };
    }
    case 'number': {
      const lines = what.texts.map((one) => ({ ...one, size: one.size ?? 13 }));
      const left = Math.min(...lines.map((line) => line.x)) - 1;
      const bottom = Math.min(...lines.map((line) => line.y - line.size * 0.3));
      const right = Math.max(...lines.map((line) => line.x + use.widthOf(line.text, line.size))) + 1;
      const top = Math.max(...lines.map((line) => line.y + line.size));
      const box = { x: left, y: bottom, width: right - left, height: top - bottom };
      const moved = lines.map((line) => ({ ...line, x: line.x - left, y: line.y - bottom }));
      return {
        rect: box,
        layout: { width: box.width, height: box.height, picture: undefined, lines: moved },
      };
    }
    default:
      return assertNever(what);
  }
}
