// XML text of a package piece by piece: elements by the table of shapes, with the unknown parts put back where they came
// from. It indents with two blanks and CRLF as the reference library does, and knows nothing of attachments.
import type { UnknownPart, XmlElement } from '../../preload/contract/edxml';
import { Failure } from '../../preload/contract/failure';
import { normaliseWireDate, normaliseWireTimestamp } from '../../preload/contract/wire-time';
import { trimmed } from './element';
import { qcvnNamespace } from './namespaces';
import type { Field, Shape } from './shape';
import { checkedName, escapeAttribute, escapeText } from './xml-text';

const prefix = 'edXML:';

function splitPath(path: string): { parent: string; last: string } {
  // An attribute's namespace may hold slashes.
  const attribute = path.indexOf('/@');
  const slash = attribute < 0 ? path.lastIndexOf('/') : attribute;
  return slash < 0
    ? { parent: '', last: path }
    : { parent: path.slice(0, slash), last: path.slice(slash + 1) };
}

export class XmlWriter {
  #text = '';
  #depth = 0;
  #bare = false;
  readonly #extras = new Map<string, UnknownPart[]>();
  readonly #used = new Set<UnknownPart>();

  constructor(unknown: readonly UnknownPart[]) {
    for (const part of unknown) {
      const { parent } = splitPath(part.path);
      this.#extras.set(parent, [...(this.#extras.get(parent) ?? []), part]);
    }
  }

