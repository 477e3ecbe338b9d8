// The secrecy box of NĐ 30/2020 (phụ lục I, 10a) on a first page: a mark in capitals that stands apart, in the page's upper
// part. Pure; a stamp that is a picture is seen by nobody here.
import { endsBeforeMat, secrecyLevelOf, standsInCapitals } from '../../../preload/contract/secrecy';
import { linesOf, type Segment, segmentsOf, type TextPiece } from '../text-segments';

/** The box stands beside the head of the page, above its text. */
const upperLines = 25;

/** True for the second line of a title whose word "bảo mật" is parted, right below its first. */
function goesOn(segment: Segment, above: readonly Segment[]): boolean {
  return above.some(({ text, x, right }) => x < segment.right && segment.x < right && endsBeforeMat(text));
}

/** True when the first page carries a mark. A line of prose that holds the word is none. */
export function pageSaysSecret(pieces: readonly TextPiece[]): boolean {
  return linesOf(pieces.filter((piece) => piece.page === 1))
    .slice(0, upperLines)
    .map(segmentsOf)
    .some((segments, at, lines) =>
      segments.some(
        (segment) =>
          secrecyLevelOf(segment.text) !== undefined &&
          standsInCapitals(segment.text) &&
          !goesOn(segment, lines[at - 1] ?? []),
      ),
    );
}
