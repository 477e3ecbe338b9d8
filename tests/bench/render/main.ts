// `npm run -s bench -- render [--only first,turn,memory] [--count N]`: what the reading view costs over pdf.js and a canvas alone,
// in the real window. One JSON line a figure.
import { longPdf, scannedPdf } from '../../fixtures/large-pdf';
import { pairedLine } from '../figures';
import { firstPagePairs } from './first-page';
import { loadBare, openBench } from './window';

const given = (name: string): string | undefined => {
  const place = process.argv.indexOf(name);
  return place < 0 ? undefined : process.argv[place + 1];
};
const count = Number(given('--count') ?? 15);
const wanted = (given('--only') ?? 'first,turn,memory').split(',');

async function run(): Promise<void> {
  const t0 = Date.now();
  const say = (w: string): void => console.error(w, Date.now() - t0);
  const scanned = { name: 'quet-10mb.pdf', bytes: await scannedPdf(10) };
  const long = { name: 'nghin-trang.pdf', bytes: await longPdf(1000) };
  say('made');
  const bench = await openBench([scanned, long]);
  try {
    say('open');
    await loadBare(bench.page);
    say('bare');
    if (wanted.includes('first')) {
      for (const file of [scanned, long]) {
        pairedLine(
          `first-page-${file.name}`,
          await firstPagePairs(bench.page, file, bench.small, count),
          1.1,
        );
      }
    }
  } finally {
    await bench.close();
  }
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
