// Widths of words against those of PDFs, which set letter by letter.
import { beforeEach, expect, it, vi } from 'vitest';

/** A canvas that moves A and V together and makes one sign of f and i, as browsers do with Tinos. */
function kerningCanvas(): { readonly getContext: () => object } {
  const width = (text: string): number => [...text].length * 50 - (/AV|fi/.test(text) ? 20 : 0);
  return { getContext: () => ({ font: '', measureText: (text: string) => ({ width: width(text) }) }) };
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('document', { createElement: kerningCanvas, fonts: { load: async () => [] } });
});

it('words are as wide as their letters side by side', async () => {
  const { textWidth } = await import('./text-width');
  expect(textWidth(12)('AV')).toBeCloseTo(12);
  expect(textWidth(12)('file')).toBeCloseTo(24);
});

it('letters that were measured before their font was there are measured anew', async () => {
  const measure = vi.fn((_text: string) => ({ width: 30 }));
  const getContext = () => ({ font: '', measureText: measure });
  vi.stubGlobal('document', { createElement: () => ({ getContext }), fonts: { load: async () => [] } });
  const { loadMarkFont, textWidth } = await import('./text-width');
  expect(textWidth(10)('Đ')).toBeCloseTo(3);
  await loadMarkFont();
  measure.mockReturnValue({ width: 72 });
  expect(textWidth(10)('Đ')).toBeCloseTo(7.2);
  expect(textWidth(10)('ĐĐ')).toBeCloseTo(14.4);
  expect(measure).toHaveBeenCalledTimes(2);
});
