// Answers a Range request for one sealed blob: a 206 of at most 1 MiB is the only success there is.
// It never serves a whole file and never says what a blob is.

export interface BlobReader {
  /** Size in bytes, or null when there is no such blob. */
  size(sha256: string): Promise<number | null>;
  /** Plain bytes [start, end). */
  read(sha256: string, start: number, end: number): Promise<Uint8Array>;
}

const largest = 1 << 20;
const base = {
  'content-type': 'application/octet-stream',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'access-control-allow-origin': 'app://desk',
  'access-control-expose-headers': 'content-range, content-length, accept-ranges',
  'cross-origin-resource-policy': 'cross-origin',
  'accept-ranges': 'bytes',
  'cache-control': 'no-store',
};

/** [start, end) of a single `bytes=a-b` or `bytes=a-` within `size`, cut to 1 MiB; null when it cannot be served. */
export function parseRange(header: string | null, size: number): readonly [number, number] | null {
  const match = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '');
  if (match === null) return null;
  const start = Number(match[1]);
  const last = match[2] === '' || match[2] === undefined ? size - 1 : Number(match[2]);
  if (start >= size || last < start) return null;
  return [start, Math.min(last + 1, size, start + largest)];
}

/** The whole answer to one request for a blob. */
export async function answerRange(blobs: BlobReader, name: string, range: string | null): Promise<Response> {
  if (!/^[0-9a-f]{64}$/.test(name)) return new Response(null, { status: 403, headers: base });
  const size = await blobs.size(name);
  if (size === null) return new Response(null, { status: 404, headers: base });
  const span = parseRange(range, size);
  if (span === null) {
    return new Response(null, { status: 416, headers: { ...base, 'content-range': `bytes */${size}` } });
  }
  const [start, end] = span;
  const bytes = await blobs.read(name, start, end);
  const headers = {
    ...base,
    'content-range': `bytes ${start}-${end - 1}/${size}`,
    'content-length': String(end - start),
  };
  return new Response(Buffer.from(bytes), { status: 206, headers });
}
