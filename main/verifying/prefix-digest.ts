// Digests of what signatures of one file cover. They all begin with its first byte, so each takes up where an earlier one stood
// before its gap: a file is hashed once, however often it was signed. It judges nothing.
import { createHash, type Hash } from 'node:crypto';
import { type ByteSource, eachPiece } from '../../preload/contract/byte-source';

/** What a signature covers: from 0 to `gapStart` and from `gapEnd` to `end`, offsets in the file. */
export interface CoveredRange {
  readonly gapStart: number;
  readonly gapEnd: number;
  readonly end: number;
}

interface Standing {
  readonly offset: number;
  readonly hash: Hash;
}

export class PrefixDigests {
  /** By algorithm: the digest of everything up to the furthest gap so far. */
  readonly #standing = new Map<string, Standing>();

  constructor(
    readonly source: ByteSource,
    /** Shown every piece that is hashed. */
    readonly see: (piece: Uint8Array, offset: number) => void,
  ) {}

  /** The digest of a range by an algorithm as node:crypto names it. Throws RangeError outside the file. */
  of(algorithm: string, range: CoveredRange): Uint8Array {
    const known = this.#standing.get(algorithm);
    const from = known !== undefined && known.offset <= range.gapStart ? known : undefined;
    const hash = from?.hash.copy() ?? createHash(algorithm);
    const take = (piece: Uint8Array, offset: number): void => {
      hash.update(piece);
      this.see(piece, offset);
    };
    const start = from?.offset ?? 0;
    eachPiece(this.source, start, range.gapStart - start, take);
    if (known === undefined || known.offset < range.gapStart)
      this.#standing.set(algorithm, { offset: range.gapStart, hash: hash.copy() });
    eachPiece(this.source, range.gapEnd, range.end - range.gapEnd, take);
    return hash.digest();
  }
}
