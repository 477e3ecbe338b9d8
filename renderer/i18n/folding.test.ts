import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFolded, fold, foldMarks } from './folding';

const vietnamese = fc.string({
  unit: fc.constantFrom(
    ...'aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵĐ /-0123',
  ),
});

describe('folding', () => {
  it('drops marks, case, đ and punctuation', () => {
    expect(fold('Quyết định số 28/2018/QĐ-TTg')).toBe('quyet dinh so 28 2018 qd ttg');
    expect(fold('hoà bình')).toBe(fold('hòa bình'));
    expect(fold('ĐƯỜNG')).toBe('duong');
  });

  it('is idempotent and the same for composed and decomposed letters', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')));
      }),
    );
  });

  it('keeps the length of any text, so that positions stay valid', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldMarks(text).length).toBe(text.normalize('NFC').length);
      }),
    );
  });

  it('finds words without marks where they stand', () => {
    const text = 'khó khăn, vướng mắc, đề nghị phản ánh';
    expect(findFolded(text, 'VUONG  mac').map((hit) => text.slice(hit.start, hit.end))).toEqual([
      'vướng mắc',
    ]);
    expect(findFolded(text, 'đề nghị')).toHaveLength(1);
    expect(findFolded(text, '  ')).toEqual([]);
    expect(findFolded('a.b', '.')).toEqual([{ start: 1, end: 2 }]);
  });

  it('finds any part of a text that holds no blanks at its ends', () => {
    fc.assert(
      fc.property(vietnamese, fc.nat(), fc.nat(), (text, a, b) => {
        const from = Math.min(a, b) % (text.length + 1);
        const part = text
          .normalize('NFC')
          .slice(from, from + 5)
          .trim();
        if (part !== '') expect(findFolded(text, part).length).toBeGreaterThan(0);
      }),
    );
  });
});
