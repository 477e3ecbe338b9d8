import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './log';

describe('a detail in the log', () => {
  it('holds no Vietnamese words, quoted text, long numbers, addresses or folders', () => {
    const text = redact(
      'Failure: "Báo cáo mật" tại /home/huong/Công văn/a.pdf CCCD 001199001234 huong@langson.gov.vn Nguyễn Thị Hường',
    );
    for (const word of ['Báo cáo', '/home', '001199001234', 'huong@', 'Nguyễn', 'Hường'])
      expect(text).not.toContain(word);
  });

  it('never holds a PIN of four or more digits, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 1000, max: 99_999_999 }),
        fc.string(),
        (before, pin, after) => {
          return !redact(`${before} ${pin} ${after}`).includes(String(pin));
        },
      ),
    );
  });
});
