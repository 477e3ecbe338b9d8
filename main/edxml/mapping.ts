// Elements to values by the table of shapes: any prefix, any order, local names alone. What the table does not name is
// handed on as unknown; nothing is dropped and nothing is judged.
import type { UnknownPart } from '../../preload/contract/edxml';
import { normaliseWireDate, normaliseWireTimestamp } from '../../preload/contract/wire-time';
import { type ElementNode, elementContent, trimmed, xmlElementOf } from './element';
import type { Field, Shape } from './shape';

export type Values = Record<string, unknown>;

/** Puts an element that has no place into the list. */
export function keepElement(unknown: UnknownPart[], parent: string, node: ElementNode): void {
  unknown.push({ path: parent === '' ? node.name : `${parent}/${node.name}`, ...elementContent(node) });
}

/** Puts attributes that have no place into the list. */
export function keepAttributes(
  unknown: UnknownPart[],
  path: string,
  node: ElementNode,
  known: readonly string[] = [],
): void {
  for (const [name, text] of Object.entries(node.attributes)) {
    if (!known.includes(name)) unknown.push({ path: `${path}/@${name}`, text });
  }
}

/** Puts text that stands beside elements into the list. */
export function keepText(unknown: UnknownPart[], path: string, node: ElementNode): void {
  const text = trimmed(node.text);
  if (text !== '') unknown.push({ path: `${path}/text()`, text });
}

function leaf(kind: 'text' | 'date' | 'timestamp', text: string): string {
  if (kind === 'date') return normaliseWireDate(text) ?? text;
  return kind === 'timestamp' ? (normaliseWireTimestamp(text) ?? text) : text;
}

/** The fields that are always there: lists. */
function emptyValues(fields: readonly Field[]): Values {
  return Object.fromEntries(fields.filter((field) => field.many).map((field) => [field.name, []]));
}

function isEmpty(values: Values): boolean {
  return Object.values(values).every((value) => Array.isArray(value) && value.length === 0);
}

/**
 * The value of an element: a string, an object or undefined when it is empty. `path` is the element's own. Of a field that
 * may stand once the first counts; the others are kept as unknown.
 */
export function elementValue(
  node: ElementNode,
  shape: Shape,
  path: string,
  unknown: UnknownPart[],
): string | Values | undefined {
  if (shape.kind === 'element') return { ...xmlElementOf(node) };
  if (shape.kind !== 'group') {
    keepAttributes(unknown, path, node);
    for (const child of node.children) keepElement(unknown, path, child);
    const text = trimmed(node.text);
    return text === '' ? undefined : leaf(shape.kind, text);
  }
  const attributes = shape.attributes ?? [];
  keepAttributes(unknown, path, node, attributes);
  keepText(unknown, path, node);
  const values = emptyValues(shape.fields);
  for (const name of attributes) {
    const value = node.attributes[name];
    if (value !== undefined && trimmed(value) !== '') values[name] = trimmed(value);
  }
  for (const child of node.children) readField(child, shape.fields, path, values, unknown);
  return isEmpty(values) ? undefined : inOrder(values, attributes, shape.fields);
}

/** The same package gives the same JSON whatever order its writer had: the table's. */
function inOrder(values: Values, attributes: readonly string[], fields: readonly Field[]): Values {
  const names = [...attributes, ...fields.map((field) => field.name)];
  return Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));
}

/** A list that its writer cut into elements of the same name (a ToPlaces for every Place) is one list. */
function isJoined(before: unknown, shape: Shape, child: ElementNode): boolean {
  if (shape.kind !== 'group' || !shape.fields.every((field) => field.many)) return false;
  const odd: UnknownPart[] = [];
  const more = elementValue(child, shape, '', odd);
  if (odd.length > 0 || typeof more === 'string') return false;
  const lists = before as Record<string, unknown[]>;
  for (const [name, items] of Object.entries(more ?? {})) lists[name]?.push(...(items as unknown[]));
  return true;
}

function readField(
  child: ElementNode,
  fields: readonly Field[],
  parent: string,
  values: Values,
  unknown: UnknownPart[],
): void {
  const field = fields.find((one) => one.name === child.name || one.aliases?.includes(child.name) === true);
  if (field === undefined) {
    keepElement(unknown, parent, child);
    return;
  }
  if (!field.many) {
    const before = values[field.name];
    if (before !== undefined) {
      if (!isJoined(before, field.shape, child)) keepElement(unknown, parent, child);
      return;
    }
    const value = elementValue(child, field.shape, `${parent}/${field.name}`, unknown);
    if (value !== undefined) values[field.name] = value;
    return;
  }
  const list = values[field.name] as unknown[];
  const value = elementValue(child, field.shape, `${parent}/${field.name}[${list.length + 1}]`, unknown);
  if (value !== undefined) list.push(value);
  else if (field.shape.kind === 'group') list.push(emptyValues(field.shape.fields));
}
