import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageAsked } from './page-input';

const shown = { page: 4, pages: 12 };

describe('the field of the page', () => {
  it('goes nowhere when it is left and no other page was typed', () => {
    expect(pageAsked(null, shown, 'leaving')).toBeNull();
    expect(pageAsked('4', shown, 'leaving')).toBeNull();
    expect(pageAsked('04', shown, 'leaving')).toBeNull();
  });

  it('goes to another page that was typed when it is left, and anywhere by Enter', () => {
    expect(pageAsked(' 9 ', shown, 'leaving')).toBe(9);
    expect(pageAsked('9', shown, 'enter')).toBe(9);
    expect(pageAsked('4', shown, 'enter')).toBe(4);
    expect(pageAsked(null, shown, 'enter')).toBe(4);
  });

  it('goes only to pages of the file', () => {
    for (const wrong of ['', '0', '13', '-1', '1e1', '2.5', 'ba'])
      expect(pageAsked(wrong, shown, 'enter')).toBeNull();
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('enter' as const, 'leaving' as const), (typed, by) => {
        const page = pageAsked(typed, shown, by);
        expect(page === null || (page >= 1 && page <= 12)).toBe(true);
      }),
    );
  });
});
