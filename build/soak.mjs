// `npm run soak -- NAME --count N --seed S`: the long runs of what `npm test` takes a sample of. Prints the tests' own lines
// and ends with their exit code.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { prepare } from './stage.mjs';

/** Each long run is a process test that reads its length and seed from the environment. */
const runs = {
  kills: 'tests/e2e/kills.test.ts',
  marks: 'tests/e2e/marks-kills.test.ts',
  'exchange-kills': 'tests/e2e/exchange-kills.test.ts',
  batch: 'tests/e2e/batch-many.test.ts',
  'token-faults': 'tests/e2e/token-faults.test.ts',
  'pdf-mutations': 'tests/soak/pdf-mutations.test.ts',
};

/** Pure ones need no window, no hub and no token, so nothing is staged for them. */
const pure = { sync: 'tests/simulation/simulation.test.ts', 'hub-answers': 'tests/fuzz/hub-answers.test.ts' };

/** Others are programs of their own, with their own arguments. */
const programs = {
  corpus: 'build/soak/corpus.mjs',
  marking: 'build/soak/marking.mjs',
  viewer: 'build/soak/viewer.mjs',
};

const usage =
  `npm run soak -- NAME --count N [--seed S] [--folder DIR]\n  NAME: ${Object.keys({ ...pure, ...runs }).join(', ')}\n` +
  'npm run soak -- corpus --folder DIR [--count N] [--password P] [--report FILE]\n' +
  'npm run soak -- viewer --folder DIR [--count N] [--report FILE] [--pictures DIR]\n' +
  'npm run soak -- marking --folder DIR [--count N] [--report FILE]';

function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? fallback : Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name}: a number from 1\n${usage}`);
  return value;
}

const program = programs[process.argv[2]];
if (program !== undefined) {
  process.exit(
    spawnSync(process.execPath, [program, ...process.argv.slice(3)], { stdio: 'inherit' }).status ?? 2,
  );
}
try {
  const file = runs[process.argv[2]] ?? pure[process.argv[2]];
  if (file === undefined) throw new Error(usage);
  const count = option('count', 100);
  const seed = option('seed', randomInt(1, 2 ** 31));
  console.error(`${process.argv[2]}: ${count} lần, hạt giống ${seed}`);
  const length = { VAN_THU_COUNT: String(count), VAN_THU_SEED: String(seed) };
  if (pure[process.argv[2]] !== undefined) {
    const env = { ...process.env, ...length };
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', file];
    process.exit(spawnSync(process.execPath, vitest, { stdio: 'inherit', env }).status ?? 2);
  }
  const stage = await prepare({ purposes: ['run', 'test'] });
  const vitest = ['run', '--config', 'vitest.e2e.config.ts', '--configLoader=runner', file];
  const at = process.argv.indexOf('--folder');
  const folder = at < 0 ? '' : resolve(process.env.INIT_CWD ?? '.', process.argv[at + 1] ?? '');
  const extra = { ...length, VAN_THU_FOLDER: folder };
  process.exit(stage.run('node_modules/vitest/vitest.mjs', vitest, extra));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
