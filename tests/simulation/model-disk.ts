// Main's disk as a model: journal lines and package bytes that are durable, and nothing that is not. It outlives main.
import { createHash } from 'node:crypto';
import type { BlobStore } from '../../main/blobs';
import type { Attempt, Entry, Journal } from '../../main/journal';
import { type ActId, asSha256, type HubDocId, type Sha256 } from '../../preload/contract/ids';
import type { Arrival, LedgerPut } from '../../preload/contract/records';
import type { Life } from './life';

export interface ModelDisk {
  readonly entries: Entry[];
  readonly blobs: Map<Sha256, Uint8Array>;
}

export const emptyDisk = (): ModelDisk => ({ entries: [], blobs: new Map() });

export function shaOf(bytes: Uint8Array): Sha256 {
  return asSha256(createHash('sha256').update(bytes).digest('hex'));
}

/** The newest put of every row, in the order of writing. */
export function latestPuts(disk: ModelDisk): Map<string, LedgerPut> {
  const latest = new Map<string, LedgerPut>();
  for (const entry of disk.entries) {
    if (entry.type !== 'put') continue;
    const key = `${entry.put.table}/${entry.put.row.id}`;
    latest.delete(key);
    latest.set(key, entry.put);
  }
  return latest;
}

export type ModelJournal = Pick<
  Journal,
  | 'append'
  | 'appendAll'
  | 'arrivalOf'
  | 'isAcknowledged'
  | 'attemptsOf'
  | 'frozenPackage'
  | 'latest'
  | 'arrivals'
  | 'numbers'
  | 'starts'
  | 'damages'
>;

/** The journal of one life of main: an entry is on the disk when its step was lived through, and told only after another. */
export function openModelJournal(disk: ModelDisk, life: Life): ModelJournal {
  const find = <T extends Entry['type']>(type: T) =>
    disk.entries.filter((entry): entry is Extract<Entry, { type: T }> => entry.type === type);
  const numbers = find('number-given').map((value, seq) => ({ seq, value }));
  const appendAll = (entries: readonly Entry[]): Promise<number> =>
    life.through(() => {
      for (const entry of structuredClone(entries)) {
        disk.entries.push(entry);
        if (entry.type === 'number-given') numbers.push({ seq: disk.entries.length, value: entry });
      }
      return disk.entries.length;
    });
  const page = <T>(all: readonly T[], after: number, size: number) => ({
    items: structuredClone(all.slice(after, after + size)),
    next: after + size < all.length ? after + size : null,
  });
  const arrivalOf = (docId: HubDocId): Arrival | null =>
    find('arrival')
      .map((entry) => entry.arrival)
      .filter((arrival) => arrival.docId === docId)
      .at(-1) ?? null;
  return {
    append: (entry) => appendAll([entry]),
    appendAll,
    numbers,
    starts: [],
    damages: [],
    arrivalOf: async (docId) => structuredClone(arrivalOf(docId)),
    isAcknowledged: (docId) => find('ack').some((entry) => entry.docId === docId),
    attemptsOf(row) {
      const answers = find('answer');
      return find('attempt')
        .filter((one) => one.row === row)
        .map((one): Attempt => {
          const { attempt, at, kind, packageSha, receivers } = one;
          const answer = answers.find((other) => other.attempt === attempt)?.answer ?? null;
          return { attempt, at, kind, packageSha, receivers, answer };
        });
    },
    frozenPackage: (act: ActId) => find('package-frozen').find((one) => one.act === act)?.sha256 ?? null,
    latest: async (after) => page([...latestPuts(disk).values()], after, 5),
    arrivals: async (after) => {
      const names = [...new Set(find('arrival').map((entry) => entry.arrival.docId))];
      const all = names.map(arrivalOf).filter((one) => one !== null);
      return page(all, after, 3);
    },
  };
}

/** Package bytes: durable and named once `finish` was lived through. */
export function openModelBlobs(
  disk: ModelDisk,
  life: Life,
): Pick<BlobStore, 'writer' | 'has' | 'size' | 'open'> {
  const bytesOf = (sha256: Sha256): Uint8Array => {
    const bytes = disk.blobs.get(sha256);
    if (bytes === undefined) throw new Error(`no blob ${sha256}`);
    return bytes;
  };
  return {
    async writer() {
      const pieces: Uint8Array[] = [];
      return {
        async write(bytes) {
          pieces.push(Uint8Array.from(bytes));
        },
        finish: () =>
          life.through(() => {
            const bytes = Uint8Array.from(Buffer.concat(pieces));
            const sha256 = shaOf(bytes);
            disk.blobs.set(sha256, bytes);
            return { sha256, size: bytes.length };
          }),
        async abort() {
          pieces.length = 0;
        },
        plain: () => null,
      };
    },
    has: async (sha256) => disk.blobs.has(sha256),
    size: async (sha256) => disk.blobs.get(sha256)?.length ?? null,
    async open(sha256) {
      const bytes = bytesOf(sha256);
      return {
        size: bytes.length,
        read: (offset, length) => bytes.subarray(offset, offset + length),
        close: () => undefined,
      } as Awaited<ReturnType<BlobStore['open']>>;
    },
  };
}
