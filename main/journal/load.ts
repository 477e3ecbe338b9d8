// Reads the whole journal at start into memory and says how it was found. It repairs nothing and deletes only what a
// finished compaction replaced.
import { diskFailure } from '../runtime/disk-failure';
import { removeFile, syncFolder } from '../runtime/durable-file';
import { listSegments, readHead, segmentPath } from './files';
import type { SegmentHead } from './line';
import { emptyMemory, type Memory, remember } from './memory';
import { readSegment, readSegmentHead } from './segment';

export interface JournalReport {
  /** Bytes at the end that a stopped write left; none of them was ever acknowledged. */
  readonly tornBytes: number;
  /** Where something was changed, deleted or exchanged. Everything that could be read is used. */
  readonly damage: readonly string[];
  /** Entries of a newer version: kept, not understood. */
  readonly deferred: number;
  readonly segments: number;
}

export interface LineName {
  readonly seq: number;
  readonly hash: string;
}

/** The last acknowledged line: the next segment is chained to it. */
export interface LastLine extends LineName {
  readonly segment: number;
}

export interface Loaded {
  readonly memory: Memory;
  readonly report: JournalReport;
  readonly generation: string | null;
  readonly segments: readonly number[];
  /** Where each segment ends by the word of the next one. */
  readonly ends: ReadonlyMap<number, LineName>;
  readonly last: LastLine | null;
  readonly highestSeq: number;
  /** Newest segment number ever used here. */
  readonly newest: number;
}

/** Throws Failure `journal-from-the-future`, `disk-error`, `store-unwritable`. */
export async function loadJournal(folder: string, key: Uint8Array): Promise<Loaded> {
  try {
    return await load(folder, key);
  } catch (error) {
    throw diskFailure(error);
  }
}

async function load(folder: string, key: Uint8Array): Promise<Loaded> {
  const damage: string[] = [];
  const heads = new Map<number, SegmentHead | null>();
  for (const segment of await listSegments(folder)) {
    heads.set(segment, await readSegmentHead(segmentPath(folder, segment), key, segment));
  }
  const replaced = new Set([...heads.values()].flatMap((head) => head?.replaces ?? []));
  for (const segment of replaced) {
    if (heads.delete(segment)) await removeFile(segmentPath(folder, segment));
  }
  if (replaced.size > 0) await syncFolder(folder);
  const segments = [...heads.keys()];
  const newest = Math.max(0, ...segments);
  const generation = [...heads.values()].find((head) => head !== null)?.generation ?? null;

  const head = await readHead(folder, key);
  if (head === 'damaged') damage.push('head');
  else if (head !== 'missing' && head.segment > newest) damage.push(`segments after ${newest} missing`);

  const memory = emptyMemory();
  const ends = new Map<number, LineName>();
  let tornBytes = 0;
  let lines = 0;
  let last: LastLine | null = null;
  let highestSeq = 0;
  for (const [at, segment] of segments.entries()) {
    const own = heads.get(segment) ?? null;
    if (own === null) damage.push(`head of segment ${segment}`);
    else if (own.generation !== generation) damage.push(`generation of segment ${segment}`);
    const before = own?.previous?.segment;
    if (before !== undefined && !heads.has(before) && !replaced.has(before)) {
      damage.push(`segment ${before} missing`);
    }
    const next = segments[at + 1];
    const claimed = next === undefined ? null : (heads.get(next)?.previous ?? null);
    const end = claimed?.segment === segment ? claimed : null;
    if (end !== null) ends.set(segment, end);
    for await (const part of readSegment(segmentPath(folder, segment), key, segment, end)) {
      if (part.kind === 'damaged') damage.push(`segment ${segment} at ${part.offset}`);
      else if (part.kind === 'torn') tornBytes += part.bytes;
      else {
        lines += 1;
        highestSeq = Math.max(highestSeq, part.place.seq);
        last = { segment, seq: part.place.seq, hash: part.hash };
        remember(memory, part.line.entry, part.place);
      }
    }
  }
  // Only the very first segment exists for a moment before the head does, and nothing is written to it in that moment.
  const isFirstMoment = segments.length === 0 || (newest === 1 && segments.length === 1 && lines <= 1);
  if (head === 'missing' && !isFirstMoment) damage.push('head missing');
  const report = { tornBytes, damage, deferred: memory.deferred.length, segments: segments.length };
  return {
    memory,
    report,
    generation: generation ?? (typeof head === 'object' ? head.generation : null),
    segments,
    ends,
    last,
    highestSeq,
    newest: Math.max(newest, typeof head === 'object' ? head.segment : 0),
  };
}
