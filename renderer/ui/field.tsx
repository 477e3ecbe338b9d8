// Form fields with their label, hint and error tied together for readers. They hold no value of their own.
import { type ReactNode, useId } from 'react';

interface FieldFrame {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly testId?: string;
  readonly required?: boolean;
  readonly autoFocus?: boolean;
}

interface Ids {
  readonly id: string;
  readonly describedBy: string | undefined;
}

function Frame({
  field,
  children,
}: {
  readonly field: FieldFrame;
  readonly children: (ids: Ids) => ReactNode;
}) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [
    field.error === undefined ? null : errorId,
    field.hint === undefined ? null : hintId,
  ].filter((part) => part !== null);
  return (
    <div className={field.error === undefined ? 'field' : 'field field-wrong'}>
      <label className="field-label" htmlFor={id}>
        {field.label}
        {field.required ? <span className="field-required"> *</span> : null}
      </label>
      {children({ id, describedBy: described.length === 0 ? undefined : described.join(' ') })}
      {field.hint === undefined ? null : (
        <p className="field-hint" id={hintId}>
          {field.hint}
        </p>
      )}
      {field.error === undefined ? null : (
        <p className="field-error" id={errorId}>
          {field.error}
        </p>
      )}
    </div>
  );
}

export interface TextFieldProps extends FieldFrame {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly lines?: number;
  readonly inputMode?: 'text' | 'numeric';
  readonly placeholder?: string;
  readonly options?: readonly string[];
  /** What is typed is not shown. */
  readonly secret?: boolean;
  readonly maxLength?: number;
  /** Words that stand inside the field at its right end. */
  readonly aside?: string;
}

/** One line, or several with `lines`; `options` are offered, not enforced. */
export function TextField(props: TextFieldProps) {
  return (
    <Frame field={props}>
      {({ id, describedBy }) => {
        const common = {
          id,
          value: props.value,
          'aria-describedby': describedBy,
          'aria-invalid': props.error === undefined ? undefined : true,
          'aria-required': props.required,
          'data-testid': props.testId,
          placeholder: props.placeholder,
          maxLength: props.maxLength ?? 4000,
          autoComplete: 'off',
          spellCheck: false,
        };
        if (props.lines !== undefined) {
          return (
            <textarea
              {...common}
              className="input"
              rows={props.lines}
              // biome-ignore lint/a11y/noAutofocus: the first field of a dialog the clerk just opened
              autoFocus={props.autoFocus}
              onChange={(event) => props.onChange(event.target.value)}
            />
          );
        }
        const listId = props.options === undefined ? undefined : `${id}-list`;
        return (
          <div className="input-wrap">
            <input
              {...common}
              className="input"
              type={props.secret === true ? 'password' : 'text'}
              list={listId}
              inputMode={props.inputMode}
              // biome-ignore lint/a11y/noAutofocus: the first field of a dialog the clerk just opened
              autoFocus={props.autoFocus}
              onChange={(event) => props.onChange(event.target.value)}
            />
            {props.aside === undefined ? null : <span className="input-aside">{props.aside}</span>}
            {props.options === undefined ? null : (
              <datalist id={listId}>
                {props.options.map((option) => (
                  <option key={option} value={option} />
                ))}
              </datalist>
            )}
          </div>
        );
      }}
    </Frame>
  );
}

export interface ChoiceFieldProps extends FieldFrame {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

/** A closed list. */
export function ChoiceField(props: ChoiceFieldProps) {
  return (
    <Frame field={props}>
      {({ id, describedBy }) => (
        <select
          id={id}
          className="input"
          value={props.value}
          aria-describedby={describedBy}
          data-testid={props.testId}
          onChange={(event) => props.onChange(event.target.value)}
        >
          {props.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}

export interface CheckFieldProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly testId?: string;
}

/** A box with its words. */
export function CheckField(props: CheckFieldProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={props.checked}
        data-testid={props.testId}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}
