import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withoutFrames } from './pdf-drawing.mjs';

const drawing = readFileSync('node_modules/pdfjs-dist/legacy/build/pdf.mjs', 'utf8');
const mended = withoutFrames as (source: string) => string;

describe('drawing pages', () => {
  it('waits for no picture of the window, and can still be stopped in between', () => {
    const text = mended(drawing);
    expect(text).not.toContain('AnimationFrame(');
    expect(text.split('window.clearTimeout(this.#rAF)')).toHaveLength(2);
    expect(text.split('this.#rAF = window.setTimeout(')).toHaveLength(2);
  });

  it('stops the build where pdf.js waits in another way than this was written for', () => {
    expect(() => mended(drawing.replaceAll('requestAnimationFrame', 'another'))).toThrow('pdf.js changed');
    expect(() => mended(`${drawing}\n${drawing}`)).toThrow('pdf.js changed');
  });
});
