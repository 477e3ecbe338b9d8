// How wide words are in the font of marks, which is the font that PDFs get. It measures and draws nothing.

/** The family as marks.css names it. */
export const markFont = 'Tinos';

let context: CanvasRenderingContext2D | null = null;
let loaded = false;

/** Widths of letters, as a share of their size, once the font is there: before, they would be those of another one. */
const known = new Map<string, number>();

function letterWidth(letter: string, measure: CanvasRenderingContext2D): number {
  const kept = known.get(letter);
  if (kept !== undefined) return kept;
  // Measured large: browsers round the widths of small letters.
  measure.font = `100px "${markFont}"`;
  const width = measure.measureText(letter).width / 100;
  if (loaded) known.set(letter, width);
  return width;
}

/**
 * Widths of words at a size; both in the same unit. Letter by letter, as PDFs set them: a canvas moves pairs closer and joins
 * some to one, and lines would break elsewhere than on paper.
 */
export function textWidth(size: number): (text: string) => number {
  context ??= document.createElement('canvas').getContext('2d');
  const measure = context;
  return (text) => {
    if (measure === null) return text.length * size * 0.5;
    let width = 0;
    for (const letter of text) width += letterWidth(letter, measure);
    return width * size;
  };
}

/** Whether words can be measured already. */
export function markFontLoaded(): boolean {
  return loaded;
}

/** Measured before it is there, words would be those of another font. */
export async function loadMarkFont(): Promise<void> {
  await document.fonts.load(`16px "${markFont}"`, 'ĐẾN ạ');
  loaded = true;
}
