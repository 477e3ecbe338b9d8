// The keys of a shortcut as small caps beside an act. Display only.

/** "Ctrl+Enter" shown as key caps; not read aloud, the act's own `aria-keyshortcuts` is not needed twice. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className="keys" aria-hidden="true">
      {shortcut.replaceAll('+', ' ')}
    </span>
  );
}
