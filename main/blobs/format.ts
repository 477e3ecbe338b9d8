// The form of a sealed file: header, 64 KiB chunks, sealed description, length. Pure; it opens no file.
//
//   "VANTHUB" version(1) | salt(16) | chunk 0 | ... | chunk n-1 | sealed description | its length (4, big endian)
//
// Each chunk is AES-256-GCM under a key made for this file alone (HKDF of the room key and the salt), so the nonce may
// be a counter. Nonce and authenticated data hold domain, index and, for the last chunk, the count: a chunk can be
// neither reordered, dropped, repeated nor moved, and the end cannot be cut. 64 KiB is the range pdf.js asks for.
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { z } from 'zod';

export const chunkSize = 65_536;
export const tagSize = 16;
export const saltSize = 16;
export const formatVersion = 1;
const magic = Buffer.from('VANTHUB', 'latin1');
export const headerSize = magic.length + 1 + saltSize;
export const lengthSize = 4;
export const largestDescription = 65_536;

/** What the file says of itself, sealed: who reads the disk learns its size and nothing else. */
export const description = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z
    .number()
    .int()
    .min(0)
    .max(2 ** 45),
  /** What it is to us: package, attachment, draft, signed... */
  kind: z.string().max(40),
  /** The hub's or the desk's name of its document, or empty. */
  docId: z.string().max(200),
  name: z.string().max(600),
});
export type Description = z.infer<typeof description>;

export function fileKeyOf(roomKey: Uint8Array, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', roomKey, salt, 'van-thu|blob-file|1', 32));
}

export function headerOf(salt: Uint8Array): Uint8Array {
  return Buffer.concat([magic, Uint8Array.of(formatVersion), salt]);
}

/** The salt, or why the header is not ours. */
export function readHeader(
  header: Uint8Array,
):
  | { readonly kind: 'salt'; readonly salt: Uint8Array }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'newer' } {
  if (header.length < headerSize || !magic.equals(header.subarray(0, magic.length)))
    return { kind: 'damaged' };
  const version = header[magic.length] ?? 0;
  if (version > formatVersion) return { kind: 'newer' };
  if (version !== formatVersion) return { kind: 'damaged' };
  return { kind: 'salt', salt: header.slice(magic.length + 1, headerSize) };
}

/** How many chunks hold `size` bytes; an empty file has one empty chunk, so that its end is sealed too. */
export function chunkCount(size: number): number {
  return Math.max(1, Math.ceil(size / chunkSize));
}

/** Bytes of all sealed chunks of a file of `size` plain bytes. */
export function bodySize(size: number): number {
  return size + chunkCount(size) * tagSize;
}

const domains = { chunk: 1, description: 2 } as const;

function nonceOf(domain: keyof typeof domains, index: number, last: boolean): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce[0] = domains[domain];
  nonce.writeBigUInt64BE(BigInt(index), 3);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function contextOf(domain: keyof typeof domains, index: number, count: number | null): Buffer {
  return Buffer.from(`van-thu-blob|${formatVersion}|${domain}|${index}|${count ?? '-'}`, 'latin1');
}

function encrypt(key: Uint8Array, nonce: Uint8Array, context: Buffer, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(context);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, nonce: Uint8Array, context: Buffer, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < tagSize) return null;
  const end = sealed.length - tagSize;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagSize });
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(0, end));
  try {
    decipher.final();
    return plain;
  } catch {
    // GCM gives one error for every kind of change; the caller names the file as damaged.
    return null;
  }
}

/** Seals chunk `index`; `count` is given for the last chunk and null for all before it. */
export function sealChunk(
  key: Uint8Array,
  index: number,
  count: number | null,
  plain: Uint8Array,
): Uint8Array {
  return encrypt(key, nonceOf('chunk', index, count !== null), contextOf('chunk', index, count), plain);
}

/** The plain bytes of chunk `index`, or null when they are not what was sealed there. */
export function openChunk(
  key: Uint8Array,
  index: number,
  count: number | null,
  sealed: Uint8Array,
): Uint8Array | null {
  return decrypt(key, nonceOf('chunk', index, count !== null), contextOf('chunk', index, count), sealed);
}

/** The end of a file: sealed description and its length. */
export function sealDescription(key: Uint8Array, value: Description): Uint8Array {
  const count = chunkCount(value.size);
  const sealed = encrypt(
    key,
    nonceOf('description', 0, true),
    contextOf('description', 0, count),
    Buffer.from(JSON.stringify(value), 'utf8'),
  );
  const length = Buffer.alloc(lengthSize);
  length.writeUInt32BE(sealed.length);
  return Buffer.concat([sealed, length]);
}

/** The description sealed for a file whose chunks take `body` bytes, or null when it is damaged or tells another size. */
export function openDescription(key: Uint8Array, sealed: Uint8Array, body: number): Description | null {
  const count = Math.max(1, Math.ceil(body / (chunkSize + tagSize)));
  const plain = decrypt(key, nonceOf('description', 0, true), contextOf('description', 0, count), sealed);
  if (plain === null) return null;
  const parsed = description.safeParse(jsonOrNull(Buffer.from(plain).toString('utf8')));
  return parsed.success && bodySize(parsed.data.size) === body ? parsed.data : null;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A host may have sealed anything with the key of its ticket: not a description, so null.
    return null;
  }
}
