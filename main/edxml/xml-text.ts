// Text and attribute values for XML 1.0. A character that XML cannot hold is refused, never dropped or replaced.
import { Failure } from '../../preload/contract/failure';

const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/** Element text. A carriage return is written as a reference, else reading would turn it into a line feed. */
export function escapeText(text: string, field: string): string {
  if (illegal.test(text)) throw new Failure('edxml-character', field);
  return text.replace(/[&<>\r]/g, (letter) =>
    letter === '&' ? '&amp;' : letter === '<' ? '&lt;' : letter === '>' ? '&gt;' : '&#13;',
  );
}

/** An attribute's value, for double quotes. White space but the blank is written as references. */
export function escapeAttribute(text: string, field: string): string {
  return escapeText(text, field).replace(/["\t\n]/g, (letter) =>
    letter === '"' ? '&quot;' : `&#${letter.charCodeAt(0)};`,
  );
}

const nameForm = /^[\p{L}_][\p{L}\p{N}_.\-·]*$/u;

/** An element's or attribute's local name. Throws Failure `edxml-field-value`. */
export function checkedName(name: string): string {
  if (!nameForm.test(name)) throw new Failure('edxml-field-value', 'name of an element');
  return name;
}
