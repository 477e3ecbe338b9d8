// One sentence about what went well or wrong, with its code. It chooses no words.
import type { ReactNode } from 'react';
import { Icon } from './icon';

export interface MessageBarProps {
  readonly tone: 'good' | 'warning' | 'bad';
  readonly children: ReactNode;
  readonly code?: string | undefined;
  readonly onClose?: () => void;
  readonly closeLabel?: string;
  readonly testId?: string;
}

/** A bar; a bad one is announced at once, the others politely. */
export function MessageBar(props: MessageBarProps) {
  return (
    <div
      className={`message message-${props.tone}`}
      role={props.tone === 'bad' ? 'alert' : 'status'}
      data-testid={props.testId}
    >
      <Icon name={props.tone === 'good' ? 'check' : 'warning'} />
      <div className="message-words">
        {props.children}
        {props.code === undefined ? null : <span className="message-code"> {props.code}</span>}
      </div>
      {props.onClose === undefined ? null : (
        <button
          type="button"
          className="tool"
          aria-label={props.closeLabel}
          title={props.closeLabel}
          onClick={props.onClose}
        >
          <Icon name="cross" />
        </button>
      )}
    </div>
  );
}
