// A frozen package as the body of an upload: read once in pieces, hashed on the way, and its last piece held back until
// the hash is the promised one, so a package that changed can never arrive whole. It knows no header.
import { createHash } from 'node:crypto';
import type { ByteSource } from '../../preload/contract/byte-source';
import type { TransportBody } from './transport';

export const pieceBytes = 256 * 1024;

/** Thrown while the body is produced. */
export class PackageChanged extends Error {
  override readonly name = 'PackageChanged';
}

/** Lower-case hex SHA-256 of a package, read in pieces. */
export function packageSha256(source: ByteSource): string {
  const hash = createHash('sha256');
  for (let offset = 0; offset < source.size; offset += pieceBytes) {
    hash.update(source.read(offset, Math.min(pieceBytes, source.size - offset)));
  }
  return hash.digest('hex');
}

const crlf = Buffer.from('\r\n');

/** The package in pieces; the last one comes only when all of them have the promised hash. Throws PackageChanged. */
export function* checkedPieces(source: ByteSource, sha256: string): Generator<Uint8Array> {
  const hash = createHash('sha256');
  for (let offset = 0; offset < source.size; offset += pieceBytes) {
    const piece = read(source, offset, Math.min(pieceBytes, source.size - offset));
    hash.update(piece);
    const isLast = offset + piece.length >= source.size;
    if (isLast && hash.digest('hex') !== sha256) throw new PackageChanged('its SHA-256 is another one');
    yield piece;
  }
}

/** The package and the CRLF that the axis wants after it. */
export function packageBody(source: ByteSource, sha256: string): TransportBody {
  return {
    size: source.size + crlf.length,
    *pieces() {
      yield* checkedPieces(source, sha256);
      yield crlf;
    },
  };
}

function read(source: ByteSource, offset: number, length: number): Uint8Array {
  try {
    return source.read(offset, length);
  } catch (error) {
    throw new PackageChanged(error instanceof Error ? error.message : String(error));
  }
}
