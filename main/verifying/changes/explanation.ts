// Keeps the account of one step from a revision to the next: which changed objects are explained by which rule, and what
// the step amounts to. An object that another part of the document also uses is never explained by one rule alone.
import type { Code } from '../../../preload/contract/codes';
import type { PdfValue, PdfView } from '../../pdf';
import { eachReference, type Graph, placeKey, readValue } from './graph';
import { type ChangeLevel, graver } from './level';

export class Explanation {
  level: ChangeLevel = 'none';
  readonly codes = new Set<Code>();
  /** Technical reasons, for logs and tests. */
  readonly reasons: string[] = [];
  /** Full names of form fields that existed and got another value or appearance. */
  readonly filled = new Set<string>();
  /** A signature field with a picture was added, not one that had been there to be signed. */
  newVisibleField = false;
  /** A signature field that nobody signed got a picture: only a signature made afterwards vouches for it. */
  unsignedPicture = false;
  /** Objects whose own comparison showed an allowed change, wherever they are used. */
  readonly #settled = new Set<number>();
  readonly #places = new Map<number, Set<string>>();
  readonly #subtrees = new Map<number, { level: ChangeLevel; fields: Set<string>; deep: boolean }>();

  constructor(
    readonly before: PdfView,
    readonly graph: Graph,
    readonly changed: ReadonlySet<number>,
  ) {}

  raise(level: ChangeLevel): void {
    this.level = graver(this.level, level);
  }

  /** The step holds something that no rule allows. */
  refuse(reason: string, code: Code = 'changes-other'): void {
    this.raise('other');
    this.codes.add(code);
    this.reasons.push(reason);
  }

  settle(number: number): void {
    this.#settled.add(number);
  }

  /**
   * Whatever hangs at this place may change, as far as it hangs nowhere else. `level` is what such a change amounts to,
   * `field` the form field that it then fills.
   */
  allowSubtree(
    holder: number,
    path: string,
    value: PdfValue | undefined,
    level: ChangeLevel,
    field?: string,
  ): void {
    eachReference(value, path, (target, place) => {
      this.#allow(target, placeKey(holder, place), level, field, true);
    });
  }

  /**
   * A list that is an object of its own may be written again: its items are compared one by one elsewhere, so nothing
   * below it is allowed by this.
   */
  allowList(holder: number, path: string, list: number): void {
    this.#allow(list, placeKey(holder, path), 'lta', undefined, false);
  }

  #allow(target: number, place: string, level: ChangeLevel, field: string | undefined, deep: boolean): void {
    const places = this.#places.get(target) ?? new Set<string>();
    places.add(place);
    this.#places.set(target, places);
    const known = this.#subtrees.get(target) ?? { level, fields: new Set<string>(), deep };
    known.level = graver(known.level, level);
    known.deep &&= deep;
    if (field !== undefined) known.fields.add(field);
    this.#subtrees.set(target, known);
  }

  /** Follows the allowed subtrees as far as they are nobody else's, and refuses every other changed object. */
  close(isSame: (number: number) => boolean): void {
    this.#expand();
    for (const number of this.changed) {
      if (!this.graph.reached.has(number) && !this.graph.missing.has(number)) continue;
      if (this.#settled.has(number)) continue;
      const subtree = this.#subtrees.get(number);
      if (this.#isExclusive(number) && subtree !== undefined) {
        if (isSame(number)) continue;
        this.raise(subtree.level);
        for (const field of subtree.fields) this.filled.add(field);
      } else if (!isSame(number)) this.refuse(`object ${number} changed`);
    }
  }

  #isExclusive(number: number): boolean {
    return this.#places.get(number)?.size === this.graph.count(number);
  }

  #expand(): void {
    const done = new Set<number>();
    for (let more = true; more; ) {
      more = false;
      for (const [number, { level, fields, deep }] of [...this.#subtrees]) {
        if (!deep || done.has(number) || !this.#isExclusive(number)) continue;
        done.add(number);
        more = true;
        const [field] = fields;
        this.allowSubtree(number, '', readValue(this.before, number), level, field);
      }
    }
  }
}
