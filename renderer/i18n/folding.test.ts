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

  it('says where a word stands in any text as it is, composed or not, with the marks that belong to it', () => {
    const form = fc.constantFrom('NFC' as const, 'NFD' as const);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        form,
        fc.string({ unit: 'grapheme' }),
        (text, as, query) => {
          const here = text.normalize(as);
          for (const word of [query, here.slice(0, 3), here.slice(2, 4)]) {
            for (const { start, end } of findFolded(here, word)) {
              const found = here.slice(start, end);
              expect(foldMarks(found).replace(/\s+/g, ' ')).toContain(
                foldMarks(word).replace(/\s+/g, ' ').trim(),
              );
              expect(/^\p{Mn}/u.test(here.slice(end))).toBe(false);
            }
          }
        },
      ),
    );
    const apart = 'Quyết định về việc bổ nhiệm'.normalize('NFD');
    expect(findFolded(apart, 'bổ nhiệm').map(({ start, end }) => apart.slice(start, end))).toEqual([
      'bổ nhiệm'.normalize('NFD'),
    ]);
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
