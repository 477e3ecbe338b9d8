import { describe, expect, it } from 'vitest';
import { copyForm, copyNotation, copyRefusal, copySource } from './copies';

describe('electronic copies', () => {
  it('have the forms and sources of Art. 25, and no others', () => {
    const allowed = copyForm.options.flatMap((form) =>
      copySource.options
        .filter((source) => copyRefusal(form, source, false) === null)
        .map((source) => `${form}: ${source}`),
    );
    expect(allowed).toEqual([
      'SAO Y: paper-original',
      'SAO LỤC: paper-copy',
      'TRÍCH SAO: paper-original',
      'TRÍCH SAO: electronic',
    ]);
  });

  it('are never made of a file that carries digital signatures', () => {
    for (const form of copyForm.options) {
      for (const source of copySource.options) expect(copyRefusal(form, source, true)).not.toBeNull();
    }
  });

  it('carry their own symbol', () => {
    expect(copyNotation('SAO Y', 'UBND')).toBe('SY-UBND');
    expect(copyNotation('TRÍCH SAO', 'STC')).toBe('TrS-STC');
  });
});
