// The lists of annotations that pages name: which of them several pages share, and new entries for one page alone. It draws no
// annotation.
import {
  addAnnotation,
  entryOf,
  type Increment,
  isArray,
  isRef,
  type PdfFile,
  type PdfObject,
  type PdfPage,
  type PdfRef,
  refSyntax,
  setKey,
} from '../pdf';

/** References followed at most. */
const longest = 64;

/** The object that is a page's list; undefined where the list stands in the page itself, or there is none. */
export function listObject(file: PdfFile, page: PdfPage): PdfObject | undefined {
  let object: PdfObject | undefined;
  let current = entryOf(page.dict, 'Annots');
  for (let step = 0; step < longest && isRef(current); step += 1) {
    object = file.object(current.number, current.generation);
    current = object?.value;
  }
  return isArray(current) ? object : undefined;
}

/** The numbers of lists that more than one page names. */
function sharedLists(file: PdfFile): ReadonlySet<number> {
  const firstPage = new Map<number, number>();
  const shared = new Set<number>();
  // A page that cannot be read shows no annotation.
  for (const page of file.pages(() => undefined)) {
    const list = listObject(file, page)?.number;
    if (list === undefined) continue;
    const first = firstPage.get(list) ?? page.ref.number;
    firstPage.set(list, first);
    if (first !== page.ref.number) shared.add(list);
  }
  return shared;
}

/** The entries of a list, to be written elsewhere; undefined where their words are sealed for the object they stand in. */
function entriesOf(file: PdfFile, list: PdfObject): string | undefined {
  if (!isArray(list.value)) return undefined;
  const { items, start, end } = list.value;
  if (items.every(isRef)) return items.map(refSyntax).join(' ');
  if (file.encryption !== undefined) return undefined;
  return Buffer.from(list.raw).toString('latin1', start + 1, end - 1);
}

export interface AddedAnnotations {
  readonly page: PdfPage;
  readonly refs: readonly PdfRef[];
}

/**
 * Adds annotations to pages, each page once an update. A page that shares its list with another gets one of its own, with the same
 * entries and the new: what is put on one page is on no other. Throws Failure `pdf-object-damaged`.
 */
export function addToPages(file: PdfFile, increment: Increment, added: readonly AddedAnnotations[]): void {
  const lists = new Map(added.map(({ page }) => [page.ref.number, listObject(file, page)]));
  const shared = [...lists.values()].some((list) => list !== undefined) ? sharedLists(file) : new Set();
  // Only lists that could not be copied are still shared: such a one is written once, with what all of its pages add.
  const together = new Map<number, { page: PdfPage; refs: PdfRef[] }>();
  for (const { page, refs } of added) {
    const list = lists.get(page.ref.number);
    const entries = list !== undefined && shared.has(list.number) ? entriesOf(file, list) : undefined;
    if (entries !== undefined) {
      const own = `[${entries} ${refs.map(refSyntax).join(' ')}]`;
      increment.rewrite(page.object, page.dict, [setKey(page.dict, 'Annots', own)]);
      continue;
    }
    const key = list?.number ?? page.ref.number;
    const known = together.get(key) ?? { page, refs: [] };
    known.refs.push(...refs);
    together.set(key, known);
  }
  for (const { page, refs } of together.values()) addAnnotation(file, increment, page, ...refs);
}
