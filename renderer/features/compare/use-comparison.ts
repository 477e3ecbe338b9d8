// Compares two open files step by step and tells what is known so far. It draws nothing.
//
//   reading ─► looking (differences of words are known, pictures of pages are compared one after another) ─► done
//      └──────────────┴──► failed (a page could not be read)
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useState } from 'react';
import type { PageSize } from '../../pdf/layout';
import type { PagePair } from './align';
import { comparedWords } from './compared-words';
import {
  type Difference,
  inOrder,
  pageDifferences,
  pictureDifferences,
  pictureStanding,
  type Side,
} from './differences';
import { changedBoxes } from './pictures';
import { greyPage, type ReadPage, readPages } from './read-pages';

export interface Known {
  readonly differences: readonly Difference[];
  readonly pairs: readonly PagePair[];
  readonly sizes: Readonly<Record<Side, readonly PageSize[]>>;
  /** Pairs of pages of which only the words could be compared. */
  readonly wordsOnly: number;
}

export type Comparison =
  | { readonly kind: 'reading'; readonly page: number; readonly pages: number }
  | { readonly kind: 'looking'; readonly known: Known; readonly page: number; readonly pages: number }
  | { readonly kind: 'done'; readonly known: Known }
  | { readonly kind: 'failed' };

export type Pdfs = Readonly<Record<Side, PDFDocumentProxy>>;

function compareWords(left: readonly ReadPage[], right: readonly ReadPage[]): Known {
  const { pairs, differences } = comparedWords(
    left.map(({ words }) => words),
    right.map(({ words }) => words),
  );
  const pages = { left, right };
  const hasWords = (side: Side, page: number): boolean => (pages[side][page - 1]?.words.length ?? 0) > 0;
  const found = [...differences, ...pageDifferences(pairs, hasWords)];
  return {
    differences: inOrder(found),
    pairs,
    sizes: { left: left.map(({ size }) => size), right: right.map(({ size }) => size) },
    wordsOnly: 0,
  };
}

/** Differences of the pictures of two pages. */
async function lookAt(
  pdfs: Pdfs,
  pair: { readonly left: number; readonly right: number },
  sizes: Readonly<Record<Side, PageSize>>,
  signal: AbortSignal,
): Promise<Difference[]> {
  const whole = [{ left: 0, top: 0, width: 1, height: 1 }];
  const shape = ({ width, height }: PageSize): number => height / width;
  const otherShape = Math.abs(shape(sizes.left) - shape(sizes.right)) > 0.01;
  if (otherShape) return pictureDifferences(pair, whole, sizes);
  const one = await greyPage(pdfs.left, pair.left, null, signal);
  const other = await greyPage(pdfs.right, pair.right, one.height, signal);
  return pictureDifferences(pair, changedBoxes(one, other), sizes);
}

/** Begins anew with other files and gives up when nobody looks any more. `onProblem` must keep its identity. */
export function useComparison(
  left: PDFDocumentProxy,
  right: PDFDocumentProxy,
  onProblem: (error: unknown) => void,
): Comparison {
  const [state, setState] = useState<Comparison>({ kind: 'reading', page: 0, pages: 1 });
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const pdfs: Pdfs = { left, right };
    const tell = (now: Comparison): void => {
      if (!signal.aborted) setState(now);
    };
    const run = async (): Promise<void> => {
      let page = 0;
      const pages = left.numPages + right.numPages;
      const read = (): void => {
        page += 1;
        tell({ kind: 'reading', page, pages });
      };
      const [lefts, rights] = [await readPages(left, signal, read), await readPages(right, signal, read)];
      let known = compareWords(lefts, rights);
      for (const [at, { left: one, right: other }] of known.pairs.entries()) {
        tell({ kind: 'looking', known, page: at + 1, pages: known.pairs.length });
        const [first, second] = [lefts[(one ?? 0) - 1], rights[(other ?? 0) - 1]];
        if (one === null || other === null || first === undefined || second === undefined) continue;
        if (pictureStanding(first.words, second.words) === 'words-moved') {
          known = { ...known, wordsOnly: known.wordsOnly + 1 };
          continue;
        }
        const sizes = { left: first.size, right: second.size };
        const found = await lookAt(pdfs, { left: one, right: other }, sizes, signal);
        if (found.length > 0) known = { ...known, differences: inOrder([...known.differences, ...found]) };
      }
      tell({ kind: 'done', known });
    };
    run().catch((error: unknown) => {
      if (signal.aborted) return;
      onProblem(error);
      tell({ kind: 'failed' });
    });
    return () => stop.abort();
  }, [left, right, onProblem]);
  return state;
}
