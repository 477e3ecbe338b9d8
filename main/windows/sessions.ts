// The sessions of the windows: the desk's own store on disk, and one in memory for each window that keeps nothing.
import { join } from 'node:path';
import { type Session, session } from 'electron';
import type { PageHost } from '../security/origin';
import { hardenSession } from '../security/session';
import type { BlobReader } from './blob-range';
import { serveApp } from './protocol';

const opened = new Map<PageHost, Session>();

/** A hardened session that serves exactly one page host. */
export function openSession(
  host: PageHost,
  renderer: string,
  blobs: BlobReader | null,
  report: (what: string, detail: string) => void,
): Session {
  // The desk's ledger lives in this partition: the name never changes, or IndexedDB would be empty.
  const before = opened.get(host);
  if (before !== undefined) return before;
  const fresh = session.fromPartition(host === 'desk' ? 'persist:desk' : `memory-${host}`, { cache: false });
  hardenSession(fresh, report);
  serveApp(fresh, { renderer }, host, blobs);
  opened.set(host, fresh);
  return fresh;
}

/** Where the bundles lie below the application's folder. */
export function bundleFolders(appFolder: string): {
  readonly renderer: string;
  readonly preload: string;
  readonly main: string;
} {
  const out = join(appFolder, 'out');
  return { renderer: join(out, 'renderer'), preload: join(out, 'preload'), main: join(out, 'main') };
}
