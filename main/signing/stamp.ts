// The stamps of a records office as drawings (NĐ 30/2020): the ĐẾN stamp of phụ lục IV and the urgency marks of phụ lục I,
// and the increment that lays one on a page as a stamp annotation with its own appearance. It signs nothing.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { ByteSource } from '../../preload/contract/byte-source';
import { assertNever } from '../../preload/contract/failure';
import { addAnnotation, Increment, numberSyntax, type PdfFile, refSyntax, textSyntax } from '../pdf';
import { matrixOf } from './appearance';
import { FontUse } from './font';
import { checkRect, fittedInside, geometryOf, POINTS_PER_MM, type Rect } from './geometry';
import { wrapped } from './layout';
import type { TrueTypeFont } from './truetype';
import { onWritable } from './writable';

/** 1 khẩn, 2 thượng khẩn, 3 hỏa tốc. */
export type UrgencyLevel = 1 | 2 | 3;

export type StampRequest =
  | {
      readonly kind: 'arrival';
      readonly agency: string;
      readonly number: string;
      /** dd/mm/yyyy. */
      readonly date: string;
      readonly forwarded: string;
      readonly fileSymbol: string;
    }
  | { readonly kind: 'urgency'; readonly level: UrgencyLevel };

/** Page from 0, the lower left corner on the page as shown, points. */
export interface StampPlace {
  readonly page: number;
  readonly x: number;
  readonly y: number;
}

export interface StampFonts {
  readonly regular: TrueTypeFont;
  readonly bold: TrueTypeFont;
}

const urgencies: Readonly<Record<UrgencyLevel, { readonly text: string; readonly widthMm: number }>> = {
  1: { text: 'KHẨN', widthMm: 20 },
  2: { text: 'THƯỢNG KHẨN', widthMm: 40 },
  3: { text: 'HỎA TỐC', widthMm: 30 },
};

/** Width and height in points: 50 by 35 mm (phụ lục IV), 20, 40 or 30 by 8 mm (phụ lục I, II.9.b). */
export function stampSize(request: StampRequest): { readonly width: number; readonly height: number } {
  const [width, height] = request.kind === 'arrival' ? [50, 35] : [urgencies[request.level].widthMm, 8];
  return { width: width * POINTS_PER_MM, height: height * POINTS_PER_MM };
}

interface Drawing {
  readonly lines: readonly (readonly [number, number, number, number])[];
  readonly texts: readonly {
    readonly x: number;
    readonly y: number;
    readonly size: number;
    readonly bold: boolean;
    readonly text: string;
  }[];
  /** What a reader without eyes is told. */
  readonly words: string;
}

const mm = POINTS_PER_MM;

/** The largest size at which a text is no wider than `width`. */
const fitted = (use: FontUse, text: string, largest: number, width: number): number =>
  Math.min(largest, width / Math.max(0.01, use.widthOf(text, 1)));

function arrivalDrawing(
  request: Extract<StampRequest, { kind: 'arrival' }>,
  regular: FontUse,
  bold: FontUse,
): Drawing {
  const { width, height } = stampSize(request);
  const belowName = height - 9.5 * mm;
  const belowNumber = belowName - 14 * mm;
  const belowForward = belowNumber - 5.75 * mm;
  const rows = [belowName, belowNumber, belowForward];
  const cell = 17 * mm;
  const texts: Drawing['texts'][number][] = [];
  const agency = request.agency.toLocaleUpperCase('vi').normalize('NFC');
  const nameLines = wrapped(bold, agency, 8.5, width - 6).slice(0, 2);
  nameLines.forEach((text, index) => {
    const size = fitted(bold, text, 8.5, width - 6);
    const y = height - (9.5 * mm) / 2 + (nameLines.length / 2 - index) * 10 - 8;
    texts.push({ x: (width - bold.widthOf(text, size)) / 2, y, size, bold: true, text });
  });
  const arrived = fitted(bold, 'ĐẾN', 15, cell - 4);
  texts.push({
    x: (cell - bold.widthOf('ĐẾN', arrived)) / 2,
    y: (belowName + belowNumber) / 2 - arrived * 0.35,
    size: arrived,
    bold: true,
    text: 'ĐẾN',
  });
  const row = (x: number, y: number, label: string, value: string): void => {
    const text = `${label} ${value === '' ? '…'.repeat(8) : value}`;
    texts.push({ x, y, size: fitted(regular, text, 10, width - x - 4), bold: false, text });
  };
  row(cell + 4, belowName - 5 * mm, 'Số:', request.number);
  row(cell + 4, belowNumber + 3 * mm, 'Ngày:', request.date);
  row(4, belowForward + 1.7 * mm, 'Chuyển:', request.forwarded);
  row(4, 1.8 * mm, 'Số và ký hiệu HS:', request.fileSymbol);
  return {
    lines: [...rows.map((y) => [0, y, width, y] as const), [cell, belowNumber, cell, belowName]],
    texts,
    words: `Dấu ĐẾN: ${request.agency}; số ${request.number}; ngày ${request.date}`,
  };
}

