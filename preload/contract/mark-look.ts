// What a mark over a page looks like, in points: the one source of its numbers and lines for the window and for PDFs, so that
// both draw alike. Pure; it draws nothing.

/** Points, but for the shares and angles. */
export const markLook = {
  /** At half pressure; see `penWidth`. */
  ink: 1.6,
  /** Lines, arrows, rectangles, ellipses and the frame of a stamp. */
  shape: 1.5,
  /** Underlines and strikes. */
  textLine: 1.2,
  /** Where those run, as a share of a line's height from its foot. */
  textLineAt: { underline: 0.04, strike: 0.42 },
  /** Length of each wing, and its angle from the shaft in radians. */
  arrowHead: 9,
  arrowAngle: 0.45,
  text: 11,
  stampText: 13,
  lineHeight: 1.35,
  padding: 3,
  /** A note's slip of paper is a square with its lower left corner at `at`. */
  note: 18,
} as const;

export interface LookPoint {
  readonly x: number;
  readonly y: number;
}

/** How wide a pen pressed by 0 to 1 writes; a mouse presses by half. */
export function penWidth(pressure: number): number {
  return markLook.ink * (0.5 + Math.max(0, Math.min(1, pressure)));
}

/** The far ends of the two wings of an arrow's head; each is a line to `to`. */
export function arrowWings(from: LookPoint, to: LookPoint): readonly [LookPoint, LookPoint] {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const wing = (turn: number): LookPoint => ({
    x: to.x - markLook.arrowHead * Math.cos(angle + turn),
    y: to.y - markLook.arrowHead * Math.sin(angle + turn),
  });
  return [wing(markLook.arrowAngle), wing(-markLook.arrowAngle)];
}

/** A word that is wider than the line alone, in pieces that fit; the last one may take more words after it. */
function pieces(word: string, width: number, widthOf: (text: string) => number): string[] {
  const found: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece !== '' && widthOf(piece + letter) > width) {
      found.push(piece);
      piece = letter;
    } else piece += letter;
  }
  return [...found, piece];
}

/**
 * The lines that words take within a width: broken at blanks, inside a word only where that alone is too wide, and at every
 * line break of their own. `widthOf` is in the unit of `width`.
 */
export function wrapMarkText(text: string, width: number, widthOf: (text: string) => number): string[] {
  return text
    .normalize('NFC')
    .split('\n')
    .flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(/\s+/).filter((one) => one !== '')) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (widthOf(longer) <= width) {
          line = longer;
          continue;
        }
        if (line !== '') lines.push(line);
        const parts = pieces(word, width, widthOf);
        lines.push(...parts.slice(0, -1));
        line = parts.at(-1) ?? '';
      }
      return [...lines, line];
    });
}

/** The base line of each of `lines`, from the top of a box of `height`, and how high the box must be to hold them all. */
export function markLines(
  kind: 'text' | 'stamp',
  lines: number,
  height: number,
): { readonly size: number; readonly height: number; readonly baselines: readonly number[] } {
  const size = kind === 'stamp' ? markLook.stampText : markLook.text;
  const step = size * markLook.lineHeight;
  const needed = lines * step + 2 * markLook.padding;
  const whole = Math.max(height, needed);
  // A stamp's words stand in the middle, a text's at the top.
  const above = (kind === 'stamp' ? (whole - needed) / 2 : 0) + markLook.padding;
  return {
    size,
    height: whole,
    baselines: Array.from({ length: lines }, (_, index) => above + step * index + size),
  };
}
