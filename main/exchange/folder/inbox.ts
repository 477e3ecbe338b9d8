// Looks into the folder that packages arrive in: which files are whole, what their content is called, which are twins.
// It opens no package (foreign bytes are for the reading host) and moves nothing.
//
//   new or changed ──▶ ends like XML? ─no──▶ growing        counted, looked at again next time
//                            │yes
//            our name, hash as named ──▶ whole
//            any other name: unchanged between two looks, `settleMs` apart ──▶ whole, else growing
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { MessageKind } from '../hub';
import type { Disk, FileFacts } from './disk';
import { systemCode } from './disk-answers';
import { isPackageName, readOwnName } from './names';

export interface InboxFile {
  readonly folder: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly kind: MessageKind;
  readonly from: string;
  readonly to: readonly string[];
}

export interface InboxLook {
  readonly files: readonly InboxFile[];
  /** Packages that are not whole yet or cannot be read now. */
  readonly growing: number;
}

export interface InboxSettings {
  readonly disk: Disk;
  readonly folder: string;
  /** How long a file with a foreign name must stay as it is, milliseconds. */
  readonly settleMs: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number;
}

interface Sighting {
  readonly size: number;
  readonly modifiedMs: number;
  readonly at: number;
  readonly file: InboxFile | null;
}

const pieceBytes = 1 << 20;
const headBytes = 256 * 1024;
const tailBytes = 256;

/** The last bytes of a package: `>` and blanks. A file that was given its size before its bytes ends in zeros. */
function endsLikeXml(tail: Uint8Array): boolean {
  const text = Buffer.from(tail).toString('latin1');
  // One zero after each letter is UTF-16.
  return /[^\0]\0?>\0?(?:[\s\ufeff]\0?)*$/.test(text) && !text.includes('\0\0\0');
}

/** By the names of elements alone; the reader decides what the package is. */
function kindByHead(head: string): MessageKind {
  const text = head.replaceAll('\0', '');
  const isDocument = /edXMLBody|edXMLManifest|AttachmentEncoded|PromulgationInfo>\s*<[^>]*Place/.test(text);
  return !isDocument && text.includes('StatusCode') ? 'status' : 'edoc';
}

export class FolderInbox {
  private sightings = new Map<string, Sighting>();

  constructor(private readonly settings: InboxSettings) {}

  /** Throws the system's error where the folder cannot be read; one that nobody made yet is empty. */
  async look(): Promise<InboxLook> {
    const names = (await this.names()).filter(isPackageName).sort();
    const next = new Map<string, Sighting>();
    const files: InboxFile[] = [];
    let growing = 0;
    for (const name of names) {
      const seen = await this.lookAt(name);
      if (seen === 'none') continue;
      if (seen === 'unreadable') {
        growing++;
        continue;
      }
      next.set(name, seen);
      if (seen.file === null) growing++;
      else files.push(seen.file);
    }
    this.sightings = next;
    return { files, growing };
  }

  private async names(): Promise<readonly string[]> {
    try {
      return await this.settings.disk.names(this.settings.folder);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  /** Files of one content that are still what they were when they were looked at. */
  async unchanged(sha256: string): Promise<InboxFile[]> {
    const found: InboxFile[] = [];
    for (const [name, seen] of this.sightings) {
      if (seen.file?.sha256 !== sha256) continue;
      const facts = await this.factsOf(name);
      if (facts !== null && isSame(seen, facts)) found.push(seen.file);
    }
    return found;
  }

  forget(name: string): void {
    this.sightings.delete(name);
  }

  private async factsOf(name: string): Promise<FileFacts | null> {
    try {
      return await this.settings.disk.facts(join(this.settings.folder, name));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    }
  }

  private async lookAt(name: string): Promise<Sighting | 'none' | 'unreadable'> {
    try {
      const facts = await this.factsOf(name);
      // No link is followed and no folder entered: a stick is nobody's friend.
      if (facts === null || !facts.isFile) return 'none';
      const before = this.sightings.get(name);
      if (before !== undefined && isSame(before, facts) && before.file !== null) return before;
      const first = before !== undefined && isSame(before, facts) ? before.at : this.settings.clock();
      const sighting = { size: facts.size, modifiedMs: facts.modifiedMs, at: first };
      return { ...sighting, file: await this.wholeFile(name, facts, first) };
    } catch (error) {
      // One file that another program holds, or a bad sector, stops no other.
      if (systemCode(error) === '') throw error;
      return 'unreadable';
    }
  }

  /** Null while it is not certain that the file is whole. */
  private async wholeFile(name: string, facts: FileFacts, since: number): Promise<InboxFile | null> {
    const own = readOwnName(name);
    const settled = this.settings.clock() - since >= this.settings.settleMs;
    if (facts.size === 0 || (own === null && !settled)) return null;
    const read = await this.readWhole(name, facts.size);
    if (read === null) return null;
    const isNamed = own !== null && own.sha256 === read.sha256;
    if (!isNamed && !settled) return null;
    const after = await this.factsOf(name);
    if (after === null || !isSame({ ...facts, at: 0, file: null }, after)) return null;
    return {
      folder: this.settings.folder,
      name,
      sha256: read.sha256,
      size: facts.size,
      modifiedMs: facts.modifiedMs,
      kind: kindByHead(read.head),
      from: isNamed ? own.from : '',
      to: isNamed ? own.to : [],
    };
  }

  private async readWhole(name: string, size: number): Promise<{ sha256: string; head: string } | null> {
    const file = await this.settings.disk.openRead(join(this.settings.folder, name));
    try {
      if (!endsLikeXml(await file.read(Math.max(0, size - tailBytes), tailBytes))) return null;
      const hash = createHash('sha256');
      let head = '';
      for (let offset = 0; offset < size; ) {
        const piece = await file.read(offset, pieceBytes);
        if (piece.length === 0) return null;
        if (offset === 0) head = Buffer.from(piece.subarray(0, headBytes)).toString('latin1');
        hash.update(piece);
        offset += piece.length;
      }
      return { sha256: hash.digest('hex'), head };
    } finally {
      await file.close();
    }
  }
}

function isSame(seen: Sighting, facts: FileFacts): boolean {
  return facts.isFile && seen.size === facts.size && seen.modifiedMs === facts.modifiedMs;
}
