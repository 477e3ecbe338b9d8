// Provinces that became part of another on 01/07/2025, by their codes of QĐ 20/2020. The successor bears the code of the
// province whose name it kept; the hub's own directory overrides this table.

const mergers: Readonly<Record<string, readonly string[]>> = {
  H01: ['H33'],
  H05: ['H02'],
  H12: ['H04'],
  H13: ['H51', 'H30'],
  H15: ['H45'],
  H17: ['H47'],
  H19: ['H10'],
  H20: ['H58'],
  H21: ['H08'],
  H24: ['H23'],
  H29: ['H06', 'H09'],
  H31: ['H54'],
  H32: ['H43'],
  H36: ['H16', 'H11'],
  H38: ['H63'],
  H42: ['H25', 'H40'],
  H44: ['H62', 'H28'],
  H48: ['H34'],
  H50: ['H46'],
  H53: ['H39'],
  H55: ['H03'],
  H60: ['H22'],
  H61: ['H07', 'H59'],
};

const successors = new Map(
  Object.entries(mergers).flatMap(([into, parts]) => parts.map((part) => [part, into] as const)),
);

/** The level-1 code of the province that took this one in; undefined when it stands. */
export function successorProvince(topLevel: string): string | undefined {
  return successors.get(topLevel.toUpperCase());
}
