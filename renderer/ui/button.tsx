// Buttons of the desk: one filled act, quiet ones, icon ones. It shows a shortcut beside the label; it binds none.
import type { ReactNode } from 'react';
import { Keys, keysText } from './keys';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick?: () => void;
  readonly look?: 'filled' | 'plain' | 'quiet' | 'danger';
  readonly type?: 'button' | 'submit';
  readonly shortcut?: string | undefined;
  /** Why the act cannot be done now; the button stays reachable and says so. */
  readonly reason?: string | undefined;
  /** It was pressed while a reason stands against it. */
  readonly onRefused?: () => void;
  readonly busy?: boolean;
  readonly wide?: boolean;
  readonly testId?: string;
  readonly autoFocus?: boolean;
}

/** A button with words. With `reason` it is inert, keeps its place in the focus order and tells why. */
export function Button(props: ButtonProps) {
  const { look = 'plain', type = 'button', reason, busy = false } = props;
  const inert = reason !== undefined || busy;
  return (
    <button
      type={type}
      className={`button button-${look}${props.wide ? ' button-wide' : ''}`}
      aria-disabled={inert || undefined}
      aria-busy={busy || undefined}
      title={reason}
      data-testid={props.testId}
      // biome-ignore lint/a11y/noAutofocus: only the first field or the safe button of a dialog the clerk just opened
      autoFocus={props.autoFocus}
      onClick={(event) => {
        if (!inert) return props.onClick?.();
        event.preventDefault();
        if (reason !== undefined) props.onRefused?.();
      }}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : null}
      <span className="button-label">{props.children}</span>
      {props.shortcut === undefined ? null : <Keys shortcut={props.shortcut} />}
    </button>
  );
}

export interface ToolButtonProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly onClick: () => void;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly testId?: string;
  readonly shortcut?: string | undefined;
}

/** A button of the thin tool line: words, or a sign with its words as name. */
export function ToolButton(props: ToolButtonProps) {
  const title = props.shortcut === undefined ? props.label : `${props.label} (${keysText(props.shortcut)})`;
  return (
    <button
      type="button"
      className="tool"
      aria-label={props.label}
      aria-pressed={props.pressed}
      title={title}
      disabled={props.disabled}
      data-testid={props.testId}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}
