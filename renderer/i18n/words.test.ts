// The glossary as a lint over the desk's own words, and both languages against each other.
import { describe, expect, it } from 'vitest';
import { sentences } from '../../preload/contract/codes';
import { en } from './en';
import { codeSentence, type TextKey, textOf } from './text';
import { vi } from './vi';

const entries = Object.entries(vi) as [TextKey, string][];

/** Words that the glossary of the desk never uses for an idea, with what stands for it. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/chữ ký(?! số)/iu, 'chữ ký số'],
  [/con dấu/iu, 'thiết bị ký số'],
  [/\busb\b/iu, 'thiết bị ký số'],
  [/đóng dấu(?!\))/iu, 'ký số của cơ quan'],
  [/bút phê/iu, 'ý kiến chỉ đạo, ghi chú'],
  [/(?<!\p{L})hủy(?!\p{L})/iu, 'thu hồi văn bản'],
  [/(?<!\p{L})soạn(?!\p{L})/iu, 'phát hành văn bản'],
  [/xuất bản/iu, 'Lưu thêm bản có ghi chú'],
  [/bản sao(?!\p{L})/iu, 'Lưu thêm bản có ghi chú'],
  [/lãnh đạo/iu, 'người có thẩm quyền'],
];

/** The legal forms of copies are called what the law calls them. */
const speaksOfCopies = (key: string): boolean => /(^|[.-])copy/.test(key);

function allowed(key: string, text: string): string {
  return speaksOfCopies(key) ? text.replace(/bản (sao|trích sao)( y| lục)?/giu, '') : text;
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((found) => String(found[1])).sort();
}

describe('the words of the desk', () => {
  it('never use a word that the glossary forbids', () => {
    const wrong = entries.flatMap(([key, text]) =>
      forbidden
        .filter(([pattern]) => pattern.test(allowed(key, text)))
        .map(([, instead]) => `${key}: ${text} → ${instead}`),
    );
    expect(wrong).toEqual([]);
  });

  it('are kept to by the sentences of codes too, but for pictures of signature and seal, and backups', () => {
    const other: readonly (readonly [RegExp, string])[] = [
      ...forbidden,
      [/bên gửi/iu, 'nơi gửi'],
      [/quản trị/iu, 'bộ phận kỹ thuật'],
      [/(?<!\p{L})hệ thống (sẽ|đang|không)/iu, 'ứng dụng'],
    ];
    const wrong = Object.entries(sentences).flatMap(([code, { vi: text }]) =>
      other
        .filter(([pattern]) =>
          pattern.test(allowed(code, text).replace(/ảnh chữ ký hoặc ảnh con dấu|bản sao lưu/giu, '')),
        )
        .map(([, instead]) => `${code}: ${text} → ${instead}`),
    );
    expect(wrong).toEqual([]);
  });

  it('never call an act "vào sổ"', () => {
    const acts = entries.filter(([key]) => key.startsWith('act.') || key.startsWith('next.'));
    expect(acts.filter(([, text]) => /vào sổ/iu.test(text))).toEqual([]);
  });

  it('say "thu hồi" alone of documents, and "chứng thư số bị thu hồi" of certificates', () => {
    const ofCertificates = entries.filter(
      ([key, text]) => key.startsWith('revocation.') && /thu hồi/iu.test(text),
    );
    expect(ofCertificates.length).toBeGreaterThan(0);
    for (const [, text] of ofCertificates) expect(text.toLowerCase()).toContain('chứng thư số');
  });

  it('have the same placeholders in both languages', () => {
    for (const [key, text] of entries)
      expect([key, placeholders(en[key])]).toEqual([key, placeholders(text)]);
  });

  it('are composed letters (NFC), in sentence case, without blanks at the ends of sentences', () => {
    for (const [key, text] of entries) {
      expect(text.normalize('NFC')).toBe(text);
      if (!key.startsWith('row.and')) expect(text.trim()).toBe(text);
      if (text.length > 6) expect(text).not.toBe(text.toUpperCase());
    }
  });

  it('fill in every placeholder that is given and keep one that is not', () => {
    expect(textOf('vi', 'deadline.late', { days: 2 })).toBe('Quá hạn 2 ngày');
    expect(textOf('en', 'deadline.late')).toBe('{days} days late');
  });

  it('have a general sentence for a code of a newer main', () => {
    expect(codeSentence('vi', 'a-code-of-tomorrow')).toBe(sentences.internal.vi);
    expect(codeSentence('en', 'call-refused')).toBe(sentences['call-refused'].en);
    expect(codeSentence('vi', 'toString')).toBe(sentences.internal.vi);
  });
});
