// Turns the path of an app:// address into a file below one folder, or refuses. Pure but for the platform's separator.
import { isAbsolute, join, relative, resolve } from 'node:path';

/** Characters an own asset's name may have; everything else (%, \, :, NUL, spaces) is refused outright. */
const plainSegment = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,120}$/;

/**
 * The file of `pathname` (as sent, still percent-encoded) below `root`, or null. Refuses dot segments in any
 * spelling, backslashes, drive letters, NUL, empty segments and names that are too long.
 */
export function assetPath(root: string, pathname: string): string | null {
  if (!pathname.startsWith('/') || pathname.length > 500) return null;
  const segments = pathname.slice(1).split('/');
  if (!segments.every((segment) => plainSegment.test(segment))) return null;
  const file = resolve(join(root, ...segments));
  const inside = relative(resolve(root), file);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return null;
  return file;
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
  png: 'image/png',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  json: 'application/json',
  bcmap: 'application/octet-stream',
  pfb: 'application/octet-stream',
  ttf: 'font/ttf',
  icc: 'application/octet-stream',
};

/** The content type of an own asset by its extension; unknown ones are bytes. */
export function assetType(path: string): string {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return types[extension] ?? 'application/octet-stream';
}
