// Answers requests for ranges of one sealed blob, one or several one after another: a 206 of at most 1 MiB is the only success.
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

/** [start, end) of each in `a-b,c-d` within `size`, at most eight with 1 MiB in all; null when they cannot be served. */
export function parseRanges(list: string, size: number): (readonly [number, number])[] | null {
  if (!/^\d{1,15}-\d{1,15}(?:,\d{1,15}-\d{1,15}){0,7}$/.test(list)) return null;
  const spans = list.split(',').map((one) => {
    const [start = 0, last = 0] = one.split('-').map(Number);
    return [start, last + 1] as const;
  });
  if (spans.some(([start, end]) => end <= start || end > size)) return null;
  return spans.reduce((sum, [start, end]) => sum + end - start, 0) > largest ? null : spans;
}

function wrongRange(size: number): Response {
  return new Response(null, { status: 416, headers: { ...base, 'content-range': `bytes */${size}` } });
}

async function answerRanges(blobs: BlobReader, name: string, size: number, list: string): Promise<Response> {
  const spans = parseRanges(list, size);
  if (spans === null) return wrongRange(size);
  const parts: Uint8Array[] = [];
  for (const [start, end] of spans) parts.push(await blobs.read(name, start, end));
  const bytes = Buffer.concat(parts);
  return new Response(bytes, { status: 206, headers: { ...base, 'content-length': String(bytes.length) } });
}

/** The whole answer to one request for a blob: `range` is its header, `ranges` what its address asks for instead. */
export async function answerRange(
  blobs: BlobReader,
  name: string,
  range: string | null,
  ranges: string | null = null,
): Promise<Response> {
  if (!/^[0-9a-f]{64}$/.test(name)) return new Response(null, { status: 403, headers: base });
  const size = await blobs.size(name);
  if (size === null) return new Response(null, { status: 404, headers: base });
  if (ranges !== null) return answerRanges(blobs, name, size, ranges);
  const span = parseRange(range, size);
  if (span === null) return wrongRange(size);
  const [start, end] = span;
  const bytes = await blobs.read(name, start, end);
  const headers = {
    ...base,
    'content-range': `bytes ${start}-${end - 1}/${size}`,
    'content-length': String(end - start),
  };
  return new Response(Buffer.from(bytes), { status: 206, headers });
}
