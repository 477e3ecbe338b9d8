import { describe, expect, it } from 'vitest';
import { readNumberArguments } from './number';

const call = (...args: string[]) => readNumberArguments(['a.pdf', '--out', 'b.pdf', ...args]);
const wrong = expect.objectContaining({ code: 'usage' });

describe('the arguments of number', () => {
  it('are one file, its output, a number and a day', () => {
    expect(call('--number', '318', '--date', '2026-02-05', '--json')).toMatchObject({
      file: 'a.pdf',
      out: 'b.pdf',
      number: 318,
      date: '2026-02-05',
      allowUnsigned: false,
    });
  });

  it.each([
    ['--number', '0'],
    ['--number', '12/QĐ'],
    ['--date', '05/02/2026'],
    ['--date', '2026-06-31'],
    ['--date', '2026-02-05T10:00'],
    ['--number'],
    ['--way', 'blanks'],
    ['other.pdf'],
  ])('refuse %s %s', (...args) => {
    expect(() => call(...args)).toThrow(wrong);
  });

  it('need a place for the output', () => {
    expect(() => readNumberArguments(['a.pdf'])).toThrow(wrong);
  });
});
