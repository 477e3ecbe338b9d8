import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withShippedFonts } from './pdf-fonts.mjs';

const worker = readFileSync('node_modules/pdfjs-dist/legacy/build/pdf.worker.mjs', 'utf8');
const mended = withShippedFonts as (source: string) => string;

describe('fonts that stand in for others', () => {
  it('are shipped for every style of the fonts that a PDF need not bring', () => {
    const text = mended(worker);
    const files = [...text.matchAll(/path: "((?:Tinos|Cousine|LiberationSans)[^"]*\.ttf)"/g)].map(
      ([, file]) => file,
    );
    expect(files.filter((file) => file?.startsWith('Tinos'))).toHaveLength(4);
    expect(files.filter((file) => file?.startsWith('Cousine'))).toHaveLength(4);
    expect(files.filter((file) => file?.startsWith('Liberation'))).toHaveLength(4);
  });

  it('are no fonts of other widths', () => {
    const before = worker.split('"DejaVu Sans"').length;
    expect(mended(worker).split('"DejaVu Sans"').length).toBe(before - 1);
  });

  it('leave a mark for letters of the Far East that no font of the machine has', () => {
    const text = mended(worker);
    const rule =
      /if \(this\.isMonospace \|\| (.+)\) \{\n\s+this\.fallbackName = "monospace"/.exec(text)?.[1] ?? '';
    expect(rule).toContain('Japan1');
    // Fonts of other writings keep what they had, and so do those that are not composite.
    const holds = (ordering?: string) =>
      new Function('properties', `return ${rule}`)({ cidSystemInfo: ordering && { ordering } }) as boolean;
    expect(['Japan1', 'GB1', 'CNS1', 'Korea1'].every(holds)).toBe(true);
    expect([holds('Identity'), holds()]).toEqual([false, false]);
  });

  it('stop the build where pdf.js has other lists than these were written for', () => {
    expect(() => mended(worker.replace('"Cantarell"', '"Another"'))).toThrow('pdf.js changed');
    expect(() => mended('nothing of pdf.js')).toThrow('pdf.js changed');
  });
});
