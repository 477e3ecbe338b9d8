// Where the stamps of the records office go on the first page, found from its text: free paper below the number and symbol,
// else below the date (NĐ 30/2020, phụ lục IV and phụ lục I, box 10b). Pure; the clerk may move what it proposes.
import type { Placement } from '../../preload/contract/signing-request';
import type { Found } from './places';
import { type PageSize, type Segment, segmentsOf, type TextLine } from './text-segments';

interface Size {
  readonly width: number;
  readonly height: number;
}

const margin = 4;
const edge = 12;
/** Stamps stand in the upper part of the page, in points of its height. */
const lowest = 0.42;
const farBelow = 90;

/** The first free rectangle of this size at or below `top` around `centre`, or null. */
function freeBelow(
  segments: readonly Segment[],
  page: PageSize,
  size: Size,
  centre: number,
  top: number,
): Placement | null {
  const x = Math.max(edge, Math.min(centre - size.width / 2, page.width - edge - size.width));
  let y = top - margin - size.height;
  for (let tries = 0; tries < 60 && y > page.height * lowest; tries += 1) {
    const covered = segments.filter(
      (one) =>
        one.x < x + size.width + margin &&
        one.right > x - margin &&
        one.y - one.height * 0.25 < y + size.height + margin &&
        one.y + one.height > y - margin,
    );
    if (covered.length === 0) return { page: page.page, x, y, ...size };
    y = Math.min(...covered.map((one) => one.y - one.height * 0.25)) - margin - 0.5 - size.height;
  }
  return null;
}

function coveredArea(segments: readonly Segment[], place: Placement): number {
  return segments.reduce((sum, one) => {
    const across = Math.min(one.right, place.x + place.width) - Math.max(one.x, place.x);
    const low = one.y - one.height * 0.25;
    const up = Math.min(one.y + one.height, place.y + place.height) - Math.max(low, place.y);
    return across > 0 && up > 0 ? sum + across * up : sum;
  }, 0);
}

const searchStep = 6;

/** A crowded page: the place in its upper part, below the number, that covers the least text; null where there is no text. */
function leastCovering(
  segments: readonly Segment[],
  page: PageSize,
  size: Size,
  top: number | undefined,
): Placement | null {
  if (segments.length === 0) return null;
  const highest = (top ?? page.height * 0.82) - margin - size.height;
  let best: { readonly place: Placement; readonly cost: number } | null = null;
  for (let y = highest; y > page.height * 0.5; y -= searchStep) {
    for (let x = edge; x <= page.width - edge - size.width; x += searchStep) {
      const place = { page: page.page, x, y, ...size };
      // Of places that cover as much, the higher one.
      const cost = coveredArea(segments, place) + (highest - y) * 0.5;
      if (best === null || cost < best.cost) best = { place, cost };
    }
  }
  return best?.place ?? null;
}

/** "Số:" with what stands after it in the left half: the blank between them may be wide. */
function numberLine(segments: readonly Segment[], page: PageSize): Segment | undefined {
  const first = segments.find((one) => /^Số\s*:/u.test(one.text) && one.y > page.height * 0.5);
  if (first === undefined) return undefined;
  const after = segments.filter((one) => Math.abs(one.y - first.y) < 3 && one.right < page.width * 0.5);
  const right = Math.max(first.right, ...after.map((one) => one.right));
  return { ...first, right, centre: (first.x + right) / 2 };
}

/** Free paper for a stamp of this size on page 1: under the number, else under the date. */
export function stampPlace(lines: readonly TextLine[], sizes: readonly PageSize[], size: Size): Found {
  const page = sizes[0] ?? { page: 1, width: 595, height: 842 };
  const segments = lines.filter((line) => line.page === page.page).flatMap(segmentsOf);
  const number = numberLine(segments, page);
  const date = segments.find((one) => /ngày.*tháng.*năm/u.test(one.text) && one.y > page.height * 0.5);
  const below = (one: Segment | undefined): Placement | null =>
    one === undefined ? null : freeBelow(segments, page, size, one.centre, one.y - one.height * 0.25);
  const [underNumber, underDate] = [below(number), below(date)];
  // Under the number is the rule; far below it, the free paper under the date is the better place.
  const isFar = underNumber !== null && underDate !== null && underDate.y - underNumber.y > farBelow;
  const best = underNumber === null || isFar ? underDate : underNumber;
  if (best !== null) return { placement: best, found: true };
  const crowded = leastCovering(segments, page, size, (number ?? date)?.y);
  if (crowded !== null) return { placement: crowded, found: false };
  // A scan has no text: the usual place, to be moved.
  const placement = { page: page.page, x: page.width * 0.12, y: page.height * 0.72, ...size };
  return { placement, found: false };
}
