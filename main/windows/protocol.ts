// Serves our own pages at app://desk, app://pin, app://unlock and sealed blobs by range at app://blob.
// It reads files below one folder and blobs by name, and answers nothing else.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from 'electron';
import { assetPath, assetType } from '../security/asset-path';
import { freshNonce, pageHeaders } from '../security/content-policy';
import { type PageHost, pageHostOf, scheme } from '../security/origin';
import { answerRange, type BlobReader } from './blob-range';

export interface PageRoots {
  /** The folder with index.html of the desk, and pin/ and unlock/ below it. */
  readonly renderer: string;
}

function rootOf(roots: PageRoots, host: PageHost): string {
  return host === 'desk' ? roots.renderer : join(roots.renderer, host);
}

async function answerAsset(roots: PageRoots, host: PageHost, pathname: string): Promise<Response> {
  const path = assetPath(rootOf(roots, host), pathname);
  if (path === null) return new Response(null, { status: 403 });
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch {
    return new Response(null, { status: 404 });
  }
  const nonce = freshNonce();
  const type = assetType(path);
  if (type.startsWith('text/html')) {
    bytes = Buffer.from(Buffer.from(bytes).toString('utf8').replaceAll('__STYLE_NONCE__', nonce));
  }
  return new Response(Buffer.from(bytes), { status: 200, headers: pageHeaders(host, type, nonce) });
}

/** Registers app:// on a session. `blobs` is given for the document window's session only. */
export function serveApp(
  session: Session,
  roots: PageRoots,
  allowed: PageHost,
  blobs: BlobReader | null,
): void {
  session.protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    if (url.host === 'blob') {
      if (blobs === null) return new Response(null, { status: 403 });
      const ranges = url.searchParams.get('ranges');
      return answerRange(blobs, url.pathname.slice(1), request.headers.get('range'), ranges);
    }
    const host = pageHostOf(request.url);
    if (host !== allowed || request.method !== 'GET') return new Response(null, { status: 403 });
    return answerAsset(roots, host, url.pathname);
  });
}
