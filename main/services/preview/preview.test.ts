import { expect, it } from 'vitest';
import { asSha256 } from '../../../preload/contract/ids';
import type { FilePreview } from '../../../preload/contract/preview';
import { previewFile } from './preview';

const file = asSha256('a'.repeat(64));
const reading = (shown: FilePreview) => ({ preview: async () => shown });

it('text of TCVN3 is shown in Unicode', async () => {
  const text = 'C\u00e9ng h\u00dfa: c\u00b8c \u00ae\u00acn v\u00de, \u00ae\u00dea \u00aei\u00d3m';
  const shown = await previewFile(reading({ kind: 'text', text, encoding: 'legacy', cut: false }), file);
  expect(shown.kind === 'text' && shown.text).toContain('các đơn vị, địa điểm');
});

it('text of Unicode is shown as it is', async () => {
  const given: FilePreview = { kind: 'text', text: 'Cộng hòa · Céng', encoding: 'utf-8', cut: true };
  expect(await previewFile(reading(given), file)).toEqual(given);
});
