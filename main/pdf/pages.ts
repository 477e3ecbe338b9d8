// Walks the page tree (ISO 32000-2, 7.7.3) lazily, with inherited attributes. It trusts no /Count and never loops.
import { Failure, isFailure } from '../../preload/contract/failure';
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

/** Told of a node of the tree that is no page and leads to none; `failure` says why. */
export type PageFault = (failure: Failure) => void;

interface Walk {
  readonly reader: PageReader;
  readonly fault: PageFault | undefined;
  /** The nodes above the one that is read. */
  readonly above: Set<number>;
  nodes: number;
  pages: number;
}

const nothing = { MediaBox: null, CropBox: null, Rotate: null, Resources: null };

/**
 * Every page in order; one that is listed twice comes twice, as it is shown. Throws Failure `pdf-page-tree-damaged` where
 * the tree is a circle or too large, or a node is no dictionary; with `fault` such a node is told of and passed over. It
 * counts as a page, as viewers show an empty one there; a circle does not.
 */
export function* walkPages(
  reader: PageReader,
  root: PdfValue | undefined,
  fault?: PageFault,
): Generator<PdfPage> {
  const walk: Walk = { reader, fault, above: new Set(), nodes: 0, pages: 0 };
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
    if (kid === null) continue;
    try {
      if (isRef(kid) && walk.reader.resolve(kid) === null) continue;
      if (!isRef(kid)) throw bad('node is not a reference');
    } catch (error) {
      passOver(walk, error, true);
      continue;
    }
    yield* walkNode(walk, kid, inherited, depth + 1);
  }
}

/** Passes over a node that is no page, where that is allowed. */
function passOver(walk: Walk, error: unknown, counts: boolean): void {
  if (walk.fault === undefined || !isFailure(error)) throw error;
  walk.fault(error);
  if (counts) walk.pages += 1;
}

/** A node with what it inherits and its kids, or undefined for one that was passed over. */
function readNode(walk: Walk, node: PdfRef, inherited: PdfPage['inherited']) {
  const { reader } = walk;
  try {
    const object = reader.object(node.number, node.generation);
    const dict = dictOf(object);
    if (object === undefined || dict === undefined) throw bad(`node ${node.number} is not a dictionary`);
    const own = inheritedBy(reader, dict, inherited);
    const kids = reader.resolve(entryOf(dict, 'Kids'));
    if (kids !== null && !isArray(kids)) throw bad('/Kids is not an array');
    return { object, dict, own, isPage: kids === null };
  } catch (error) {
    passOver(walk, error, true);
    return undefined;
  }
}

function* walkNode(
  walk: Walk,
  node: PdfRef,
  inherited: PdfPage['inherited'],
  depth: number,
): Generator<PdfPage> {
  const { above } = walk;
  walk.nodes += 1;
  if (depth > limits.treeDepth || walk.nodes > limits.treeNodes) throw bad('too deep or too large');
  if (above.has(node.number)) {
    passOver(walk, bad('circle'), false);
    return;
  }
  const found = readNode(walk, node, inherited);
  if (found === undefined) return;
  const { object, dict, own } = found;
  if (found.isPage) {
    yield { index: walk.pages, ref: node, object, dict, inherited: own };
    walk.pages += 1;
    return;
  }
  above.add(node.number);
  yield* walkKids(walk, dict, own, depth);
  above.delete(node.number);
}
