// Reads one segment of the journal from its start to its end and says what is whole, torn or damaged. It writes nothing.
import { type FileHandle, open } from 'node:fs/promises';
import { Failure } from '../../preload/contract/failure';
import {
  formatLine,
  hashOfLine,
  looksTorn,
  type OpenedLine,
  openLine,
  type SegmentHead,
  segmentHead,
} from './line';

/** Where a line lies: offset and length in bytes, newline not counted. */
export interface Place {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
  readonly seq: number;
}

export type SegmentPart =
  | { readonly kind: 'line'; readonly line: OpenedLine; readonly place: Place; readonly hash: string }
  /** Bytes at the end that a stopped write left: never acknowledged. */
  | { readonly kind: 'torn'; readonly offset: number; readonly bytes: number }
  | { readonly kind: 'damaged'; readonly offset: number };

interface PhysicalLine {
  readonly bytes: Buffer;
  readonly offset: number;
  /** False for bytes behind the last newline. */
  readonly ended: boolean;
}

async function* physicalLines(handle: FileHandle): AsyncGenerator<PhysicalLine> {
  let carried = Buffer.alloc(0);
  let start = 0;
  let position = 0;
  const piece = Buffer.alloc(1 << 20);
  for (;;) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    const bytes = Buffer.concat([carried, piece.subarray(0, bytesRead)]);
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      yield { bytes: bytes.subarray(from, end), offset: start + from, ended: true };
      from = end + 1;
    }
    carried = Buffer.from(bytes.subarray(from));
    start += from;
  }
  if (carried.length > 0) yield { bytes: carried, offset: start, ended: false };
}

async function withFile<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r');
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

/** The first line of a segment, or null when it is damaged. Throws Failure `journal-from-the-future`. */
export function readSegmentHead(path: string, key: Uint8Array, segment: number): Promise<SegmentHead | null> {
  return withFile(path, async (handle) => {
    let first = true;
    for await (const { bytes } of physicalLines(handle)) {
      if (!first) {
        const opened = openLine(key, segment, bytes);
        const parsed = segmentHead.safeParse(opened?.entry);
        return parsed.success && parsed.data.segment === segment ? parsed.data : null;
      }
      first = false;
      const text = `${bytes.toString('latin1')}\n`;
      const version = /^van-thu-journal (\d{1,6})\n$/.exec(text)?.[1];
      if (version !== undefined && Number(version) > 1) throw new Failure('journal-from-the-future', version);
      if (text !== formatLine) return null;
    }
    return null;
  });
}

/**
 * Every line of a segment in order, its head included; chain breaks come out as `damaged`. With `end`, lines after that
 * line are passed over: a failed fsync left them, and the caller was told so.
 */
export async function* readSegment(
  path: string,
  key: Uint8Array,
  segment: number,
  end: { readonly seq: number; readonly hash: string } | null,
): AsyncGenerator<SegmentPart> {
  const handle = await open(path, 'r');
  try {
    let previous: string | null = null;
    // Bad lines wait: whether they are a torn end or damage is known when something whole follows, or nothing does.
    let bad = null as { offset: number; bytes: number; torn: boolean } | null;
    for await (const { bytes, offset, ended } of physicalLines(handle)) {
      if (offset === 0) continue;
      const line = ended ? openLine(key, segment, bytes) : null;
      if (line === null) {
        const torn: boolean = (bad === null || bad.torn) && looksTorn(bytes, ended);
        bad = { offset: bad?.offset ?? offset, bytes: (bad?.bytes ?? 0) + bytes.length, torn };
        continue;
      }
      if (bad !== null) yield { kind: 'damaged', offset: bad.offset };
      else if (previous !== null && line.previous !== previous) yield { kind: 'damaged', offset };
      bad = null;
      const hash = hashOfLine(bytes);
      previous = hash;
      yield { kind: 'line', line, place: { segment, offset, length: bytes.length, seq: line.seq }, hash };
      if (end !== null && end.seq === line.seq && end.hash === hash) return;
    }
    if (bad !== null) {
      yield bad.torn
        ? { kind: 'torn', offset: bad.offset, bytes: bad.bytes }
        : { kind: 'damaged', offset: bad.offset };
    }
    // What the next segment says was acknowledged here did not turn up.
    if (end !== null) yield { kind: 'damaged', offset: -1 };
  } finally {
    await handle.close();
  }
}

/** Reads single lines again from where they lie; keeps the file of the last one open until `close`. */
export interface PlaceReader {
  /** Throws Failure `journal-damaged`. */
  read(place: Place): Promise<OpenedLine>;
  close(): Promise<void>;
}

export function createPlaceReader(pathOf: (segment: number) => string, key: Uint8Array): PlaceReader {
  let current: { readonly segment: number; readonly handle: FileHandle } | null = null;
  async function close(): Promise<void> {
    const closing = current;
    current = null;
    await closing?.handle.close();
  }
  return {
    async read(place) {
      if (current?.segment !== place.segment) {
        await close();
        current = { segment: place.segment, handle: await open(pathOf(place.segment), 'r') };
      }
      const bytes = Buffer.alloc(place.length);
      const { bytesRead } = await current.handle.read(bytes, 0, place.length, place.offset);
      const line = bytesRead === place.length ? openLine(key, place.segment, bytes) : null;
      if (line === null || line.seq !== place.seq) throw new Failure('journal-damaged', `line ${place.seq}`);
      return line;
    },
    close,
  };
}
