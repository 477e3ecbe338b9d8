// The structure tree of a tagged PDF after a step: a writer that adds a signature field may tag it, which only makes the
// tree grow. Nothing of it is ever painted; what was there stays, and what is new is new.
import {
  entryOf,
  isArray,
  isDict,
  isName,
  isRef,
  type PdfArray,
  type PdfDict,
  type PdfValue,
  type PdfView,
} from '../../pdf';
import { changedKeys, sameValue } from './equality';
import type { Explanation } from './explanation';
import { readValue } from './graph';

/** What grows in the root, in an element, and in the number tree that leads from annotations to elements. */
const growing: Readonly<Record<'root' | 'element' | 'tree', ReadonlySet<string>>> = {
  root: new Set(['K', 'ParentTreeNextKey']),
  element: new Set(['K']),
  tree: new Set(['Nums', 'Kids', 'Limits']),
};

const maxDepth = 32;

/** Settles changed objects of the structure tree that only grew. Whatever did more stays unexplained. */
export function compareStructure(step: Explanation, before: PdfView, after: PdfView): void {
  const { dict, object } = before.catalog;
  const reference = entryOf(dict, 'StructTreeRoot');
  if (!isRef(reference)) return;
  const root = readValue(before, reference.number);
  if (!isDict(root)) return;
  settleIfGrown(step, before, after, reference.number, 'root');
  compareTree(step, before, after, entryOf(root, 'ParentTree'), 0);
  for (const number of step.changed) {
    const value = readValue(before, number);
    if (isDict(value) && number !== object.number && isName(before.get(value, 'Type'), 'StructElem')) {
      settleIfGrown(step, before, after, number, 'element');
    }
  }
}

/** The number tree may be written directly or in objects of its own, in one node or many. */
function compareTree(
  step: Explanation,
  before: PdfView,
  after: PdfView,
  node: PdfValue | undefined,
  depth: number,
): void {
  if (!isRef(node) || depth > maxDepth) return;
  const dict = readValue(before, node.number);
  if (!isDict(dict)) return;
  if (step.changed.has(node.number)) settleIfGrown(step, before, after, node.number, 'tree');
  const kids = before.get(dict, 'Kids');
  for (const kid of isArray(kids) ? kids.items : []) compareTree(step, before, after, kid, depth + 1);
}

function settleIfGrown(
  step: Explanation,
  before: PdfView,
  after: PdfView,
  number: number,
  kind: keyof typeof growing,
): void {
  const one = readValue(before, number);
  const other = readValue(after, number);
  if (!step.changed.has(number) || !isDict(one) || !isDict(other)) return;
  const keys = changedKeys(one, other);
  const grown = keys.every((key) => growing[kind].has(key) && keyGrew(step, before, after, one, other, key));
  if (!grown) return;
  step.settle(number);
  step.raise('form');
  for (const key of ['K', 'Nums']) {
    const list = entryOf(one, key);
    if (isRef(list) && listGrew(step, before.resolve(list), after.resolve(entryOf(other, key)))) {
      step.allowList(number, key, list.number);
    }
  }
}

function keyGrew(
  step: Explanation,
  before: PdfView,
  after: PdfView,
  one: PdfDict,
  other: PdfDict,
  key: string,
): boolean {
  if (key === 'Limits') return true;
  if (key === 'ParentTreeNextKey') return typeof after.get(other, key) === 'number';
  return listGrew(step, before.get(one, key), after.get(other, key));
}

/** All that was there is there still, in its order; every reference that is new leads to an object that is new. */
function listGrew(step: Explanation, one: PdfValue, other: PdfValue): boolean {
  if (!isArray(other)) return sameValue(one, other);
  const old: PdfArray['items'] = isArray(one) ? one.items : one === null ? [] : [one];
  let place = 0;
  for (const item of other.items) {
    if (place < old.length && sameValue(old[place], item)) place += 1;
    else if (isRef(item) && step.graph.reached.has(item.number)) return false;
  }
  return place === old.length;
}
