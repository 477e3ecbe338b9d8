// A writer that holds what is small until its end and stores it in one go; what grows larger streams to the disk from then on.
import { assert } from '../../preload/contract/failure';
import type { About, SealedWriter, Written } from './sealed-writer';

/** What is given to `write` is the writer's from then on. */
export interface StoreWriter extends SealedWriter {
  /** After `finish`: all its bytes, where they were held; else null. */
  plain(): Uint8Array | null;
}

export interface GatheringParts {
  readonly about: About;
  /** Bytes up to which everything is held. */
  readonly most: number;
  /** Begins the file that streams. */
  readonly begin: () => Promise<SealedWriter>;
  /** Stores bytes that are nobody else's, and gives them back. */
  readonly take: (about: About, bytes: Uint8Array) => Promise<Written & { readonly bytes: Uint8Array }>;
}

//  held ──larger than `most`──▶ streaming        held, streaming ──finish, abort──▶ done
type State =
  | { readonly kind: 'held'; readonly pieces: Uint8Array[] }
  | { readonly kind: 'streaming'; readonly writer: SealedWriter }
  | { readonly kind: 'done'; readonly plain: Uint8Array | null };

export function gatheringWriter({ about, most, begin, take }: GatheringParts): StoreWriter {
  let state: State = { kind: 'held', pieces: [] };
  let size = 0;

  async function stream(pieces: readonly Uint8Array[]): Promise<void> {
    state = { kind: 'done', plain: null };
    const writer = await begin();
    state = { kind: 'streaming', writer };
    for (const piece of pieces) await writer.write(piece);
  }

  return {
    async write(bytes) {
      assert(state.kind !== 'done', 'nothing is written behind the end');
      if (state.kind === 'streaming') return state.writer.write(bytes);
      size += bytes.length;
      state.pieces.push(bytes);
      if (size > most) await stream(state.pieces);
    },
    async finish(known = about) {
      assert(state.kind !== 'done', 'it ends once');
      if (state.kind === 'streaming') {
        const { writer } = state;
        state = { kind: 'done', plain: null };
        return writer.finish(known);
      }
      const whole = Buffer.concat(state.pieces);
      state = { kind: 'done', plain: null };
      const { bytes, ...written } = await take(known, whole);
      state = { kind: 'done', plain: bytes };
      return written;
    },
    async abort() {
      const before = state;
      state = { kind: 'done', plain: null };
      if (before.kind === 'streaming') await before.writer.abort();
    },
    plain: () => (state.kind === 'done' ? state.plain : null),
  };
}
