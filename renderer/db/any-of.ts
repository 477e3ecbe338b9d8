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

/** Where rows of a second table stand that belong to a row of a first one: those whose key begins with a text. */
export interface Belonging<T, Other> {
  readonly table: Table<Other, string>;
  readonly index: string;
  readonly beginning: (row: T) => string;
}

/** The first row under each of the keys that has one, and what belongs to each of these. */
export interface FirstOfEach<T, Other> {
  readonly first: ReadonlyMap<string, T>;
  readonly belonging: readonly Other[];
}

/**
 * The first row, by its own key, under each of the keys, and the rows that belong to it, in one read transaction: a reader that
 * goes from table to table waits for a writer of each.
 */
export async function firstOfEach<T, Other>(
  table: Table<T, string>,
  index: string,
  keys: readonly string[],
  others: Belonging<T, Other>,
): Promise<FirstOfEach<T, Other>> {
  const asked = [...new Set(keys)];
  const first = new Map<string, T>();
  if (asked.length === 0) return { first, belonging: [] };
  const { IDBKeyRange: Range } = Dexie.dependencies as { readonly IDBKeyRange: typeof IDBKeyRange };
  const belonging: Other[][] = [];
  await table.db.transaction(
    'r',
    [table, others.table],
    ({ idbtrans }) =>
      new Dexie.Promise<void>((resolve, reject) => {
        const from = idbtrans.objectStore(table.name).index(index);
        const fromOthers = idbtrans.objectStore(others.table.name).index(others.index);
        let left = asked.length;
        const answered = () => {
          left -= 1;
          if (left === 0) resolve();
        };
        for (const [at, key] of asked.entries()) {
          const request: IDBRequest<T | undefined> = from.get(key);
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const row = request.result;
            if (row === undefined) return answered();
            first.set(key, row);
            const text = others.beginning(row);
            const more: IDBRequest<Other[]> = fromOthers.getAll(Range.bound(text, `${text}\uffff`));
            more.onerror = () => reject(more.error);
            more.onsuccess = () => {
              belonging[at] = more.result;
              answered();
            };
          };
        }
      }),
  );
  return { first, belonging: belonging.flat() };
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
