// Walks the fields of the interactive form (ISO 32000-2, 12.7) with inherited type and value. It changes nothing.
import { Failure } from '../../preload/contract/failure';
import { limits } from './limits';
import type { PageReader } from './pages';
import { textOf } from './text';
import {
  dictOf,
  entryOf,
  isArray,
  isDict,
  isName,
  isRef,
  isString,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfValue,
} from './values';

export interface PdfField {
  /** Full name: partial names joined by a dot (12.7.4.2). */
  readonly name: string;
  /** /FT, own or inherited: Tx, Btn, Ch, Sig; undefined where none is given. */
  readonly type: string | undefined;
  /** /V, own or inherited, as written (a reference is not followed). */
  readonly value: PdfValue | undefined;
  /** True when /V stands in this field's own dictionary. */
  readonly ownValue: boolean;
  readonly flags: number;
  /** Undefined for a field written directly in its array. */
  readonly ref: PdfRef | undefined;
  readonly object: PdfObject | undefined;
  readonly dict: PdfDict;
  /** The field's widgets: itself when merged with one, else its kids without a name. */
  readonly widgets: readonly { readonly ref: PdfRef | undefined; readonly dict: PdfDict }[];
}

interface Inherited {
  readonly name: string;
  readonly type: string | undefined;
  readonly value: PdfValue | undefined;
  readonly flags: number;
}

interface Walk {
  readonly reader: PageReader;
  readonly seen: Set<number>;
  nodes: number;
}

function bad(detail: string): Failure {
  return new Failure('pdf-form-damaged', detail);
}

/** Every terminal field in order. Throws Failure `pdf-form-damaged` where the tree is too large. */
export function* walkFields(reader: PageReader, acroForm: PdfDict | undefined): Generator<PdfField> {
  if (acroForm === undefined) return;
  const fields = reader.resolve(entryOf(acroForm, 'Fields'));
  if (!isArray(fields)) return;
  const walk: Walk = { reader, seen: new Set(), nodes: 0 };
  const nothing: Inherited = { name: '', type: undefined, value: undefined, flags: 0 };
  for (const field of fields.items) yield* walkField(walk, field, nothing, 0);
}

function nodeOf(walk: Walk, node: PdfValue): { ref?: PdfRef; object?: PdfObject; dict: PdfDict } | undefined {
  if (isDict(node)) return { dict: node };
  if (!isRef(node)) return undefined;
  const object = walk.reader.object(node.number, node.generation);
  const dict = dictOf(object);
  return object === undefined || dict === undefined ? undefined : { ref: node, object, dict };
}

function* walkField(walk: Walk, node: PdfValue, inherited: Inherited, depth: number): Generator<PdfField> {
  walk.nodes += 1;
  if (depth > limits.treeDepth || walk.nodes > limits.treeNodes) throw bad('too deep or too large');
  const found = nodeOf(walk, node);
  // A reference to nothing reads as null: an empty place in the array, not a field.
  if (found === undefined) return;
  if (found.ref !== undefined) {
    // A field that is listed twice, or under itself, is one field: its first place counts.
    if (walk.seen.has(found.ref.number)) return;
    walk.seen.add(found.ref.number);
  }
  const { reader } = walk;
  const partial = reader.resolve(entryOf(found.dict, 'T'));
  const partialName = isString(partial) ? textOf(partial.bytes) : '';
  const type = reader.resolve(entryOf(found.dict, 'FT'));
  const flags = reader.resolve(entryOf(found.dict, 'Ff'));
  const ownValue = entryOf(found.dict, 'V');
  const own: Inherited = {
    name: [inherited.name, partialName].filter((part) => part !== '').join('.'),
    type: isName(type) ? type.name : inherited.type,
    value: ownValue ?? inherited.value,
    flags: typeof flags === 'number' ? flags : inherited.flags,
  };
  const kids = reader.resolve(entryOf(found.dict, 'Kids'));
  const kidNodes = (isArray(kids) ? kids.items : []).filter(
    (kid) => !isRef(kid) || !walk.seen.has(kid.number),
  );
  const named = kidNodes.some((kid) => {
    const dict = nodeOf(walk, kid)?.dict;
    return dict !== undefined && entryOf(dict, 'T') !== undefined;
  });
  if (named) {
    for (const kid of kidNodes) yield* walkField(walk, kid, own, depth + 1);
    return;
  }
  const kidWidgets = kidNodes.flatMap((kid) => {
    const widget = nodeOf(walk, kid);
    return widget === undefined ? [] : [{ ref: widget.ref, dict: widget.dict }];
  });
  yield {
    ...own,
    ownValue: ownValue !== undefined,
    ref: found.ref,
    object: found.object,
    dict: found.dict,
    widgets: kidWidgets.length > 0 ? kidWidgets : [{ ref: found.ref, dict: found.dict }],
  };
}
