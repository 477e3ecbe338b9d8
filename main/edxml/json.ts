// Packages to and from the JSON of the command line: the schema's words on bad input, and where attachments' bytes lie.
import { createHash } from 'node:crypto';
import type { ByteSource } from '../../preload/contract/byte-source';
import {
  type Attachment,
  type AttachmentJson,
  type EdxmlPackage,
  type GivenBytes,
  type PackageJson,
  packageJson,
} from '../../preload/contract/edxml';
import { Failure } from '../../preload/contract/failure';
import { Base64Decoder } from './base64';
import type { AttachmentContent } from './writer';

/** Parses a package's JSON text. Throws Failure `edxml-model` naming the first field that does not fit. */
export function parsePackageJson(text: string): PackageJson {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Failure('edxml-model', 'not JSON', { cause: error });
  }
  const parsed = packageJson.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const keys = issue !== undefined && 'keys' in issue ? ` ${String(issue.keys)}` : '';
  throw new Failure('edxml-model', `${issue?.path.join('.') ?? ''}: ${issue?.code ?? ''}${keys}`);
}

/** A package with Base64 in place of bytes. */
export function inlineJson(one: EdxmlPackage<Uint8Array>): PackageJson {
  return withBodies(one, ({ bytes, ...meta }) => ({
    ...meta,
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64'),
  }));
}

/** A package with its attachments turned into others. */
export function withBodies<From, To>(
  one: EdxmlPackage<From>,
  turn: (attachment: Attachment<From>) => Attachment<To>,
): EdxmlPackage<To> {
  const attachments = one.attachments.map(turn);
  return one.kind === 'edoc' ? { ...one, attachments } : { ...one, attachments };
}

const pieceBytes = 1 << 18;

function* inlineContent(base64: string): Generator<Uint8Array> {
  const decoder = new Base64Decoder();
  for (let offset = 0; offset < base64.length; offset += pieceBytes) {
    yield decoder.decode(Buffer.from(base64.slice(offset, offset + pieceBytes), 'utf8'));
  }
  yield decoder.finish();
}

function* storedContent(stored: GivenBytes, open: (path: string) => ByteSource & { close(): void }) {
  const source = open(stored.path);
  try {
    if (stored.size !== undefined && source.size !== stored.size)
      throw new Failure('edxml-attachment-changed', 'size');
    const hash = createHash('sha256');
    for (let offset = 0; offset < source.size; offset += pieceBytes) {
      const bytes = source.read(offset, Math.min(pieceBytes, source.size - offset));
      hash.update(bytes);
      yield bytes;
    }
    const sha256 = hash.digest('hex');
    if (stored.sha256 !== undefined && sha256 !== stored.sha256)
      throw new Failure('edxml-attachment-changed', 'sha256');
  } finally {
    source.close();
  }
}

/**
 * The bytes of an attachment in JSON, read when they are asked for. A file that is not the recorded one ends in Failure
 * `edxml-attachment-changed`, bad Base64 in `edxml-base64`.
 */
export function contentOf(
  attachment: AttachmentJson,
  open: (path: string) => ByteSource & { close(): void },
): AttachmentContent {
  return typeof attachment.bytes === 'string'
    ? inlineContent(attachment.bytes)
    : storedContent(attachment.bytes, open);
}
