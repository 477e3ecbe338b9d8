// What the jobs of the reading host share: the file they are given, and main's network. It knows no job by name.
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import { openSealed } from '../blobs/host-files';
import { openFileSource } from '../runtime/file-source';
import type { Fetcher } from '../verifying';
import type { AskMain } from './host-core';
import type { AnyFileAccess, JobAnswer, JobName } from './protocol';
import { recentFile } from './recent-files';

export type Job<N extends JobName> = (input: unknown, ask: AskMain) => Promise<JobAnswer<N>>;

/** The file, closed again whatever happens. */
export async function withFile<T>(
  { path, fileKey }: AnyFileAccess,
  use: (source: ByteSource) => Promise<T> | T,
): Promise<T> {
  const recent = fileKey === null ? null : recentFile(fileKey);
  if (recent !== null) return use(recent);
  const source = fileKey === null ? openFileSource(path) : openSealed({ path, fileKey });
  try {
    return await use(source);
  } finally {
    source.close();
  }
}

/** Main fetches; what comes back is bytes to be judged here. */
export function fetcherThrough(ask: AskMain): Fetcher {
  return async ({ url, body, contentType, accept, maxBytes }) => {
    const answer = await ask({
      what: 'fetch',
      url,
      body: body ?? null,
      contentType: contentType ?? null,
      accept,
      maxBytes,
    });
    if (!(answer instanceof Uint8Array)) throw new Failure('internal', 'fetch gave no bytes');
    return answer;
  };
}
