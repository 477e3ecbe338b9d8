// Brings a file of the clerk's own into the desk in pieces of at most 1 MiB, then has a PDF checked. It parses nothing.
import type { DeskApi } from '../../../preload/contract/desk-api';
import type { Attachment } from '../../../preload/contract/records';
import { valueOf } from '../../app/failures';

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
  const { upload } = await valueOf(api.files.begin({ name: file.name, size: file.size }));
  for (let at = 0; at < file.size; at += pieceLength) {
    const piece = await file.slice(at, Math.min(file.size, at + pieceLength)).arrayBuffer();
    await valueOf(api.files.append({ upload, bytes: new Uint8Array(piece) }));
    progress(Math.min(1, (at + pieceLength) / file.size));
  }
  return await valueOf(api.files.finish({ upload }));
}

/** An uploaded file and, for a PDF, the verdict on its signatures and its number of pages. */
export interface CheckedFile {
  readonly file: Attachment;
  readonly pages: number;
}

/** Uploads, then checks the signatures of a PDF. */
export async function uploadChecked(
  api: DeskApi,
  file: FileLike,
  progress: (share: number) => void,
): Promise<CheckedFile> {
  const uploaded = await uploadFile(api, file, progress);
  if (uploaded.contentType !== 'application/pdf') return { file: uploaded, pages: 0 };
  const checked = await valueOf(api.files.verify({ sha256: uploaded.sha256 }));
  return { file: { ...uploaded, verdict: checked.verdict, verifiedAt: checked.at }, pages: checked.pages };
}
