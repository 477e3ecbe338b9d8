// Brings a file of the clerk's own into the desk in pieces of at most 1 MiB, then has a PDF checked. It parses nothing.
import type { DeskApi } from '../../../preload/contract/desk-api';
import type { Attachment } from '../../../preload/contract/records';
import { answerOf } from '../../app/failures';

const pieceLength = 1 << 20;

/** What `File` gives and tests can give too. */
export interface FileLike {
  readonly name: string;
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Uploads the whole file; `progress` hears a share from 0 to 1. */
export async function uploadFile(
  api: DeskApi,
  file: FileLike,
  progress: (share: number) => void,
): Promise<Attachment> {
  const { upload } = await answerOf(api.files.begin({ name: file.name, size: file.size }));
  for (let at = 0; at < file.size; at += pieceLength) {
    const piece = await file.slice(at, Math.min(file.size, at + pieceLength)).arrayBuffer();
    await answerOf(api.files.append({ upload, bytes: new Uint8Array(piece) }));
    progress(Math.min(1, (at + pieceLength) / file.size));
  }
  return await answerOf(api.files.finish({ upload }));
}

/** Uploads, then has the signatures of a PDF checked where main has not done so yet. */
export async function uploadChecked(
  api: DeskApi,
  file: FileLike,
  progress: (share: number) => void,
): Promise<Attachment> {
  const uploaded = await uploadFile(api, file, progress);
  if (uploaded.contentType !== 'application/pdf' || uploaded.verdict !== null) return uploaded;
  const checked = await answerOf(api.files.verify({ sha256: uploaded.sha256 }));
  return { ...uploaded, verdict: checked.verdict, verifiedAt: checked.at };
}
