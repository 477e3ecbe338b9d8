// Compares two successive revisions object by object and says what the later one did: nothing but validation data, form
// filling, a signature, annotations, or something else. Rules allow; whatever no rule explains is "other".
import type { Code } from '../../../preload/contract/codes';
import { isFailure } from '../../../preload/contract/failure';
import {
  type Entry,
  entryOf,
  isArray,
  isDict,
  isName,
  isRef,
  type PdfDict,
  type PdfFile,
  type PdfValue,
  type PdfView,
} from '../../pdf';
import { changedKeys, sameObject, sameValue } from './equality';
import { Explanation } from './explanation';
import { FieldComparison } from './fields';
import { documentEntries, eachReference, Graph, isPage, type ReferenceMemory, readValue } from './graph';
import type { ChangeLevel } from './level';
import { checkMetadata, checkSecurityStore } from './shape';
import { compareStructure } from './structure';

export interface StepReport {
  readonly level: ChangeLevel;
  readonly codes: readonly Code[];
  /** Full names of the fields that existed before and were filled or signed. */
  readonly filled: readonly string[];
  /** A signature field with a picture was added. */
  readonly newVisibleField: boolean;
  /** A signature field without a signature shows something that it did not show before. */
  readonly unsignedPicture: boolean;
  /** Technical, for logs and tests. */
  readonly reasons: readonly string[];
}

/** Catalog keys that only say what validation data or extensions there are. */
const catalogSubtrees: Readonly<Record<string, ChangeLevel>> = {
  DSS: 'lta',
  Extensions: 'lta',
  Metadata: 'lta',
};
/** Nothing else in a trailer leads to objects (table 15); a private key that does is a second way to them. */
const trailerKeys = new Set(['Root', 'Info', 'Encrypt']);
const activeKeys = new Set(['OpenAction', 'AA']);

/** What revision `index + 1` did to the file as revision `index` left it. */
export function compareStep(file: PdfFile, index: number, memory: ReferenceMemory): StepReport {
  const before = file.asOf(index);
  const after = file.asOf(index + 1);
  try {
    const changed = changedNumbers(file, index, before, after);
    const graph = new Graph(before, memory, changed);
    const step = new Explanation(before, graph, changed);
    refuseHiddenObjects(file, index, step, before, after);
    compareTrailers(step, before, after);
    compareCatalogs(step, before, after);
    step.close((number) => isSame(before, after, number));
    const { level, newVisibleField, unsignedPicture, reasons } = step;
    return {
      level,
      newVisibleField,
      unsignedPicture,
      reasons,
      codes: [...step.codes],
      filled: [...step.filled],
    };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return {
      level: 'other',
      codes: ['changes-unreadable'],
      filled: [],
      newVisibleField: false,
      unsignedPicture: false,
      reasons: [error.message],
    };
  }
}

function isSame(before: PdfView, after: PdfView, number: number): boolean {
  const one = before.entry(number);
  const other = after.entry(number);
  if (one === undefined || other === undefined) return one === other;
  return sameObject(before, after, before.object(number), after.object(number));
}

function sameEntry(one: Entry | undefined, other: Entry | undefined): boolean {
  if (one === undefined || other === undefined) return (one?.kind ?? 'free') === (other?.kind ?? 'free');
  if (one.kind === 'free' || other.kind === 'free') return one.kind === other.kind;
  if (one.kind === 'offset') {
    return other.kind === 'offset' && one.offset === other.offset && one.generation === other.generation;
  }
  return other.kind === 'compressed' && one.container === other.container && one.index === other.index;
}

/** Numbers whose object may differ: those that the later revision lists at another place. */
function changedNumbers(file: PdfFile, index: number, before: PdfView, after: PdfView): Set<number> {
  const changed = new Set<number>();
  for (const number of file.numbersOf(index + 1)) {
    if (!sameEntry(before.entry(number), after.entry(number))) changed.add(number);
  }
  return changed;
}

/**
 * Objects that lay hidden in the signed bytes and that only the later revision lists (shadow attacks), object streams
 * that were replaced under their members, and hybrid sections that two kinds of reader read differently.
 */
