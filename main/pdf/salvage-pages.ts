// The pages that are left of a damaged file, in the order of its page tree; those that the tree lost come after, in the order of
// the file. It reads what was salvaged and writes nothing.
import { limits } from './limits';
import type { Salvage } from './salvage';
import {
  entryOf,
  isArray,
  isCount,
  isDict,
  isName,
  isRef,
  type PdfDict,
  type PdfObject,
  type PdfValue,
} from './values';

export const inheritable = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;

/** An ancestor's value that a page has by inheritance, with the object whose bytes it stands in. */
export interface Inherited {
  readonly object: PdfObject;
  readonly dict: PdfDict;
}

export interface SalvagedPage {
  readonly object: PdfObject;
  readonly dict: PdfDict;
  readonly inherited: ReadonlyMap<string, Inherited>;
}

export interface SalvagedPages {
  readonly pages: readonly SalvagedPage[];
  /** How many the file says it has; null where it does not say. */
  readonly declared: number | null;
  /** Pages that no node of the tree leads to any more. */
  readonly found: number;
  readonly root: PdfObject | undefined;
}

function isPage(dict: PdfDict): boolean {
  return isName(entryOf(dict, 'Type'), 'Page');
}

function isCatalog(object: PdfObject | undefined): object is PdfObject {
  return (
    object !== undefined &&
    isDict(object.value) &&
    (isName(entryOf(object.value, 'Type'), 'Catalog') || entryOf(object.value, 'Pages') !== undefined)
  );
}

/** The catalog that the newest readable trailer names, else the last one that stands in the file. */
function rootOf(salvage: Salvage): PdfObject | undefined {
  for (const trailer of salvage.trailers) {
    const root = entryOf(trailer, 'Root');
    const object = isRef(root) ? salvage.get(root.number) : undefined;
    if (isCatalog(object)) return object;
  }
  return [...salvage.objects.values()]
    .sort((a, b) => b.place - a.place)
    .find(({ object }) => isDict(object.value) && isName(entryOf(object.value, 'Type'), 'Catalog'))?.object;
}

class Walk {
  readonly pages: SalvagedPage[] = [];
  readonly seen = new Set<number>();
  lost = 0;
  private readonly above = new Set<number>();
  private nodes = 0;

  constructor(private readonly salvage: Salvage) {}

  node(value: PdfValue | undefined, inherited: ReadonlyMap<string, Inherited>, depth: number): void {
    this.nodes += 1;
    if (!isRef(value) || depth > limits.treeDepth || this.nodes > limits.treeNodes) {
      if (value !== null) this.lost += 1;
      return;
    }
    const object = this.salvage.get(value.number);
    if (object === undefined || !isDict(object.value) || this.above.has(value.number)) {
      this.lost += 1;
      return;
    }
    const dict = object.value;
    const kids = this.salvage.resolve(entryOf(dict, 'Kids'));
    this.seen.add(value.number);
    if (!isArray(kids)) {
      if (isName(entryOf(dict, 'Type'), 'Pages')) this.lost += 1;
      else this.pages.push({ object, dict, inherited });
      return;
    }
    const own = new Map(inherited);
    for (const key of inheritable) if (entryOf(dict, key) !== undefined) own.set(key, { object, dict });
    this.above.add(value.number);
    for (const kid of kids.items) this.node(kid, own, depth + 1);
    this.above.delete(value.number);
  }
}

/** Every page that can be read. */
export function salvagedPages(salvage: Salvage): SalvagedPages {
  const root = rootOf(salvage);
  const walk = new Walk(salvage);
  const tree = root !== undefined && isDict(root.value) ? entryOf(root.value, 'Pages') : undefined;
  const top = salvage.dictOf(tree);
  const count = top === undefined ? null : salvage.resolve(entryOf(top, 'Count'));
  const declared = isCount(count) ? count : null;
  if (tree !== undefined) walk.node(tree, new Map(), 0);
  const whole =
    walk.lost === 0 && (declared === null || declared <= walk.pages.length) && walk.pages.length > 0;
  if (whole) return { pages: walk.pages, declared, found: 0, root };
  const orphans = [...salvage.objects.values()]
    .sort((a, b) => a.place - b.place)
    .flatMap(({ object }): SalvagedPage[] => {
      const { value, number } = object;
      if (!isDict(value) || !isPage(value) || walk.seen.has(number)) return [];
      return [{ object, dict: value, inherited: ancestorsOf(salvage, value) }];
    });
  return { pages: [...walk.pages, ...orphans], declared, found: orphans.length, root };
}

/** What a page without its place in the tree still inherits by its /Parent. */
function ancestorsOf(salvage: Salvage, page: PdfDict): ReadonlyMap<string, Inherited> {
  const inherited = new Map<string, Inherited>();
  let parent = entryOf(page, 'Parent');
  for (let step = 0; step < limits.referenceChain && isRef(parent); step += 1) {
    const object = salvage.get(parent.number);
    if (object === undefined || !isDict(object.value)) break;
    for (const key of inheritable) {
      if (entryOf(object.value, key) !== undefined && !inherited.has(key)) {
        inherited.set(key, { object, dict: object.value });
      }
    }
    parent = entryOf(object.value, 'Parent');
  }
  return inherited;
}
