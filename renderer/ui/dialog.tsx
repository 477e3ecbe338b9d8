// A modal dialog on the native element: focus trap, Esc and inert background are the browser's. It decides nothing.
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';

export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons, the act first and the way out last, as on Windows. */
  readonly actions: ReactNode;
  readonly onClose: () => void;
  readonly onSubmit?: () => void;
  readonly wide?: boolean;
  /** A dialog that must be answered: Esc does nothing. */
  readonly must?: boolean;
  readonly testId?: string;
}

const reachable = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** Opens at once; focus returns to the opener when it is unmounted. */
export function Dialog(props: DialogProps) {
  const frame = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = frame.current;
    const opener = document.activeElement;
    if (element !== null && !element.open) element.showModal();
    // Text alone that is longer than the window: without a tab stop the keyboard could not scroll it. Set after the
    // dialog has chosen what to focus first.
    const text = body.current;
    if (text !== null && text.scrollHeight > text.clientHeight && text.querySelector(reachable) === null) {
      text.tabIndex = 0;
    }
    return () => {
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit?.();
  };
  return (
    <dialog
      ref={frame}
      className={props.wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={titleId}
      data-testid={props.testId}
      onCancel={(event) => {
        event.preventDefault();
        if (props.must !== true) props.onClose();
      }}
    >
      <form method="dialog" onSubmit={submit} className="dialog-form">
        <h2 className="dialog-title" id={titleId}>
          {props.title}
        </h2>
        <div ref={body} className="dialog-body">
          {props.children}
        </div>
        <div className="dialog-actions">{props.actions}</div>
      </form>
    </dialog>
  );
}
