// The keys of a shortcut as small caps beside an act. Display only.

/** As it is read: arrows by their signs. */
export function keysText(shortcut: string): string {
  return shortcut.replace('ArrowLeft', '←').replace('ArrowRight', '→');
}

/** "Ctrl+Enter" shown as key caps; not read aloud, the act's own `aria-keyshortcuts` is not needed twice. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className="keys" aria-hidden="true">
      {keysText(shortcut).replaceAll('+', ' ')}
    </span>
  );
}
