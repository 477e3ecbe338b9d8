// How wide words are in the font of marks, which is the font that PDFs get. It measures and draws nothing.

/** The family as marks.css names it. */
export const markFont = 'Tinos';

let context: CanvasRenderingContext2D | null = null;

/** Widths of words at a size; both in the same unit. */
export function textWidth(size: number): (text: string) => number {
  context ??= document.createElement('canvas').getContext('2d');
  return (text) => {
    if (context === null) return text.length * size * 0.5;
    // Measured large: browsers round the widths of small letters.
    context.font = `100px "${markFont}"`;
    return (context.measureText(text).width * size) / 100;
  };
}

let loaded = false;

/** Whether words can be measured already. */
export function markFontLoaded(): boolean {
  return loaded;
}

/** Measured before it is there, words would be those of another font. */
export async function loadMarkFont(): Promise<void> {
  await document.fonts.load(`16px "${markFont}"`, 'ĐẾN ạ');
  loaded = true;
}