function refuseHiddenObjects(
  file: PdfFile,
  index: number,
  step: Explanation,
  before: PdfView,
  after: PdfView,
): void {
  const end = file.revisions[index]?.end ?? 0;
  for (const number of step.graph.overrunning) step.refuse(`object ${number} runs past the signed bytes`);
  for (const number of step.changed) {
    const entry = after.entry(number);
    if (entry?.kind === 'offset' && entry.offset < end) step.refuse(`object ${number} was hidden before`);
    if (entry?.kind === 'compressed' && !step.changed.has(entry.container)) {
      step.refuse(`object ${number} was hidden in a stream before`);
    }
    const members = step.graph.containers.get(number);
    const moved = members?.every((member) => !sameEntry(before.entry(member), after.entry(member)));
    if (moved === false) step.refuse(`object stream ${number} was replaced`);
  }
  for (const section of file.revisions[index + 1]?.sections ?? []) {
    for (const number of section.hidden?.numbers() ?? []) {
      const open = section.entries.get(number);
      if (open !== undefined && open.kind !== 'free' && !sameEntry(open, section.hidden?.get(number))) {
        step.refuse(`object ${number} reads two ways`, 'changes-two-readings');
      }
    }
  }
}

function compareTrailers(step: Explanation, before: PdfView, after: PdfView): void {
  for (const key of ['Root', 'Encrypt']) {
    if (!sameValue(entryOf(before.trailer, key), entryOf(after.trailer, key))) step.refuse(`trailer ${key}`);
  }
  for (const trailer of [before.trailer, after.trailer]) {
    for (const [key, value] of documentEntries(trailer)) {
      if (trailerKeys.has(key)) continue;
      eachReference(value, key, () => step.refuse(`trailer ${key} refers to the document`));
    }
  }
  const info = entryOf(before.trailer, 'Info');
  if (!sameValue(info, entryOf(after.trailer, 'Info'))) step.raise('lta');
  step.allowSubtree(0, 'Info', info, 'lta');
}

function compareCatalogs(step: Explanation, before: PdfView, after: PdfView): void {
  const one = before.catalog;
  const other = after.catalog;
  const { number } = one.object;
  for (const key of changedKeys(one.dict, other.dict)) {
    if (key === 'AcroForm') continue;
    const level = catalogSubtrees[key];
    if (level !== undefined) step.raise(level);
    if (level !== undefined && entryOf(other.dict, key) === undefined)
      step.refuse(`catalog key ${key} removed`);
    else if (level !== undefined) continue;
    else if (key === 'Version' && versionRises(before, after)) step.raise('lta');
    else step.refuse(`catalog key ${key}`, activeKeys.has(key) ? 'changes-active-content' : 'changes-other');
  }
  step.settle(number);
  for (const [key, level] of Object.entries(catalogSubtrees)) {
    step.allowSubtree(number, key, entryOf(one.dict, key), level);
  }
  checkSecurityStore(step, before, after);
  checkMetadata(step, before, after);
  compareStructure(step, before, after);
  const fields = new FieldComparison(step, before, after);
  fields.compareForms(number, entryOf(one.dict, 'AcroForm'), entryOf(other.dict, 'AcroForm'));
  compareAnnotations(step, before, after, fields.signatureWidgets);
}

/** A later writer may name a newer version of the format, never an older one. */
function versionRises(before: PdfView, after: PdfView): boolean {
  const name = (view: PdfView) => {
    const value = view.get(view.catalog.dict, 'Version');
    return isName(value) ? value.name : '';
  };
  return /^\d\.\d$/.test(name(after)) && name(after) > name(before);
}

/** Pages: all that may change is their list of annotations. */
function compareAnnotations(
  step: Explanation,
  before: PdfView,
  after: PdfView,
  signatureWidgets: ReadonlySet<number>,
): void {
  const places = step.graph.places(step.changed);
  const pages = new Set<number>();
  const annotations = new Set<number>();
  /** Arrays of annotations that are objects of their own: their items' places lie in them. */
  const arrays = new Map<number, number[]>();
  for (const number of step.changed) {
    if (isPage(readValue(before, number)) && step.graph.reached.has(number)) pages.add(number);
    for (const { holder, path } of places.get(number) ?? []) {
      if (path === 'Annots' && isPage(readValue(before, holder))) pages.add(holder);
      if (/^Annots\/\d+$/.test(path) && isPage(readValue(before, holder))) annotations.add(number);
      if (/^\/\d+$/.test(path)) arrays.set(holder, [...(arrays.get(holder) ?? []), number]);
    }
  }
  if (arrays.size > 0) {
    const owners = step.graph.places(new Set(arrays.keys()));
    for (const [array, members] of arrays) {
      const ofPage = owners
        .get(array)
        ?.some(({ holder, path }) => path === 'Annots' && isPage(readValue(before, holder)));
      if (ofPage === true) for (const member of members) annotations.add(member);
    }
  }
  for (const page of pages) comparePage(step, before, after, page, signatureWidgets);
  for (const number of annotations) compareAnnotation(step, before, number);
}

