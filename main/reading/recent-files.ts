// The files that this host has just written, plain, for the jobs that look at them right afterwards: a sealed file would be read
// and opened again for each. They are few, small and forgotten within seconds; it writes nothing.
import { type ByteSource, bytesSource } from '../../preload/contract/byte-source';

const mostFiles = 8;
const mostBytes = 4 << 20;
const keptMilliseconds = 10_000;

interface Kept {
  readonly bytes: Uint8Array;
  readonly timer: NodeJS.Timeout;
}

/** By the key of the file, which no other file has. */
const kept = new Map<string, Kept>();

function nameOf(fileKey: Uint8Array): string {
  return Buffer.from(fileKey.buffer, fileKey.byteOffset, fileKey.byteLength).toString('hex');
}

function forget(name: string): void {
  const found = kept.get(name);
  if (found === undefined) return;
  clearTimeout(found.timer);
  kept.delete(name);
}

/** Keeps what was written under this key, unless it is large. */
export function keepRecent(fileKey: Uint8Array, bytes: Uint8Array): void {
  if (bytes.length > mostBytes) return;
  const name = nameOf(fileKey);
  forget(name);
  const timer = setTimeout(() => forget(name), keptMilliseconds);
  timer.unref();
  kept.set(name, { bytes, timer });
  const [oldest] = kept.keys();
  if (kept.size > mostFiles && oldest !== undefined) forget(oldest);
}

/** The plain bytes of the file of this key, where they are at hand. */
export function recentFile(fileKey: Uint8Array): ByteSource | null {
  const found = kept.get(nameOf(fileKey));
  return found === undefined ? null : bytesSource(found.bytes);
}

/** Gathers what is written, as long as it may be kept. */
export function gatherer(): { add(bytes: Uint8Array): void; all(): Uint8Array | null } {
  let pieces: Uint8Array[] | null = [];
  let size = 0;
  return {
    add(bytes) {
      size += bytes.length;
      if (size > mostBytes) pieces = null;
      pieces?.push(Uint8Array.from(bytes));
    },
    all: () => (pieces === null ? null : Buffer.concat(pieces)),
  };
}
