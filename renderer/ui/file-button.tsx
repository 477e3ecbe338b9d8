// A button that chooses files through the browser's own dialog. No path ever reaches the page.
import { useId } from 'react';

export interface FileButtonProps {
  readonly label: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly accept?: string;
  readonly multiple?: boolean;
  readonly look?: 'filled' | 'plain';
  readonly testId?: string;
  readonly disabled?: boolean;
}

/** The input itself is kept for keys and programs; its label is what is seen. */
export function FileButton(props: FileButtonProps) {
  const id = useId();
  return (
    <span className="file-button">
      <input
        id={id}
        type="file"
        className="visually-hidden"
        accept={props.accept}
        multiple={props.multiple}
        disabled={props.disabled}
        data-testid={props.testId}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = '';
          if (chosen.length > 0) props.onFiles(chosen);
        }}
      />
      <label htmlFor={id} className={`button button-${props.look ?? 'plain'}`}>
        {props.label}
      </label>
    </span>
  );
}
