// Walks the page tree (ISO 32000-2, 7.7.3) lazily, with inherited attributes. It trusts no /Count and never loops.
import { Failure } from '../../preload/contract/failure';
import { limits } from './limits';
import {
  dictOf,
  entryOf,
  isArray,
  isDict,
  isRef,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfValue,
} from './values';

export interface PdfPage {
  /** Counted from 0. */
  readonly index: number;
  readonly ref: PdfRef;
  readonly object: PdfObject;
  readonly dict: PdfDict;
  /** Own or inherited, references followed: MediaBox and CropBox as written, Rotate as written. */
  readonly inherited: {
    readonly MediaBox: PdfValue;
    readonly CropBox: PdfValue;
    readonly Rotate: PdfValue;
    readonly Resources: PdfValue;
  };
}

export interface PageReader {
  object(number: number, generation?: number): PdfObject | undefined;
  resolve(value: PdfValue | undefined): PdfValue;
}

const inheritable = ['MediaBox', 'CropBox', 'Rotate', 'Resources'] as const;

function bad(detail: string): Failure {
  return new Failure('pdf-page-tree-damaged', detail);
}

interface Walk {
  readonly reader: PageReader;
  /** The nodes above the one that is read. */
  readonly above: Set<number>;
  nodes: number;
  pages: number;
}

const nothing = { MediaBox: null, CropBox: null, Rotate: null, Resources: null };

/**
 * Every page in order; one that is listed twice comes twice, as it is shown. Throws Failure `pdf-page-tree-damaged` where
 * the tree is a circle or too large, or a node is no dictionary.
 */
export function* walkPages(reader: PageReader, root: PdfValue | undefined): Generator<PdfPage> {
  const walk: Walk = { reader, above: new Set(), nodes: 0, pages: 0 };
  if (isDict(root)) yield* walkKids(walk, root, nothing, 0);
  else if (isRef(root)) yield* walkNode(walk, root, nothing, 0);
  else throw bad('node is not a reference');
}

function inheritedBy(
  reader: PageReader,
  dict: PdfDict,
  inherited: PdfPage['inherited'],
): PdfPage['inherited'] {
  const own = { ...inherited };
  for (const key of inheritable) {
    const value = entryOf(dict, key);
    if (value !== undefined) own[key] = reader.resolve(value);
  }
  return own;
}

function* walkKids(
  walk: Walk,
  dict: PdfDict,
  inherited: PdfPage['inherited'],
  depth: number,
): Generator<PdfPage> {
  const kids = walk.reader.resolve(entryOf(dict, 'Kids'));
  if (!isArray(kids)) throw bad('/Kids is not an array');
  for (const kid of kids.items) {
    // A reference to nothing reads as null (7.3.10): an empty place in the array, not a page.
    if (kid === null || (isRef(kid) && walk.reader.resolve(kid) === null)) continue;
    if (!isRef(kid)) throw bad('node is not a reference');
    yield* walkNode(walk, kid, inherited, depth + 1);
  }
}

function* walkNode(
  walk: Walk,
  node: PdfRef,
  inherited: PdfPage['inherited'],
  depth: number,
): Generator<PdfPage> {
  const { reader, above } = walk;
  walk.nodes += 1;
  if (depth > limits.treeDepth || walk.nodes > limits.treeNodes) throw bad('too deep or too large');
  if (above.has(node.number)) throw bad('circle');
  const object = reader.object(node.number, node.generation);
  const dict = dictOf(object);
  if (object === undefined || dict === undefined) throw bad(`node ${node.number} is not a dictionary`);
  const own = inheritedBy(reader, dict, inherited);
  if (reader.resolve(entryOf(dict, 'Kids')) === null) {
    yield { index: walk.pages, ref: node, object, dict, inherited: own };
    walk.pages += 1;
    return;
  }
  above.add(node.number);
  yield* walkKids(walk, dict, own, depth);
  above.delete(node.number);
}
