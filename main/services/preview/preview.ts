// What a stored file that is no page shows of itself: read in the reading host, letters of before Unicode made Unicode here. It
// parses no foreign byte itself.
import type { Sha256 } from '../../../preload/contract/ids';
import { type FilePreview, mostLetters } from '../../../preload/contract/preview';
import type { IntakeReader } from '../../reading';
import { decodedText, encodingOf } from '../legacy-text';

/** Throws those of reading. */
export async function previewFile(
  reading: Pick<IntakeReader, 'preview'>,
  file: Sha256,
): Promise<FilePreview> {
  const shown = await reading.preview(file);
  if (shown.kind !== 'text' || shown.encoding !== 'legacy') return shown;
  const text = decodedText(shown.text, encodingOf([shown.text]));
  return { ...shown, text: text.slice(0, mostLetters) };
}
