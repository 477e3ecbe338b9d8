// Which lines of a file are the numbers of its pages: they change with every page that is put in and are not compared. Pure; a
// figure that only stands where a page number could stand is kept.
import type { Line, PageWord } from './page-words';

/** Fewer pages counted alike may be the figures of a table. */
const fewest = 3;

/** The number that stands alone in a line, between dashes or not; null: the line says something else. */
function numberOf(line: Line): number | null {
  const found = /^[-–—]?(\d{1,4})[-–—]?$/.exec(line.map(({ text }) => text).join(''));
  return found === null ? null : Number(found[1]);
}

/** Places of lines that can be a page's number: the first and the last, where there is more than one line. */
function edges(lines: readonly Line[]): number[] {
  return lines.length > 1 ? [0, lines.length - 1] : [];
}

/** How far the printed numbers lie ahead of the pages, where one distance holds on most pages; null where none does. */
function distanceOfMost(pages: readonly (readonly Line[])[]): number | null {
  const counts = new Map<number, number>();
  for (const [at, lines] of pages.entries()) {
    const found = edges(lines).flatMap((place) => numberOf(lines[place] ?? []) ?? []);
    for (const distance of new Set(found.map((number) => number - (at + 1))))
      counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  const most = [...counts].find(([, count]) => count >= fewest && count * 2 > pages.length);
  return most?.[0] ?? null;
}

/**
 * The words of each page of a whole file, in reading order, from the first page on. A number alone in the first or last line is left
 * out where it is the page's own, or lies as far from it as on most pages of the file.
 */
export function withoutPageNumbers(pages: readonly (readonly Line[])[]): PageWord[][] {
  const usual = distanceOfMost(pages);
  return pages.map((lines, at) => {
    const left = edges(lines).filter((place) => {
      const number = numberOf(lines[place] ?? []);
      return number !== null && (number === at + 1 || number - (at + 1) === usual);
    });
    return lines.filter((_, place) => !left.includes(place)).flat();
  });
}
