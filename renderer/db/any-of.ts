// Rows by one of many keys of an index, in one read transaction. It opens nothing and sorts nothing.
import { Dexie, type Table } from 'dexie';

/**
 * What the database has under each of the keys or ranges, asked for in one go. Each is a request of its own and nothing else: a
 * query of Dexie's for each took several times as long. A screen does not see that such rows change.
 */
function readEach<T, Found>(
  table: Table<T, string>,
  index: string,
  questions: readonly ((from: IDBIndex) => IDBRequest<Found>)[],
): Promise<Found[]> {
  return table.db.transaction(
    'r',
    table,
    ({ idbtrans }) =>
      new Dexie.Promise<Found[]>((resolve, reject) => {
        const from = idbtrans.objectStore(table.name).index(index);
        const requests = questions.map((ask) => ask(from));
        let left = requests.length;
        for (const request of requests) {
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            left -= 1;
            if (left === 0) resolve(requests.map((one) => one.result));
          };
        }
      }),
  );
}

/** The first row, by its own key, under each of the keys that has one. */
export async function firstOfEach<T>(
  table: Table<T, string>,
  index: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  const asked = [...new Set(keys)];
  if (asked.length === 0) return new Map();
  const found = await readEach<T, T | undefined>(
    table,
    index,
    asked.map((key) => (from) => from.get(key)),
  );
  return new Map(
    asked.flatMap((key, at) => {
      const row = found[at];
      return row === undefined ? [] : [[key, row] as const];
    }),
  );
}

/**
 * The rows under any of the keys, each key's rows read whole: Dexie's own `anyOf` steps from row to row, a message to the
 * database's process each, which took half of the time of a run of statuses. A screen may watch it.
 */
export async function rowsOfAny<T>(
  table: Table<T, string>,
  index: string,
  keys: readonly string[],
): Promise<T[]> {
  const asked = [...new Set(keys)];
  if (asked.length === 0) return [];
  const found = await table.db.transaction('r', table, () =>
    Promise.all(asked.map((key) => table.where(index).equals(key).toArray())),
  );
  return found.flat();
}

/** The rows under each of the keys. */
export async function rowsOfEach<T>(
  table: Table<T, string>,
  index: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly T[]>> {
  const asked = [...new Set(keys)];
  if (asked.length === 0) return new Map();
  const found = await readEach<T, T[]>(
    table,
    index,
    asked.map((key) => (from) => from.getAll(key)),
  );
  return new Map(asked.map((key, at) => [key, found[at] ?? []]));
}

/** The rows whose key begins with any of the given texts, one reading each. */
export async function rowsBeginningWith<T>(
  table: Table<T, string>,
  index: string,
  beginnings: readonly string[],
): Promise<T[]> {
  const asked = [...new Set(beginnings)];
  if (asked.length === 0) return [];
  const { IDBKeyRange: Range } = Dexie.dependencies as { readonly IDBKeyRange: typeof IDBKeyRange };
  const found = await readEach<T, T[]>(
    table,
    index,
    asked.map((one) => (from) => from.getAll(Range.bound(one, `${one}\uffff`))),
  );
  return found.flat();
}

/** The primary keys of the rows under any of the keys. A screen may watch it. */
export async function keysOfAny<T>(
  table: Table<T, string>,
  index: string,
  keys: readonly string[],
): Promise<string[]> {
  const asked = [...new Set(keys)];
  if (asked.length === 0) return [];
  const found = await table.db.transaction('r', table, () =>
    Promise.all(asked.map((key) => table.where(index).equals(key).primaryKeys())),
  );
  return found.flat();
}
