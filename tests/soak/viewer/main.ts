// `npm run soak -- viewer --folder DIR [--count N] [--report FILE]`: every PDF below a folder in the real window, its first page
// beside poppler's at the same size. One JSON line a file that is not as it should be, then the numbers. Ends with 1 on a crash, a
// hang, or a blank page where poppler shows ink.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { answerFirstStart, openFolder } from '../../desk/actions';
import { closeDisplay, type RunningDesk } from '../../desk/launch';
import { openWorld, type World } from '../../e2e/support/world';
import { type Apart, apart, type Grey } from './compare';
import { type Shown, showFile } from './window';

/** Longer than this for one file is a hang; a loaded machine may be given more. */
const limit = Number(process.env.VAN_THU_HANG_MS ?? 5000);
/** Beyond these two pictures of a page are told apart. */
const near = { mean: 0.02, share: 0.03 };
const someInk = 0.0005;

interface Outcome {
  readonly file: string;
  readonly kind: Shown['kind'] | 'crashed';
  readonly reason?: string;
  readonly milliseconds?: number;
  readonly apart?: Apart;
  readonly blank?: boolean;
}

const given = (name: string): string | undefined => {
  const place = process.argv.indexOf(`--${name}`);
  return place < 0 ? undefined : process.argv[place + 1];
};

function* pdfsBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* pdfsBelow(path);
    else if (/\.pdf$/i.test(name)) yield path;
  }
}

/** Page 1 by poppler at a size in pixels; null where poppler has none. */
function byPoppler(path: string, width: number, height: number): Grey | null {
  const size = ['-scale-to-x', String(width), '-scale-to-y', String(height)];
  try {
    const image = execFileSync('pdftoppm', ['-gray', '-cropbox', '-f', '1', '-l', '1', ...size, path], {
      maxBuffer: 1 << 28,
      timeout: 60_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const head = /^P5\s(\d+) (\d+)\s255\s/.exec(image.toString('latin1', 0, 40));
    if (head === null || Number(head[1]) !== width || Number(head[2]) !== height) return null;
    return { width, height, pixels: image.subarray(head[0].length) };
  } catch {
    // Its own failure is no fault of ours: there is nothing to compare with.
    return null;
  }
}

function outcomeOf(path: string, file: string, shown: Shown): Outcome {
  if (shown.kind === 'refused') return { file, kind: 'refused', reason: shown.reason };
  if (shown.kind === 'hung') return { file, kind: 'hung' };
  const { picture, milliseconds } = shown;
  const theirs = byPoppler(path, picture.width, picture.height);
  if (theirs === null) return { file, kind: 'drawn', milliseconds, reason: 'poppler shows nothing' };
  const found = apart(picture, theirs);
  const [ink, expected] = found.ink;
  return {
    file,
    kind: 'drawn',
    milliseconds,
    apart: found,
    blank: expected > someInk && ink < expected / 20,
  };
}

async function open(world: World): Promise<RunningDesk> {
  const desk = await world.launch();
  await answerFirstStart(desk.page, 0, 0);
  await openFolder(desk.page, 'check');
  return desk;
}

function told(outcomes: readonly Outcome[]): { readonly fail: boolean; readonly numbers: object } {
  const of = (kind: Outcome['kind']): readonly Outcome[] => outcomes.filter((one) => one.kind === kind);
  const compared = outcomes.filter((one) => one.apart !== undefined);
  const far = compared.filter(
    ({ apart: found }) => found !== undefined && (found.mean > near.mean || found.share > near.share),
  );
  const blank = outcomes.filter((one) => one.blank === true);
  const numbers = {
    files: outcomes.length,
    opened: of('drawn').length,
    refused: of('refused').length,
    hung: of('hung').length,
    crashed: of('crashed').length,
    blank: blank.length,
    compared: compared.length,
    alike: compared.length - far.length,
    slowest: Math.max(0, ...outcomes.map(({ milliseconds = 0 }) => milliseconds)),
  };
  for (const one of [...of('refused'), ...of('hung'), ...of('crashed'), ...far])
    console.log(JSON.stringify(one));
  return { fail: numbers.hung + numbers.crashed + numbers.blank > 0, numbers };
}

async function run(folder: string): Promise<boolean> {
  const files = [...pdfsBelow(folder)].slice(0, Number(given('count') ?? Number.POSITIVE_INFINITY));
  const world = await openWorld({ name: 'soak-viewer' });
  await world.startHub();
  const outcomes: Outcome[] = [];
  let desk = await open(world);
  try {
    for (const path of files) {
      const file = relative(folder, path);
      try {
        outcomes.push(outcomeOf(path, file, await showFile(desk.page, path, basename(path), limit)));
      } catch (error) {
        outcomes.push({
          file,
          kind: 'crashed',
          reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : '',
        });
        await desk.kill();
        desk = await open(world);
      }
      if (outcomes.length % 25 === 0) console.error(`${outcomes.length}/${files.length}`);
    }
  } finally {
    await desk.quit();
    await world.close();
    await closeDisplay();
  }
  const { fail, numbers } = told(outcomes);
  const report = given('report');
  if (report !== undefined) writeFileSync(report, JSON.stringify({ numbers, outcomes }, null, 1));
  console.log(JSON.stringify(numbers));
  return !fail;
}

run(given('folder') ?? '').then(
  (well) => process.exit(well ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
