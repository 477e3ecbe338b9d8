// Saves bytes that a shown file carried inside it: through the sealed store, since only main writes to the disk.
import type { DeskApi } from '../../../preload/contract/desk-api';
import { answerOf } from '../../app/failures';

const pieceLength = 1 << 20;

/** False when the clerk did not want to after all. Throws Failure `file-unwritable`, `disk-full`. */
export async function saveBytes(
  api: DeskApi,
  file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<boolean> {
  const { name, bytes } = file;
  const { upload } = await answerOf(api.files.begin({ name, size: bytes.length }));
  for (let at = 0; at < bytes.length; at += pieceLength) {
    await answerOf(api.files.append({ upload, bytes: bytes.slice(at, at + pieceLength) }));
  }
  const { sha256 } = await answerOf(api.files.finish({ upload }));
  const { saved } = await answerOf(api.files.saveCopy({ sha256, name }));
  return saved;
}
