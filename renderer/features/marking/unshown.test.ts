// What is told of signs that show as a box.
import { expect, it } from 'vitest';
import { textOf, type Words } from '../../i18n/text';
import { withUnshown } from './unshown';

const t: Words['t'] = (key, params) => textOf('vi', key, params);

it('signs that show as a box are told after what was done, those that cannot be seen by their number', () => {
  expect(withUnshown('Đã lưu.', [], t)).toBe('Đã lưu.');
  expect(withUnshown('Đã lưu.', ['✓', '\u2028'], t)).toMatch(/^Đã lưu\. .*ô vuông: ✓ U\+2028$/);
});
