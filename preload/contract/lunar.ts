// The Vietnamese lunar calendar as far as public holidays need it: first days of lunar months from the moon and the sun, at the
// meridian of Hà Nội (UTC+7). Astronomical algorithms (Meeus, chapters 25 and 49), exact to a minute or two; pure.

const radians = Math.PI / 180;
const sine = (degrees: number): number => Math.sin(degrees * radians);
const meanMonth = 29.530588861;

/** Days by which dynamical time is ahead of UTC: 64 to 80 seconds in this half of the century. */
const dynamicalLead = 72 / 86_400;

/** Julian day number of a calendar day's noon from its UTC midnight. */
function julianDay(midnight: number): number {
  return midnight / 86_400_000 + 2_440_587.5;
}

/** The number (days since 1970) of the day in Vietnam that holds an instant given as a Julian date. */
function vietnamDay(julian: number): number {
  return Math.floor(julian - 2_440_587.5 - dynamicalLead + 7 / 24);
}

/** The `k`-th new moon since January 2000, as the number of its day in Vietnam. */
function newMoon(k: number): number {
  const t = k / 1236.85;
  const mean =
    2_451_550.09766 + meanMonth * k + 0.00015437 * t ** 2 - 0.00000015 * t ** 3 + 0.00000000073 * t ** 4;
  const e = 1 - 0.002516 * t - 0.0000074 * t ** 2;
  const sun = 2.5534 + 29.1053567 * k - 0.0000014 * t ** 2;
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t ** 2;
  const latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t ** 2;
  const node = 124.7746 - 1.56375588 * k + 0.0020672 * t ** 2;
  const correction =
    -0.4072 * sine(moon) +
    0.17241 * e * sine(sun) +
    0.01608 * sine(2 * moon) +
    0.01039 * sine(2 * latitude) +
    0.00739 * e * sine(moon - sun) -
    0.00514 * e * sine(moon + sun) +
    0.00208 * e * e * sine(2 * sun) -
    0.00111 * sine(moon - 2 * latitude) -
    0.00057 * sine(moon + 2 * latitude) +
    0.00056 * e * sine(2 * moon + sun) -
    0.00042 * sine(3 * moon) +
    0.00042 * e * sine(sun + 2 * latitude) +
    0.00038 * e * sine(sun - 2 * latitude) -
    0.00024 * e * sine(2 * moon - sun) -
    0.00017 * sine(node);
  return vietnamDay(mean + correction);
}

/** Apparent longitude of the sun, degrees, at the beginning of a day in Vietnam. */
function sunLongitude(day: number): number {
  const t = (julianDay(day * 86_400_000) - 7 / 24 + dynamicalLead - 2_451_545) / 36_525;
  const mean = 280.46646 + 36_000.76983 * t + 0.0003032 * t ** 2;
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t ** 2;
  const centre =
    (1.914602 - 0.004817 * t) * sine(anomaly) +
    (0.019993 - 0.000101 * t) * sine(2 * anomaly) +
    0.000289 * sine(3 * anomaly);
  const apparent = mean + centre - 0.00569 - 0.00478 * sine(125.04 - 1934.136 * t);
  return ((apparent % 360) + 360) % 360;
}

/** Twelfth of the sun's way in which a day begins: 9 begins with the winter solstice. */
const sector = (day: number): number => Math.floor(sunLongitude(day) / 30);

/** Number `k` of the new moon that begins the lunar month of the winter solstice of a year (month 11). */
function eleventhMonth(year: number): number {
  const end = Math.floor(Date.UTC(year, 11, 31) / 86_400_000);
  let k = Math.floor((julianDay(end * 86_400_000) - 2_451_550.1) / meanMonth) + 1;
  while (newMoon(k) > end) k -= 1;
  // The month whose beginning lies before the solstice: the sun is not yet in its tenth sector.
  while (sector(newMoon(k)) >= 9 && sector(newMoon(k)) < 12) k -= 1;
  // A solstice on the very first day of the next month belongs to that month.
  return sector(newMoon(k + 1) + 1) === 9 && sector(newMoon(k + 1)) === 8 ? k + 1 : k;
}

function isoOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The day (yyyy-MM-dd) of a lunar date of the lunar year that begins in `year`; months 1 to 10, never a leap month.
 * Good for 1900 to 2100.
 */
export function solarDay(year: number, month: number, day: number): string {
  const start = eleventhMonth(year - 1);
  const hasLeap = eleventhMonth(year) - start === 13;
  let k = start;
  let named = 11;
  let leapTaken = false;
  // Month 11, 12, then 1, 2…; in a year of thirteen the first month without a change of sector bears no number.
  while (!(named === month + 12)) {
    k += 1;
    const leap = hasLeap && !leapTaken && sector(newMoon(k)) === sector(newMoon(k + 1));
    if (leap) leapTaken = true;
    else named += 1;
  }
  return isoOf(newMoon(k) + day - 1);
}