/** An annotation that is no widget and was written again in place; widgets are compared with their fields. */
function compareAnnotation(step: Explanation, before: PdfView, number: number): void {
  const annotation = readValue(before, number);
  if (!isDict(annotation) || isName(before.get(annotation, 'Subtype'), 'Widget')) return;
  step.raise('annotation');
  step.settle(number);
  for (const key of ['AP', 'Popup', 'RC'])
    step.allowSubtree(number, key, entryOf(annotation, key), 'annotation');
}

function comparePage(
  step: Explanation,
  before: PdfView,
  after: PdfView,
  number: number,
  signatureWidgets: ReadonlySet<number>,
): void {
  const one = readValue(before, number);
  const other = readValue(after, number);
  if (!isDict(one) || !isDict(other)) {
    step.refuse(`page ${number} is gone`);
    return;
  }
  for (const key of changedKeys(one, other)) {
    if (key === 'Annots') continue;
    if (key === 'LastModified') step.raise('lta');
    else step.refuse(`page ${number} key ${key}`, key === 'AA' ? 'changes-active-content' : 'changes-other');
  }
  step.settle(number);
  const list = entryOf(one, 'Annots');
  if (isRef(list)) step.allowList(number, 'Annots', list.number);
  const old = items(before, one);
  const fresh = items(after, other);
  for (const item of old.filter((was) => !fresh.some((is) => sameValue(was, is)))) {
    const dict = before.resolve(item);
    if (isDict(dict) && !isName(before.get(dict, 'Subtype'), 'Widget')) step.raise('annotation');
    else if (dict !== null) step.refuse(`widget removed from page ${number}`);
  }
  for (const item of fresh.filter((is) => !old.some((was) => sameValue(was, is)))) {
    const dict = after.resolve(item);
    if (dict === null) continue;
    if (isRef(item) && signatureWidgets.has(item.number)) {
      if (isDict(dict)) noteCover(step, after, other, dict);
    } else if (isDict(dict) && !isName(after.get(dict, 'Subtype'), 'Widget')) step.raise('annotation');
    else step.refuse(`widget added to page ${number}`);
  }
  const kept = fresh.filter((is) => old.some((was) => sameValue(was, is)));
  const stayed = old.filter((was) => fresh.some((is) => sameValue(was, is)));
  // Another order is another picture where annotations overlap.
  if (!kept.every((item, index) => sameValue(item, stayed[index]))) step.raise('annotation');
}

function items(view: PdfView, page: PdfDict): readonly PdfValue[] {
  const list = view.get(page, 'Annots');
  return isArray(list) ? list.items : [];
}

/** A picture of a signature that covers most of a page hides what was signed before (sneaky signature attack). */
function noteCover(step: Explanation, view: PdfView, page: PdfDict, widget: PdfDict): void {
  const box = area(view.get(widget, 'Rect'));
  let holder: PdfDict | undefined = page;
  let sheet = 0;
  for (let depth = 0; depth < 32 && holder !== undefined && sheet === 0; depth += 1) {
    sheet = area(view.get(holder, 'MediaBox'));
    const parent: PdfValue = view.get(holder, 'Parent');
    holder = isDict(parent) ? parent : undefined;
  }
  if (box > 0.4 * (sheet === 0 ? 595 * 842 : sheet)) step.codes.add('changes-overlap');
}

function area(box: PdfValue): number {
  const [left, bottom, right, top] = isArray(box) ? box.items : [];
  if (typeof left !== 'number' || typeof bottom !== 'number') return 0;
  if (typeof right !== 'number' || typeof top !== 'number') return 0;
  return Math.abs(right - left) * Math.abs(top - bottom);
}