  /** The bytes since the last call. */
  take(): Uint8Array {
    const bytes = Buffer.from(this.#text, 'utf8');
    this.#text = '';
    return bytes;
  }

  raw(text: string): void {
    this.#text += text;
  }

  /** True when an unknown part stands at or below a path. */
  hasExtras(path: string): boolean {
    for (const [parent, parts] of this.#extras) {
      if (parent === path || parent.startsWith(`${path}/`)) return true;
      if (parts.some((part) => part.path === path)) return true;
    }
    return false;
  }

  /** Every unknown part has found its place, else the package would lose it. Throws Failure `edxml-field-value`. */
  requireAllExtrasUsed(): void {
    for (const parts of this.#extras.values()) {
      for (const part of parts) {
        if (!this.#used.has(part))
          throw new Failure('edxml-field-value', `unknown: ${part.path.slice(0, 200)}`);
      }
    }
  }

  /** A start tag on its own line, with the unknown attributes and text of `path`. */
  start(name: string, path: string, attributes = ''): void {
    this.#line();
    this.#text += `<${name}${attributes}${this.#attributes(path)}>`;
    this.#depth += 1;
    this.#bare = true;
  }

  end(name: string): void {
    this.#depth -= 1;
    if (this.#bare && this.#text.endsWith('>')) this.#text = `${this.#text.slice(0, -1)} />`;
    else {
      this.#line();
      this.#text += `</${name}>`;
    }
    this.#bare = false;
    if (this.#depth === 0) this.#text += '\r\n';
  }

  /** An element with text alone; nothing when the text is empty and no unknown part hangs on it. */
  leaf(name: string, path: string, text: string | undefined): void {
    const value = trimmed(text ?? '');
    if (value === '' && !this.hasExtras(path)) return;
    this.openText(name, path);
    this.#text += escapeText(value, path);
    this.extras(path);
    this.closeText(name);
  }

  /** The start of an element whose text the caller adds. */
  openText(name: string, path: string, attributes = ''): void {
    this.#line();
    this.#bare = false;
    this.#text += `<${name}${attributes}${this.#attributes(path)}>`;
    this.#depth += 1;
  }

  closeText(name: string): void {
    this.#depth -= 1;
    this.#bare = false;
    this.#text += `</${name}>`;
  }

  /** A group of the table. `values` has the shape's names; an absent group with no unknown part is left out. */
  group(name: string, path: string, values: unknown, shape: Shape): void {
    if (shape.kind !== 'group') {
      this.#value(name, path, values, shape);
      return;
    }
    const record = (values ?? {}) as Record<string, unknown>;
    const attributes = (shape.attributes ?? [])
      .filter((one) => typeof record[one] === 'string' && record[one] !== '')
      .map((one) => ` ${one}="${escapeAttribute(String(record[one]), `${path}/@${one}`)}"`);
    this.start(prefix + name, path, attributes.join(''));
    for (const field of shape.fields) this.#field(field, path, record[field.name]);
    this.extras(path);
    this.end(prefix + name);
  }

  /** The unknown elements and text whose parent is `path`. */
  extras(path: string): void {
    for (const part of this.#extras.get(path) ?? []) {
      const { last } = splitPath(part.path);
      if (last.startsWith('@')) continue;
      this.#used.add(part);
      if (last === 'text()') {
        this.#bare = false;
        this.#text += escapeText(part.text ?? '', part.path);
      } else this.element({ ...part, name: last }, path.startsWith('edXMLEnvelope'));
    }
    if (path === '') this.extras('.');
  }

  /** An element kept whole. `prefixed` is true under the envelope, where the prefix is declared. */
  element(element: XmlElement, prefixed: boolean, around: string = qcvnNamespace): void {
    const namespace = element.namespace ?? qcvnNamespace;
    const own = namespace === qcvnNamespace && prefixed ? prefix : '';
    const declared =
      own === '' && namespace !== around ? ` xmlns="${escapeAttribute(namespace, element.name)}"` : '';
    const name = own + checkedName(element.name);
    this.#line();
    this.#bare = false;
    this.#text += `<${name}${declared}${this.#elementAttributes(element)}>`;
    this.#text += escapeText(trimmed(element.text ?? ''), element.name);
    this.#depth += 1;
    const inside = own === '' ? namespace : around;
    for (const child of element.children ?? []) this.element(child, prefixed, inside);
    this.#depth -= 1;
    if ((element.children ?? []).length > 0) this.#line();
    this.#text += `</${name}>`;
  }

  #line(): void {
    this.#bare = false;
    this.#text += `\r\n${'  '.repeat(this.#depth)}`;
  }

  #field(field: Field, parent: string, value: unknown): void {
    if (!field.many) {
      const path = `${parent}/${field.name}`;
      if (value === undefined && !this.hasExtras(path)) return;
      this.#value(field.name, path, value, field.shape);
      return;
    }
    for (const [index, one] of ((value ?? []) as unknown[]).entries()) {
      this.#value(field.name, `${parent}/${field.name}[${index + 1}]`, one, field.shape);
    }
  }

  #value(name: string, path: string, value: unknown, shape: Shape): void {
    if (shape.kind === 'group') {
      this.group(name, path, value, shape);
      return;
    }
    const text = trimmed(typeof value === 'string' ? value : '');
    this.leaf(prefix + name, path, wireText(shape, text, path));
  }

  #attributes(path: string): string {
    const parts = (this.#extras.get(path) ?? []).filter((part) => splitPath(part.path).last.startsWith('@'));
    for (const part of parts) this.#used.add(part);
    return this.#attributeList(
      parts.map((part) => [part.path.slice(path.length + 2), part.text ?? ''] as const),
      path,
    );
  }

  #elementAttributes(element: XmlElement): string {
    return this.#attributeList(Object.entries(element.attributes ?? {}), element.name);
  }

  #attributeList(attributes: readonly (readonly [string, string])[], field: string): string {
    return attributes
      .map(([key, value], index) => {
        const match = /^\{([^}]*)\}(.*)$/s.exec(key);
        const text = escapeAttribute(value, field);
        if (match === null) return ` ${checkedName(key)}="${text}"`;
        const [, namespace = '', local = ''] = match;
        if (namespace === 'http://www.w3.org/XML/1998/namespace')
          return ` xml:${checkedName(local)}="${text}"`;
        const bound = `a${index + 1}`;
        return ` xmlns:${bound}="${escapeAttribute(namespace, field)}" ${bound}:${checkedName(local)}="${text}"`;
      })
      .join('');
  }
}

/** Dates and timestamps leave in the standard's form. Throws Failure `edxml-field-value` when one cannot be read. */
function wireText(shape: Shape, text: string, path: string): string {
  if (text === '' || (shape.kind !== 'date' && shape.kind !== 'timestamp')) return text;
  const normal = shape.kind === 'date' ? normaliseWireDate(text) : normaliseWireTimestamp(text);
  if (normal === undefined) throw new Failure('edxml-field-value', path);
  return normal;
}
