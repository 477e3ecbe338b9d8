// Signers' pictures, each sealed in the profile under the holder of its certificate: a renewed certificate of the same holder
// finds it again. None ever lies in clear on the disk.
import { createHash } from 'node:crypto';
import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure, isFailure } from '../../../preload/contract/failure';
import { asInstant, instant } from '../../../preload/contract/ids';
import { makeFolder, syncFolder, writeDurably } from '../../runtime/durable-file';
import type { PictureKind } from '../../signing';
import type { Vault } from '../../vault';

const about = z.strictObject({
  /** As in the certificate. */
  holder: z.string(),
  kind: z.enum(['signature', 'seal']),
  width: z.number(),
  height: z.number(),
  widthMm: z.number(),
  colourFits: z.boolean(),
  addedAt: instant,
});

export interface KeptPicture extends z.infer<typeof about> {
  readonly id: string;
  readonly png: Uint8Array;
}

export interface PictureStore {
  /** The one changed last comes first. */
  list(): Promise<readonly KeptPicture[]>;
  of(holder: string, kind: PictureKind): Promise<KeptPicture | null>;
  /** Replaces what the holder had. Throws those of the disk. */
  put(picture: Omit<KeptPicture, 'id' | 'addedAt'>): Promise<KeptPicture>;
  /** Throws Failure `picture-missing`. */
  remove(id: string): Promise<void>;
}

const suffix = '.sealed';

function idOf(holder: string, kind: PictureKind): string {
  const plain = holder.normalize('NFC').trim().toLocaleLowerCase('vi');
  return createHash('sha256').update(`${kind} ${plain}`).digest('hex').slice(0, 32);
}

/** Length of the facts in JSON, the facts, the picture. */
function packed({ png, id: _, ...facts }: KeptPicture): Uint8Array {
  const json = Buffer.from(JSON.stringify(facts), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json, png]);
}

function unpacked(id: string, bytes: Uint8Array): KeptPicture {
  const whole = Buffer.from(bytes);
  const end = 4 + whole.readUInt32BE(0);
  const facts = about.parse(JSON.parse(whole.toString('utf8', 4, end)));
  return { ...facts, id, png: Uint8Array.from(whole.subarray(end)) };
}

/** The store of a profile. `unreadable` hears of a picture that this vault cannot open: it has to be added again. */
export function openPictureStore(
  folder: string,
  vault: Pick<Vault, 'sealSecret' | 'openSecret'>,
  now: () => Date,
  unreadable: (id: string) => void,
): PictureStore {
  const path = (id: string): string => join(folder, `${id}${suffix}`);

  async function read(id: string): Promise<KeptPicture | null> {
    let sealed: Uint8Array;
    try {
      sealed = await readFile(path(id));
    } catch {
      // Nobody added one.
      return null;
    }
    try {
      return unpacked(id, vault.openSecret(`picture-${id}`, sealed));
    } catch (error) {
      if (!isFailure(error)) throw error;
      unreadable(id);
      return null;
    }
  }

  return {
    async list() {
      const names = await readdir(folder).catch((): string[] => []);
      const ids = names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length));
      const found = await Promise.all(ids.map(read));
      return found.flatMap((one) => one ?? []).sort((a, b) => (a.addedAt < b.addedAt ? 1 : -1));
    },
    of: (holder, kind) => read(idOf(holder, kind)),
    async put(picture) {
      const id = idOf(picture.holder, picture.kind);
      const kept = { ...picture, id, addedAt: asInstant(now()) };
      await makeFolder(folder);
      await writeDurably(path(id), vault.sealSecret(`picture-${id}`, packed(kept)));
      return kept;
    },
    async remove(id) {
      try {
        await unlink(path(id));
      } catch (error) {
        throw new Failure('picture-missing', id, { cause: error });
      }
      await syncFolder(folder);
    },
  };
}
