// Rewrites the journal's live lines into one new segment. The old segments go only after the new one is durable under its
// name; a crash at any moment leaves either all of them or the new one naming what it replaces.
import { open, rename } from 'node:fs/promises';
import { removeFile, syncFolder } from '../runtime/durable-file';
import { segmentPath, writeHead } from './files';
import { formatLine, hashOfLine, type SegmentHead, sealLine } from './line';
import type { Loaded } from './load';
import { isLive } from './memory';
import { readSegment } from './segment';

const flushAt = 1 << 20;

/** True when a rewrite pays: much is dead, or many starts left many small segments. Never for a damaged journal. */
export function shouldCompact(loaded: Loaded, deadBytes: number, mostSegments: number): boolean {
  const { memory, report, segments } = loaded;
  if (report.damage.length > 0 || memory.damages.length > 0 || segments.length < 2) return false;
  const muchDead = memory.deadBytes > deadBytes && memory.deadBytes * 2 > memory.liveBytes;
  return muchDead || segments.length > mostSegments;
}

/** Writes the compacted segment and deletes what it replaces; entries keep their sequence numbers. */
export async function compactJournal(
  folder: string,
  key: Uint8Array,
  loaded: Loaded,
  generation: string,
): Promise<void> {
  const segment = loaded.newest + 1;
  const path = segmentPath(folder, segment);
  const temporary = `${path}.part`;
  const head: SegmentHead = {
    type: 'segment',
    segment,
    generation,
    previous: null,
    replaces: [...loaded.segments],
  };
  const handle = await open(temporary, 'wx', 0o600);
  try {
    let waiting: Buffer[] = [Buffer.from(formatLine, 'latin1')];
    let bytes = 0;
    let previous = '';
    const push = async (seq: number, entry: { readonly type: string }) => {
      const line = sealLine(key, segment, seq, previous, entry);
      previous = hashOfLine(line.subarray(0, -1));
      waiting.push(line);
      bytes += line.length;
      if (bytes < flushAt) return;
      await handle.appendFile(Buffer.concat(waiting));
      waiting = [];
      bytes = 0;
    };
    // Sequence numbers of entries stay; the head takes one that no entry has.
    await push(loaded.highestSeq + 1, head);
    for (const old of loaded.segments) {
      const end = loaded.ends.get(old) ?? null;
      for await (const part of readSegment(segmentPath(folder, old), key, old, end)) {
        if (part.kind !== 'line' || !isLive(loaded.memory, part.line.entry, part.place)) continue;
        await push(part.place.seq, part.line.entry);
      }
    }
    await handle.appendFile(Buffer.concat(waiting));
    await handle.sync();
  } catch (error) {
    await handle.close();
    await removeFile(temporary);
    throw error;
  }
  await handle.close();
  await rename(temporary, path);
  await syncFolder(folder);
  await writeHead(folder, key, { generation, segment });
  for (const old of loaded.segments) await removeFile(segmentPath(folder, old));
  await syncFolder(folder);
}
