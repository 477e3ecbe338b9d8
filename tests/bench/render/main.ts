// `npm run -s bench -- render [--only first,turn,memory,ink] [--count N]`: what the reading view costs over pdf.js and a canvas alone,
// in the real window. One JSON line a figure.

import { closeDisplay } from '../../desk/launch';
import { longPdf, scannedPdf } from '../../fixtures/large-pdf';
import { line, pairedLine, quantile } from '../figures';
import { firstPagePairs } from './first-page';
import { inkTimes } from './ink';
import { memoryPair } from './memory';
import { pageTurnPairs } from './page-turn';
import { loadBare, openBench, show } from './window';

const given = (name: string): string | undefined => {
  const place = process.argv.indexOf(name);
  return place < 0 ? undefined : process.argv[place + 1];
};
const count = Number(given('--count') ?? 15);
const wanted = (given('--only') ?? 'first,turn,memory,ink').split(',');
const pageCount = 1000;

async function ink(): Promise<void> {
  const [ours, theirs] = (await inkTimes(count)).map((times) => quantile(times, 0.95));
  if (ours === undefined || theirs === undefined) throw new Error('no stroke');
  line('ink-event-to-picture-p95', {
    ...{ value: ours, unit: 'ms', against: theirs, ratio: ours / theirs, limit: 1.5, runs: count },
  });
}

async function pages(): Promise<void> {
  const scanned = { name: 'quet-10mb.pdf', bytes: await scannedPdf(10) };
  const long = { name: 'nghin-trang.pdf', bytes: await longPdf(pageCount) };
  const bench = await openBench([scanned, long]);
  try {
    if (wanted.includes('first')) {
      await loadBare(bench.page);
      pairedLine('first-page-10-mb', await firstPagePairs(bench.page, scanned, bench.small, count), 1.1);
    }
    await show(bench.page, long.name);
    if (wanted.includes('turn'))
      pairedLine('page-turn-buffered', await pageTurnPairs(bench.page, count), 1.2);
    if (wanted.includes('memory')) {
      const [early, late] = await memoryPair(bench, pageCount);
      line('memory-1000-pages', {
        value: late,
        unit: 'MB',
        against: early,
        ratio: late / early,
        limit: 1.5,
        runs: 1,
      });
    }
  } finally {
    await bench.close();
  }
}

async function run(): Promise<void> {
  if (wanted.some((name) => name !== 'ink')) await pages();
  if (wanted.includes('ink')) await ink();
  await closeDisplay();
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
