// Finds the room for the competent person's signature (NĐ 30/2020, phụ lục I, box 7c): below the position, above the full
// name, in the column they share. Pure; it proposes and says how sure it is.
import { type PageSize, type Segment, segmentsOf, type TextLine } from './text-segments';

export interface SignatureRoom {
  readonly page: number;
  readonly centre: number;
  readonly top: number;
  readonly bottom: number;
}

/** Quyền hạn ký: thay mặt, quyền, ký thay, thừa lệnh, thừa ủy quyền. */
const authorityMark = /^(tm|q|kt|tl|tuq)\s*\.\s*\p{L}/iu;
const title =
  /(chủ tịch|giám đốc|bộ trưởng|thứ trưởng|thủ tướng|thủ trưởng|cục trưởng|vụ trưởng|viện trưởng|hiệu trưởng|trưởng phòng|trưởng ban|trưởng đoàn|trưởng công an|chỉ huy trưởng|đội trưởng|trạm trưởng|tổng thư ký|bí thư|chánh án|chánh văn phòng|chánh thanh tra|tổng biên tập|tổng kiểm toán|thống đốc|chủ nhiệm|kế toán trưởng|người đại diện|ủy viên|ban giám hiệu|văn phòng|ủy ban nhân dân|hội đồng nhân dân)/u;
const noise = /^[(\s[]*(đã ký|ký tên|ký,? (và )?ghi rõ|ký,? đóng dấu|chữ ký|đóng dấu|signed)/iu;
const degree = /^((gs|pgs|ts|tskh|ths|bs|bscki{1,2}|cki{1,2}|ks|cn|ls|dr)\s*[.,]\s*)+/iu;
const rank = /^(đại|thượng|trung|thiếu)\s+(tướng|tá|úy)\s*,?\s*/iu;
const mostWords = 6;
/** A signature needs this much height, points. */
const leastRoom = 24;

const lower = (text: string): string => text.toLocaleLowerCase('vi').replace(/uỷ/g, 'ủy');

function inCapitals(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '');
  return letters.length >= 5 && letters === letters.toLocaleUpperCase('vi');
}

/** A position in so many words; capitals alone may also be a heading. */
function isStrong(text: string): boolean {
  return authorityMark.test(text) || (text.length <= 80 && title.test(lower(text)) && !/[:;]/.test(text));
}

/** Two to six words that each begin with a capital, after degrees and rank; also all in capitals. */
function isFullName(text: string): boolean {
  const bare = text.replace(degree, '').replace(rank, '').replace(degree, '').trim();
  const words = bare.split(/\s+/);
  if (words.length < 2 || words.length > mostWords || isStrong(bare)) return false;
  return words.every((word) => /^\p{Lu}(\p{Ll}*|\p{Lu}*)$/u.test(word));
}

/** The last word of a name that did not fit on its line. */
function isRestOfName(text: string): boolean {
  return /^\p{Lu}\p{Ll}+( \p{Lu}\p{Ll}+)?$/u.test(text);
}

function sameColumn(one: Segment, other: Segment): boolean {
  const overlap = Math.min(one.right, other.right) - Math.max(one.x, other.x);
  const narrow = Math.min(one.right - one.x, other.right - other.x);
  return overlap > narrow * 0.5 && Math.abs(one.centre - other.centre) < 90;
}

interface Candidate extends SignatureRoom {
  readonly score: number;
}

interface PageText {
  readonly size: PageSize;
  readonly segments: readonly Segment[];
  readonly hasReceivers: boolean;
}

/** What stands next above or below in the same column, what is only a remark left out. */
function neighbour(page: PageText, from: Segment, way: 'above' | 'below'): Segment | undefined {
  const next = page.segments.filter(
    (one) =>
      one !== from &&
      sameColumn(one, from) &&
      !noise.test(one.text) &&
      (way === 'above' ? one.y > from.y + 2 : one.y < from.y - 2),
  );
  return way === 'above' ? next.at(-1) : next[0];
}

const isClose = (upper: Segment, below: Segment): boolean =>
  upper.y - below.y < Math.max(upper.height, below.height) * 1.9;

/** Points for what makes a signature block of the document itself rather than of a form in its annex. */
function scoreOf(page: PageText, position: Segment, named: boolean): number {
  return (
    (page.hasReceivers ? 100 : 0) +
    (isStrong(position.text) ? 30 : 0) +
    (named ? 40 : 0) +
    (10 * position.centre) / page.size.width
  );
}

/** A full name with a position above it and room between. */
function namedRoom(page: PageText, name: Segment): Candidate | undefined {
  let upper = name;
  let above = neighbour(page, name, 'above');
  // A name on two lines: the room ends above its first line.
  if (above !== undefined && isClose(above, name) && isRestOfName(name.text) && isFullName(above.text)) {
    upper = above;
    above = neighbour(page, above, 'above');
  } else if (!isFullName(name.text)) return undefined;
  if (above === undefined || !(isStrong(above.text) || inCapitals(above.text))) return undefined;
  const bottom = upper.y + upper.height;
  const top = above.y - above.height * 0.3;
  if (top - bottom < leastRoom) return undefined;
  const centre = (upper.centre + above.centre) / 2;
  return { page: name.page, centre, top, bottom, score: scoreOf(page, above, true) };
}

/** A position with nothing below it: the name is not typed. Only beside "Nơi nhận" and in the right half. */
function openRoom(page: PageText, position: Segment): Candidate | undefined {
  if (!page.hasReceivers || !isStrong(position.text) || position.centre < page.size.width * 0.5)
    return undefined;
  const below = neighbour(page, position, 'below');
  if (below !== undefined && isClose(position, below)) return undefined;
  const top = position.y - position.height * 0.3;
  const floor = below === undefined ? Math.min(40, page.size.height * 0.05) : below.y + below.height;
  const bottom = Math.max(floor, top - 80);
  if (top - bottom < leastRoom * 1.5) return undefined;
  return { page: position.page, centre: position.centre, top, bottom, score: scoreOf(page, position, false) };
}

/**
 * The best room of all pages that were read, or null. A page with "Nơi nhận" is the end of the document itself, whatever
 * annexes and forms follow; among equals its first one counts, without one the last page does.
 */
export function signatureRoom(lines: readonly TextLine[], sizes: readonly PageSize[]): SignatureRoom | null {
  let best: Candidate | null = null;
  for (const size of [...sizes].sort((a, b) => a.page - b.page)) {
    const segments = lines
      .filter((line) => line.page === size.page)
      .flatMap(segmentsOf)
      .sort((a, b) => b.y - a.y || a.x - b.x);
    const hasReceivers = segments.some((one) => /^nơi\s*nhận\s*:?/u.test(lower(one.text)));
    const page = { size, segments, hasReceivers };
    for (const segment of segments) {
      const found = namedRoom(page, segment) ?? openRoom(page, segment);
      if (found === undefined) continue;
      const better = best === null || found.score > best.score;
      const later = best !== null && !hasReceivers && found.score > best.score - 5 && best.score < 100;
      if (better || later) best = found;
    }
  }
  return best;
}
