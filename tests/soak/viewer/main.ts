// `npm run soak -- viewer --folder DIR [--count N] [--report FILE] [--pictures DIR]`: every PDF below a folder in the real window,
// its first page beside poppler's and MuPDF's at the same size. One JSON line a file that is not as it should be, then the numbers.
// Ends with 1 on a crash, a hang, a blank page where poppler shows ink, or a page that differs and is not listed.
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { answerFirstStart, openFolder } from '../../desk/actions';
import { closeDisplay, type RunningDesk } from '../../desk/launch';
import { openWorld, type World } from '../../e2e/support/world';
import type { Grey } from './compare';
import { exceptions } from './exceptions';
import { comparedWith, judge, type Outcome } from './judge';
import { pictureBy } from './oracles';
import { type Shown, showFile } from './window';

/** Longer than this for one file is a hang; a loaded machine may be given more. */
const limit = Number(process.env.VAN_THU_HANG_MS ?? 5000);

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

/** The pictures of a page that differs, as PGM files side by side, for who wants to look. */
function keepPictures(file: string, pictures: Readonly<Record<string, Grey | null>>): void {
  const folder = given('pictures');
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const [name, picture] of Object.entries(pictures)) {
    if (picture === null) continue;
    const head = `P5\n${picture.width} ${picture.height}\n255\n`;
    writeFileSync(
      join(folder, `${basename(file)}.${name}.pgm`),
      Buffer.concat([Buffer.from(head), picture.pixels]),
    );
  }
}

function outcomeOf(path: string, file: string, shown: Shown): Outcome {
  if (shown.kind === 'refused') return { file, kind: 'refused', reason: shown.reason };
  if (shown.kind === 'hung') return { file, kind: 'hung' };
  const { picture, milliseconds } = shown;
  const { width, height } = picture;
  const poppler = pictureBy('poppler', path, width, height);
  if (poppler === null) return { file, kind: 'drawn', milliseconds, reason: 'poppler shows nothing' };
  let mupdf: Grey | null = null;
  const compared = comparedWith(picture, poppler, () => {
    mupdf = pictureBy('mupdf', path, width, height);
    return mupdf;
  });
  if (!compared.alike || compared.blank) keepPictures(file, { ours: picture, poppler, mupdf });
  return { file, kind: 'drawn', milliseconds, compared };
}

async function open(world: World): Promise<RunningDesk> {
  const desk = await world.launch();
  await answerFirstStart(desk.page, 0, 0);
  await openFolder(desk.page, 'check');
  return desk;
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
  const { well, told, mended, numbers } = judge(outcomes, exceptions);
  for (const one of told) console.log(JSON.stringify(one));
  for (const file of mended)
    console.log(JSON.stringify({ file, listed: 'alike now: to be taken off the list' }));
  const report = given('report');
  if (report !== undefined) writeFileSync(report, JSON.stringify({ numbers, outcomes }, null, 1));
  console.log(JSON.stringify(numbers));
  return well;
}

run(given('folder') ?? '').then(
  (well) => process.exit(well ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
