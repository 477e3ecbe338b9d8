// Appends lines durably: whoever waits at the same time shares one write and one fsync. What failed is cut off again, and
// nothing is acknowledged that is not on the disk. It understands no entry.
import { type FileHandle, open } from 'node:fs/promises';
import { assert, Failure } from '../../preload/contract/failure';
import { diskFailure } from '../runtime/disk-failure';
import { type OpenFile, publishFile, removeFile } from '../runtime/durable-file';
import { segmentPath, writeHead } from './files';
import { formatLine, hashOfLine, type SegmentHead, sealLine } from './line';
import type { LastLine } from './load';
import type { Place } from './segment';

export interface AppenderOptions {
  readonly folder: string;
  readonly key: Uint8Array;
  readonly generation: string;
  readonly last: LastLine | null;
  readonly nextSeq: number;
  readonly nextSegment: number;
  /** A segment larger than this is closed and a new one begun. */
  readonly segmentBytes: number;
  readonly openFile?: OpenFile;
  /** Called for each acknowledged line, before its writer is told. */
  readonly acknowledged: (entry: { readonly type: string }, place: Place) => void;
}

export interface Appender {
  /** Sequence number of the last entry, once all are durable. Throws `disk-full`, `store-unwritable`, `disk-error`. */
  append(entries: readonly { readonly type: string }[]): Promise<number>;
  /** Waits for what was begun, then closes the file. */
  close(): Promise<void>;
}

interface Waiting {
  readonly entries: readonly { readonly type: string }[];
  readonly resolve: (seq: number) => void;
  readonly reject: (error: unknown) => void;
}

interface OpenSegment {
  readonly number: number;
  readonly handle: FileHandle;
  size: number;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

export function createAppender(options: AppenderOptions): Appender {
  const { folder, key, generation } = options;
  const openFile = options.openFile ?? open;
  let { last, nextSeq, nextSegment } = options;
  let current: OpenSegment | null = null;
  let waiting: Waiting[] = [];
  let working: Promise<void> | null = null;
  let closed = false;

  async function begin(): Promise<OpenSegment> {
    const number = nextSegment;
    // A number is used once even when its file could not be made: a half-made one may still lie there.
    nextSegment += 1;
    const path = segmentPath(folder, number);
    // It gets its name with its head whole: a kill in between leaves a part, which the next start removes, and no damage.
    const temporary = `${path}.part`;
    const head: SegmentHead = { type: 'segment', segment: number, generation, previous: last, replaces: [] };
    const line = sealLine(key, number, nextSeq, last?.hash ?? '', head);
    const handle = await openFile(temporary, 'wx', 0o600);
    try {
      const bytes = Buffer.concat([Buffer.from(formatLine, 'latin1'), line]);
      await writeAll(handle, bytes, 0);
      await handle.sync();
      await publishFile(temporary, path);
      await writeHead(folder, key, { generation, segment: number });
      last = { segment: number, seq: nextSeq, hash: hashOfLine(line.subarray(0, -1)) };
      nextSeq += 1;
      return { number, handle, size: bytes.length };
    } catch (error) {
      await handle.close();
      await removeFile(temporary);
      await removeFile(path);
      throw error;
    }
  }

  /** Takes back a failed write. When that fails too, the segment is left as it is and never written again. */
  async function takeBack(segment: OpenSegment): Promise<void> {
    current = null;
    try {
      await segment.handle.truncate(segment.size);
      await segment.handle.sync();
      current = segment;
    } catch {
      // The next segment names the last acknowledged line, so the rest of this one is passed over when it is read.
      await Promise.allSettled([segment.handle.close()]);
    }
  }

  async function write(group: readonly Waiting[]): Promise<void> {
    if (current !== null && current.size >= options.segmentBytes) {
      const full = current;
      current = null;
      await full.handle.close();
    }
    current ??= await begin();
    const segment = current;
    const start = last;
    const firstSeq = nextSeq;
    const lines: { bytes: Buffer; entry: { readonly type: string }; place: Place }[] = [];
    let size = segment.size;
    for (const entry of group.flatMap((one) => one.entries)) {
      const bytes = sealLine(key, segment.number, nextSeq, last?.hash ?? '', entry);
      const place = { segment: segment.number, offset: size, length: bytes.length - 1, seq: nextSeq };
      lines.push({ bytes, entry, place });
      last = { segment: segment.number, seq: nextSeq, hash: hashOfLine(bytes.subarray(0, -1)) };
      nextSeq += 1;
      size += bytes.length;
    }
    try {
      await writeAll(segment.handle, Buffer.concat(lines.map((one) => one.bytes)), segment.size);
      await segment.handle.datasync();
    } catch (error) {
      last = start;
      nextSeq = firstSeq;
      await takeBack(segment);
      throw error;
    }
    segment.size = size;
    for (const one of lines) options.acknowledged(one.entry, one.place);
    let seq = firstSeq - 1;
    for (const one of group) {
      seq += one.entries.length;
      one.resolve(seq);
    }
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await write(group);
      } catch (error) {
        for (const one of group) one.reject(diskFailure(error));
      }
    }
    working = null;
  }

  return {
    append(entries) {
      assert(entries.length > 0, 'something is appended');
      // What was under way when the desk closed: a package that came, an answer of the hub.
      if (closed) return Promise.reject(new Failure('desk-closing'));
      return new Promise<number>((resolve, reject) => {
        waiting.push({ entries, resolve, reject });
        working ??= work();
      });
    },
    async close() {
      closed = true;
      await working;
      await current?.handle.close();
      current = null;
    },
  };
}
