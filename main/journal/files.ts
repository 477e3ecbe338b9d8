// Names of the journal's files, and its head: the sealed note of the newest segment, so that a missing one is noticed.
// It knows nothing of entries.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isNotFound } from '../runtime/disk-failure';
import { removeFile, writeDurably } from '../runtime/durable-file';
import { seal, unseal } from '../vault';

const shape = /^(\d{8})\.journal$/;
const headContext = 'van-thu-journal|1|head';
const headShape = z.object({ generation: z.uuid(), segment: z.number().int() });
export type JournalHead = z.infer<typeof headShape>;

export function segmentPath(folder: string, segment: number): string {
  return join(folder, `${String(segment).padStart(8, '0')}.journal`);
}

/** Segment numbers in order. What a crash left unfinished is removed. */
export async function listSegments(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder);
  for (const name of names) if (name.endsWith('.part')) await removeFile(join(folder, name));
  return names
    .flatMap((name) => {
      const number = shape.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    })
    .sort((a, b) => a - b);
}

/** The head; `missing` and `damaged` are told apart by the caller. */
export async function readHead(
  folder: string,
  key: Uint8Array,
): Promise<JournalHead | 'missing' | 'damaged'> {
  let sealed: Uint8Array;
  try {
    sealed = await readFile(join(folder, 'head'));
  } catch (error) {
    if (isNotFound(error)) return 'missing';
    throw error;
  }
  const plain = unseal(key, sealed, headContext);
  if (plain === null) return 'damaged';
  const parsed = headShape.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')));
  return parsed.success ? parsed.data : 'damaged';
}

export async function writeHead(folder: string, key: Uint8Array, head: JournalHead): Promise<void> {
  await writeDurably(join(folder, 'head'), seal(key, Buffer.from(JSON.stringify(head), 'utf8'), headContext));
}
