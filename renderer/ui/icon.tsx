// The few signs the desk draws itself, in currentColor so that high contrast keeps them. Never without words beside or a name.

const paths = {
  check: 'M4 10.5l4 4 8-9',
  cross: 'M5 5l10 10M15 5L5 15',
  warning: 'M10 3l8 14H2L10 3zM10 8v4.5M10 14.6v.4',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  up: 'M4.5 12.5L10 7l5.5 5.5',
  down: 'M4.5 7.5L10 13l5.5-5.5',
  search: 'M9 3.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM13 13l4 4',
  fit: 'M3 4v12M17 4v12M6 10h8M8 7.5L5.5 10 8 12.5M12 7.5l2.5 2.5-2.5 2.5',
  save: 'M10 3v9M6 8.5l4 4 4-4M4 16h12',
  file: 'M5 2.5h7l4 4v11H5zM12 2.5v4h4',
  side: 'M3 4h14v12H3zM8 4v12M5 7h1M5 10h1',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  note: 'M3.5 3.5h13v9l-4 4h-9zM16.5 12.5h-4v4',
} as const;

export type IconName = keyof typeof paths;

/** A 16 px sign, hidden from readers: its words stand beside it. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
