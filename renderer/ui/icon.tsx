// The few signs the desk draws itself, in currentColor so that high contrast keeps them. Never without words beside or a name.

const paths = {
  check: 'M4 10.5l4 4 8-9',
  cross: 'M5 5l10 10M15 5L5 15',
  warning: 'M10 3l8 14H2L10 3zM10 8v4.5M10 14.6v.4',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  up: 'M4.5 12.5L10 7l5.5 5.5',
  down: 'M4.5 7.5L10 13l5.5-5.5',
  back: 'M12.5 4.5L7 10l5.5 5.5',
  forward: 'M7.5 4.5L13 10l-5.5 5.5',
  search: 'M9 3.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM13 13l4 4',
  fit: 'M3 4v12M17 4v12M6 10h8M8 7.5L5.5 10 8 12.5M12 7.5l2.5 2.5-2.5 2.5',
  save: 'M10 3v9M6 8.5l4 4 4-4M4 16h12',
  'save-marked': 'M8 3v8M4.5 8L8 11.5 11.5 8M3 16h14M13 5.5l3-3 1.500 1.500-3 3H13z',
  file: 'M5 2.5h7l4 4v11H5zM12 2.5v4h4',
  side: 'M3 4h14v12H3zM8 4v12M5 7h1M5 10h1',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  note: 'M3.5 3.5h13v9l-4 4h-9zM16.5 12.5h-4v4',
  'mark-select': 'M5 3l11 7.5-5 .8 2.6 5-1.9 1-2.6-5L5 16z',
  'mark-highlight': 'M4 17h12M6.5 13.5l-1.5-3 7-7 3.5 3.5-7 7z',
  'mark-underline': 'M6 3v6a4 4 0 008 0V3M4.5 17h11',
  'mark-strike':
    'M14 5.5C13 4 11.600 3.500 10 3.500c-2.500 0-4 1.200-4 3S8 9.500 10 10s4 1.500 4 3.500-1.700 3-4 3c-2 0-3.500-.8-4.300-2.300M3 10h14',
  'mark-text': 'M4.500 6V3.500h11V6M10 3.500v13M8 16.500h4',
  'mark-ink': 'M3.500 16.500l1-4L13 4l3 3-8.500 8.500zM11.500 5.500l3 3',
  'mark-arrow': 'M4 16L16 4M9 4h7v7',
  'mark-line': 'M4 16L16 4',
  'mark-rectangle': 'M3.500 5h13v10h-13z',
  'mark-ellipse': 'M10 5c4 0 7 2.200 7 5s-3 5-7 5-7-2.200-7-5 3-5 7-5z',
  'mark-stamp':
    'M4 17h12M5 14v-2.500h3.500c0-2-1.500-3-1.500-5.200a3 3 0 016 0c0 2.200-1.500 3.200-1.500 5.200H15V14z',
  'mark-shown':
    'M2 10c2-3.500 5-5 8-5s6 1.500 8 5c-2 3.500-5 5-8 5s-6-1.500-8-5zM10 7.500a2.500 2.500 0 100 5 2.500 2.500 0 000-5z',
  'mark-undo': 'M7 4L3.500 7.500 7 11M3.500 7.500H12a4.500 4.500 0 010 9H8',
  'mark-redo': 'M13 4l3.500 3.500L13 11M16.500 7.500H8a4.500 4.500 0 000 9h4',
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
