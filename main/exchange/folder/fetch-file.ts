// Reads one file of the exchange folder into a sink and proves that it is the one that was listed. It moves nothing.
import { createHash } from 'node:crypto';
import type { FetchedPackage, HubAnswer, PackageSink } from '../hub';
import { pieceBytes } from '../package-body';
import type { Disk, ReadHandle } from './disk';
import { systemCode } from './disk-answers';
import type { InboxFile } from './inbox';

type Cut = Extract<HubAnswer<never>, { readonly kind: 'unknown' }>;

function unknown(reason: Cut['reason'], detail: string): Cut {
  return { kind: 'unknown', reason, detail, retryAfterSeconds: null };
}

/** `unknown` when the stick is pulled on the way or the file is another one by now; then the sink's bytes count for nothing. */
export async function fetchFile(
  disk: Disk,
  path: string,
  file: InboxFile,
  sink: PackageSink,
  maxPackageBytes: number,
  signal: AbortSignal | undefined,
): Promise<HubAnswer<FetchedPackage>> {
  if (file.size > maxPackageBytes) return unknown('too-large', `${file.size} bytes`);
  const handle = await disk.openRead(path);
  try {
    return await copy(handle, file, sink, signal);
  } finally {
    // What was read is judged by its hash; closing a handle of a stick that is gone may fail.
    await handle.close().catch((error: unknown) => {
      if (systemCode(error) === '') throw error;
    });
  }
}

async function readPiece(handle: ReadHandle, offset: number): Promise<Uint8Array | Cut> {
  try {
    return await handle.read(offset, pieceBytes);
  } catch (error) {
    if (systemCode(error) === '') throw error;
    return unknown('cut', systemCode(error));
  }
}

async function copy(
  handle: ReadHandle,
  file: InboxFile,
  sink: PackageSink,
  signal: AbortSignal | undefined,
): Promise<HubAnswer<FetchedPackage>> {
  const hash = createHash('sha256');
  let size = 0;
  while (size <= file.size) {
    if (signal?.aborted === true) return unknown('cancelled', 'cancelled');
    const piece = await readPiece(handle, size);
    if (!(piece instanceof Uint8Array)) return piece;
    if (piece.length === 0) break;
    hash.update(piece);
    size += piece.length;
    await sink.write(piece);
  }
  const sha256 = hash.digest('hex');
  if (sha256 !== file.sha256) return unknown('garbled', 'the file changed while it was read');
  return { kind: 'ok', value: { sha256, size } };
}
