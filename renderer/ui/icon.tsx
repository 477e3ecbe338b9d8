// The few signs the desk draws itself, in currentColor so that high contrast keeps them. Never without words beside or a name.

const paths = {
  check: 'M4 10.5l4 4 8-9',
  cross: 'M5 5l10 10M15 5L5 15',
  warning: 'M10 3l8 14H2L10 3zM10 8v4.5M10 14.6v.4',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  left: 'M12.5 4.5L7 10l5.5 5.5',
  right: 'M7.5 4.5L13 10l-5.5 5.5',
  up: 'M4.5 12.5L10 7l5.5 5.5',
  down: 'M4.5 7.5L10 13l5.5-5.5',
  search: 'M9 3.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM13 13l4 4',
  file: 'M5 2.5h7l4 4v11H5zM12 2.5v4h4',
  clip: 'M14.5 8.5l-5.6 5.6a2.6 2.6 0 01-3.7-3.7l6.4-6.4a3.7 3.7 0 015.2 5.2l-6.5 6.5',
  key: 'M12.5 3a4.5 4.5 0 11-3.3 7.6L4 16H2.5v-3H5v-2h2l1.2-1.4A4.5 4.5 0 0112.5 3zM14 6.2v.1',
  note: 'M3.5 3.5h13v9l-4 4h-9zM16.5 12.5h-4v4',
} as const;

export type IconName = keyof typeof paths;

/** A 16 px sign, hidden from readers: its words stand beside it. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
