// Walks the page tree (ISO 32000-2, 7.7.3) lazily, with inherited attributes. It trusts no /Count and never loops.
import { Failure } from '../../preload/contract/failure';
import { limits } from './limits';
import {
  dictOf,
  entryOf,
  isArray,
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

/** Every page in order. Throws Failure `pdf-page-tree-damaged` where the tree is a circle or a node is no dictionary. */
export function* walkPages(reader: PageReader, root: PdfValue | undefined): Generator<PdfPage> {
  const seen = new Set<number>();
  const counter = { index: 0 };
  const nothing = { MediaBox: null, CropBox: null, Rotate: null, Resources: null };
  yield* walkNode(reader, root, nothing, seen, counter, 0);
}

function* walkNode(
  reader: PageReader,
  node: PdfValue | undefined,
  inherited: PdfPage['inherited'],
  seen: Set<number>,
  counter: { index: number },
  depth: number,
): Generator<PdfPage> {
  if (!isRef(node)) throw bad('node is not a reference');
  if (depth > limits.treeDepth || seen.size > limits.treeNodes) throw bad('too deep or too large');
  if (seen.has(node.number)) throw bad('circle');
  seen.add(node.number);
  const object = reader.object(node.number, node.generation);
  const dict = dictOf(object);
  if (object === undefined || dict === undefined) throw bad(`node ${node.number} is not a dictionary`);
  const own = { ...inherited };
  for (const key of inheritable) {
    const value = entryOf(dict, key);
    if (value !== undefined) own[key] = reader.resolve(value);
  }
  const kids = reader.resolve(entryOf(dict, 'Kids'));
  if (kids === null) {
    yield { index: counter.index, ref: node, object, dict, inherited: own };
    counter.index += 1;
    return;
  }
  if (!isArray(kids)) throw bad('/Kids is not an array');
  for (const kid of kids.items) yield* walkNode(reader, kid, own, seen, counter, depth + 1);
}
