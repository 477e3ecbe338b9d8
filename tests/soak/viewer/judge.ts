// What became of each file of a long run over PDFs, and whether the run was well. Pure.
import { basename } from 'node:path';
import { type Apart, apart, type Grey } from './compare';
import type { Oracle } from './oracles';

/**
 * Two pictures of a page are near within either of these: few blocks may differ much, or all of them a little, as letters of one
 * font do that are drawn heavier.
 */
const near = [
  { mean: 0.02, share: 0.03 },
  { mean: 0.035, share: 0.015 },
] as const;
/** But never with more than this missing or too much. */
const mostAlone = 0.004;
const someInk = 0.0005;

export interface Compared {
  /** How far our picture is from each of the others. */
  readonly from: Readonly<Partial<Record<Oracle, Apart>>>;
  readonly alike: boolean;
  /** Poppler shows ink, and we show next to none. */
  readonly blank: boolean;
}

export interface Outcome {
  readonly file: string;
  readonly kind: 'drawn' | 'refused' | 'hung' | 'crashed';
  readonly reason?: string;
  readonly milliseconds?: number;
  readonly compared?: Compared;
}

const isNear = ({ mean, share, alone }: Apart): boolean =>
  alone <= mostAlone && near.some((limit) => mean <= limit.mean && share <= limit.share);

/** Alike is what is near to poppler's picture or, where two programs see a page differently, to MuPDF's. */
export function comparedWith(ours: Grey, poppler: Grey, mupdf: () => Grey | null): Compared {
  const first = apart(ours, poppler);
  const [ink, expected] = first.ink;
  const blank = expected > someInk && ink < expected / 20;
  if (isNear(first)) return { from: { poppler: first }, alike: true, blank };
  const third = mupdf();
  if (third === null) return { from: { poppler: first }, alike: false, blank };
  const second = apart(ours, third);
  return { from: { poppler: first, mupdf: second }, alike: isNear(second), blank };
}

const isFault = ({ kind, compared }: Outcome): boolean =>
  kind === 'hung' || kind === 'crashed' || compared?.alike === false || compared?.blank === true;

export interface Judgement {
  /** Nothing is at fault but what is listed. */
  readonly well: boolean;
  readonly numbers: Readonly<Record<string, number>>;
  /** What is to be read: refusals and faults, each with its reason where it is listed. */
  readonly told: readonly (Outcome & { readonly listed?: string })[];
  /** Listed files that are as they should be now: they are to be taken off the list. */
  readonly mended: readonly string[];
}

export function judge(outcomes: readonly Outcome[], exceptions: ReadonlyMap<string, string>): Judgement {
  const of = (kind: Outcome['kind']): number => outcomes.filter((one) => one.kind === kind).length;
  const reasonOf = (one: Outcome): string | undefined => exceptions.get(basename(one.file));
  const faults = outcomes.filter(isFault);
  const unlisted = faults.filter(
    (one) => one.kind === 'hung' || one.kind === 'crashed' || reasonOf(one) === undefined,
  );
  const compared = outcomes.flatMap((one) => one.compared ?? []);
  const told = outcomes
    .filter((one) => one.kind === 'refused' || isFault(one))
    .map((one) => {
      const listed = reasonOf(one);
      return listed === undefined || !isFault(one) ? one : { ...one, listed };
    });
  return {
    well: unlisted.length === 0,
    told,
    mended: outcomes
      .filter((one) => one.compared !== undefined && !isFault(one) && reasonOf(one) !== undefined)
      .map(({ file }) => file),
    numbers: {
      files: outcomes.length,
      opened: of('drawn'),
      refused: of('refused'),
      hung: of('hung'),
      crashed: of('crashed'),
      blank: compared.filter(({ blank }) => blank).length,
      compared: compared.length,
      alike: compared.filter(({ alike }) => alike).length,
      listed: faults.length - unlisted.length,
      slowest: Math.max(0, ...outcomes.map(({ milliseconds = 0 }) => milliseconds)),
    },
  };
}
