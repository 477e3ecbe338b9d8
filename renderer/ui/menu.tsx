// A button that opens a short list of acts under it: arrow keys, Esc, first letters by the browser. It decides nothing.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Keys } from './keys';

export interface MenuAct {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
  readonly shortcut?: string | undefined;
  /** A choice that is on or off; absent: an act. */
  readonly checked?: boolean;
  readonly testId?: string;
}

export interface MenuProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly acts: readonly MenuAct[];
  readonly testId?: string;
}

/** Focus goes to the first act, and back to the button when the list closes. */
export function Menu({ label, children, acts, testId }: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const frame = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const items = (): HTMLElement[] => [...(frame.current?.querySelectorAll<HTMLElement>('.menu-act') ?? [])];

  useEffect(() => {
    if (!open) return;
    const away = (event: PointerEvent): void => {
      if (event.target instanceof Node && frame.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    frame.current?.querySelector<HTMLElement>('.menu-act')?.focus();
    return () => document.removeEventListener('pointerdown', away);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const key = (event: KeyboardEvent): void => {
    if (!open) return;
    const all = items();
    const now = all.findIndex((item) => item.matches(':focus'));
    const to: Record<string, number> = {
      ArrowDown: (now + 1) % all.length,
      ArrowUp: (now - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const wanted = to[event.key];
    if (wanted !== undefined) all[wanted]?.focus();
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab') setOpen(false);
    else return;
    event.stopPropagation();
    if (event.key !== 'Tab') event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the acts inside, whichever has the focus
    <span ref={frame} className="menu" onKeyDown={key}>
      <button
        ref={button}
        type="button"
        className="tool"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-testid={testId}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open ? (
        <div id={id} className="menu-list" role="menu" aria-label={label} data-own-keys="">
          {acts.map((act) => (
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: aria-checked is set with menuitemcheckbox alone
            <button
              key={act.id}
              type="button"
              className="menu-act"
              role={act.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
              aria-checked={act.checked}
              tabIndex={-1}
              data-testid={act.testId}
              onClick={() => {
                close();
                act.run();
              }}
            >
              <span className="menu-check" aria-hidden="true">
                {act.checked === true ? '✓' : ''}
              </span>
              <span className="menu-label">{act.label}</span>
              {act.shortcut === undefined ? null : <Keys shortcut={act.shortcut} />}
            </button>
          ))}
        </div>
      ) : null}
    </span>
  );
}
