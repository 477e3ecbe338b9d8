// Which keys were pressed, as a shortcut is written. Pure.

/** The parts of a key press that matter. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode?: number;
}

/** `Ctrl+Shift+F`, or undefined while Unikey or Telex is composing, or for a bare modifier. */
export function shortcutOf(press: Press): string | undefined {
  if (press.isComposing || press.keyCode === 229 || press.metaKey) return undefined;
  if (['Control', 'Shift', 'Alt', 'Meta', 'Process', 'Dead'].includes(press.key)) return undefined;
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const name = key === '+' ? '=' : key === 'Escape' ? 'Esc' : key;
  // "=" and "-" are reached with or without Shift, by layout.
  const shift = press.shiftKey && name !== '=' && name !== '-';
  return [press.ctrlKey ? 'Ctrl' : '', press.altKey ? 'Alt' : '', shift ? 'Shift' : '', name]
    .filter(Boolean)
    .join('+');
}

/** True where a key without Ctrl or Alt would type, or where the component has its own keys. */
export function typesInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.closest('input, textarea, select, [contenteditable], [data-own-keys]') !== null;
}
