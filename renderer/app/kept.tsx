// What a clerk has typed and not yet done, kept in memory for each document: another line may be looked at meanwhile.
// Nothing of it is stored; it is gone with the window, and forgotten when the act is done.
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

/** Values by document and field. */
export class KeptInputs {
  readonly #values = new Map<string, Map<string, unknown>>();

  read(owner: string, field: string): unknown {
    return this.#values.get(owner)?.get(field);
  }

  has(owner: string, field: string): boolean {
    return this.#values.get(owner)?.has(field) ?? false;
  }

  keep(owner: string, field: string, value: unknown): void {
    const fields = this.#values.get(owner) ?? new Map<string, unknown>();
    fields.set(field, value);
    this.#values.set(owner, fields);
  }

  /** The act is done, or its document is gone. */
  forget(owner: string): void {
    this.#values.delete(owner);
  }
}

const context = createContext(new KeptInputs());

/** Holds what was typed for everything below. */
export function KeptProvider({ children }: { readonly children: ReactNode }) {
  const [kept] = useState(() => new KeptInputs());
  return <context.Provider value={kept}>{children}</context.Provider>;
}

/** All that is kept, for who looks before a form is shown. */
export function useKeptInputs(): Pick<KeptInputs, 'read'> {
  return useContext(context);
}

/** Like useState, but a value that was set is there again when the same form of `owner` is shown again. */
export function useKept<T>(
  owner: string,
  field: string,
  first: () => T,
): readonly [T, (change: T | ((now: T) => T)) => void] {
  const kept = useContext(context);
  const [value, setValue] = useState<T>(() =>
    kept.has(owner, field) ? (kept.read(owner, field) as T) : first(),
  );
  const set = useCallback(
    (change: T | ((now: T) => T)) =>
      setValue((now) => {
        const next = typeof change === 'function' ? (change as (before: T) => T)(now) : change;
        kept.keep(owner, field, next);
        return next;
      }),
    [kept, owner, field],
  );
  return [value, set];
}

/** How to forget what was typed for `owner`. */
export function useForget(owner: string): () => void {
  const kept = useContext(context);
  return useCallback(() => kept.forget(owner), [kept, owner]);
}