function urgencyDrawing(level: UrgencyLevel, bold: FontUse): Drawing {
  const { width, height } = stampSize({ kind: 'urgency', level });
  const { text } = urgencies[level];
  const size = fitted(bold, text, 14, width - 6);
  const x = (width - bold.widthOf(text, size)) / 2;
  return { lines: [], texts: [{ x, y: height / 2 - size * 0.34, size, bold: true, text }], words: text };
}

function drawingOf(request: StampRequest, regular: FontUse, bold: FontUse): Drawing {
  switch (request.kind) {
    case 'arrival':
      return arrivalDrawing(request, regular, bold);
    case 'urgency':
      return urgencyDrawing(request.level, bold);
    default:
      return assertNever(request);
  }
}

/** Bright red, as both stamps are. */
const red = '0.85 0.05 0.08';
/** Printed, and not to be moved or changed. */
const flags = 4 + 64 + 128;

/**
 * The bytes to append that lay a stamp on a page (counted from 0) with its lower left corner at a place of the page as shown;
 * it is moved where it would leave the page. Throws Failure `pdf-page-missing`, `signing-place-outside` and those of reading.
 */
export function stampIncrement(
  source: ByteSource,
  request: StampRequest,
  at: StampPlace,
  fonts: StampFonts,
  password?: string,
): Uint8Array {
  return onWritable(source, password, (file) => stampIn(file, request, at, fonts));
}

function stampIn(file: PdfFile, request: StampRequest, at: StampPlace, fonts: StampFonts): Uint8Array {
  const page = file.page(at.page);
  const geometry = geometryOf(file, page);
  const wanted: Rect = { x: at.x, y: at.y, ...stampSize(request) };
  checkRect(wanted);
  const rect = fittedInside(wanted, geometry);
  const regular = new FontUse(fonts.regular);
  const bold = new FontUse(fonts.bold, 'Tinos-Bold');
  const drawing = drawingOf(request, regular, bold);
  const n = numberSyntax;
  const { width, height } = wanted;
  const content = [
    `${red} RG ${red} rg 1 w`,
    `0.5 0.5 ${n(width - 1)} ${n(height - 1)} re S`,
    ...drawing.lines.map(([x1, y1, x2, y2]) => `${n(x1)} ${n(y1)} m ${n(x2)} ${n(y2)} l S`),
    'BT',
    ...drawing.texts.map(
      ({ x, y, size, bold: heavy, text }) =>
        `/${heavy ? 'F2' : 'F1'} ${n(size)} Tf 1 0 0 1 ${n(x)} ${n(y)} Tm ${(heavy ? bold : regular).show(text)} Tj`,
    ),
    'ET',
  ].join('\n');
  const increment = new Increment(file);
  const used = [
    ...(drawing.texts.some((one) => !one.bold) ? [`/F1 ${refSyntax(regular.put(increment))}`] : []),
    ...(drawing.texts.some((one) => one.bold) ? [`/F2 ${refSyntax(bold.put(increment))}`] : []),
  ];
  const appearance = increment.allocate();
  increment.putStream(
    appearance,
    `/Type /XObject /Subtype /Form /BBox [0 0 ${n(width)} ${n(height)}] ` +
      `/Matrix [${matrixOf(geometry.rotation, width, height).map(n).join(' ')}] ` +
      `/Resources << /Font << ${used.join(' ')} >> >> /Filter /FlateDecode`,
    deflateSync(Buffer.from(content, 'latin1')),
  );
  const own = geometry.toPage(rect);
  const corners = [own.x, own.y, own.x + own.width, own.y + own.height].map(n).join(' ');
  const annotation = increment.allocate();
  increment.put(
    annotation,
    `<< /Type /Annot /Subtype /Stamp /Rect [${corners}] /P ${refSyntax(page.ref)} /F ${flags} ` +
      `/NM ${textSyntax(`VanThu.${request.kind}`)} /Contents ${textSyntax(drawing.words.normalize('NFC'))} ` +
      `/AP << /N ${refSyntax(appearance)} >> >>`,
  );
  addAnnotation(file, increment, page, annotation);
  const changeId = createHash('sha256')
    .update(`${file.source.size} ${JSON.stringify(request)}`)
    .digest();
  return increment.finish(changeId.subarray(0, 16)).bytes;
}
