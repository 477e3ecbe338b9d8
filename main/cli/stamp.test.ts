import { describe, expect, it } from 'vitest';
import { readStampArguments } from './stamp';

const whole = ['a.pdf', '--out', 'b.pdf', '--agency', 'UBND tỉnh', '--number', '7', '--date', '2026-02-05'];
const wrong = expect.objectContaining({ code: 'usage' });

describe('the arguments of stamp-arrival', () => {
  it('are what the stamp says, its place left to the text', () => {
    expect(readStampArguments([...whole, '--forwarded', 'Phòng Văn xã', '--json'])).toEqual({
      file: 'a.pdf',
      out: 'b.pdf',
      agency: 'UBND tỉnh',
      number: '07',
      date: '05/02/2026',
      forwarded: 'Phòng Văn xã',
      fileSymbol: '',
      at: undefined,
      password: undefined,
    });
    expect(readStampArguments([...whole, '--at', '60,600']).at).toEqual({ x: 60, y: 600 });
  });

  it.each([['--at', '60'], ['--at', '60,'], ['--at', 'a,b'], ['--page', '2'], ['b.pdf']])(
    'refuse %s %s',
    (...args) => {
      expect(() => readStampArguments([...whole, ...args])).toThrow(wrong);
    },
  );

  it.each(['--out', '--agency', '--number', '--date'])('need %s', (name) => {
    const at = whole.indexOf(name);
    expect(() => readStampArguments(whole.filter((_, index) => index !== at && index !== at + 1))).toThrow(
      wrong,
    );
  });
});
