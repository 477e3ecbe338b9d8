// The passwords of encrypted PDFs, by the file they open: in memory while the desk is open, and sealed in the profile for those the
// clerk wants kept. None is ever written in clear, told to a log, or tried on another document's file.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../../preload/contract/failure';
import { type Sha256, sha256 as sha256Schema } from '../../../preload/contract/ids';
import type { BlobStore } from '../../blobs';
import { isNotFound } from '../../runtime/disk-failure';
import { writeDurably } from '../../runtime/durable-file';
import type { Vault } from '../../vault';

export interface Passwords {
  /** The password of a file, or null where none is known. */
  of(file: Sha256): string | null;
  /** Keeps it for this file; with `keep` also over a restart. Throws those of the disk. */
  remember(file: Sha256, password: string, keep: boolean): Promise<void>;
  /** What came of a file is encrypted as the file was. */
  inherit(from: Sha256, to: Sha256): Promise<void>;
}

const secretName = 'pdf-passwords';
const kept = z.array(z.tuple([sha256Schema, z.string().max(500)])).max(50_000);
/** The oldest are forgotten first. */
const mostKept = 20_000;

/** Opens what was kept in a profile. Throws Failure `secret-unreadable`, and those of the disk. */
export async function openPasswords(
  profile: string,
  vault: Pick<Vault, 'sealSecret' | 'openSecret'>,
): Promise<Passwords> {
  const path = join(profile, `${secretName}.sealed`);
  const known = new Map<Sha256, string>();
  const lasting = new Set<Sha256>();
  let writing: Promise<void> = Promise.resolve();

  async function load(): Promise<void> {
    let sealed: Uint8Array;
    try {
      sealed = await readFile(path);
    } catch (error) {
      if (isNotFound(error)) return;
      throw new Failure('secret-unreadable', secretName, { cause: error });
    }
    const plain = Buffer.from(vault.openSecret(secretName, sealed)).toString('utf8');
    for (const [file, password] of kept.parse(JSON.parse(plain))) {
      known.set(file, password);
      lasting.add(file);
    }
  }

  function save(): Promise<void> {
    const [oldest] = lasting;
    if (lasting.size > mostKept && oldest !== undefined) lasting.delete(oldest);
    const entries = [...lasting].flatMap((file) => {
      const password = known.get(file);
      return password === undefined ? [] : [[file, password]];
    });
    const sealed = vault.sealSecret(secretName, Buffer.from(JSON.stringify(entries), 'utf8'));
    // One after another: the newest list is written last.
    const mine = writing.then(() => writeDurably(path, sealed));
    writing = mine.catch(() => undefined);
    return mine;
  }

  async function remember(file: Sha256, password: string, keep: boolean): Promise<void> {
    const same = known.get(file) === password;
    known.set(file, password);
    if (keep ? lasting.has(file) && same : !lasting.delete(file)) return;
    if (keep) lasting.add(file);
    await save();
  }

  await load();
  return {
    of: (file) => known.get(file) ?? null,
    remember,
    async inherit(from, to) {
      const password = known.get(from);
      if (password === undefined || known.has(to)) return;
      await remember(to, password, lasting.has(from));
    },
  };
}

/** The store, whose derived files are opened by the password of the file before them. */
export function withPasswords(blobs: BlobStore, passwords: Passwords): BlobStore {
  return {
    ...blobs,
    async derive(source, increments, about) {
      const written = await blobs.derive(source, increments, about);
      await passwords.inherit(source, written.sha256);
      return written;
    },
  };
}
