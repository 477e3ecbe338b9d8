// `npm test`: makes the machine ready, then lint, types, unit tests, the process tests on the real window and a seeded
// sample of the long runs. It closes with one plain line of counts and fails when anything failed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runDeliveryTests } from './delivery-tests.mjs';
import { isRoot } from './machine.mjs';
import { prepare } from './stage.mjs';

const only = process.argv.slice(2);
let passed = 0;
let failed = 0;
/** What failed, said again at the end: the beginning of a long output is seldom kept, so each is short. */
const faults = [];
const longestFault = 600;

function step(name, status) {
  if (status === 0) passed += 1;
  else {
    failed += 1;
    faults.push(name);
  }
  console.log(`${status === 0 ? 'đạt' : 'HỎNG'}: ${name}`);
}

function run(name, command, args) {
  const done = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, FORCE_COLOR: '0' } });
  step(name, done.status ?? 1);
}

/** Adds the counts of a vitest JSON report; a missing or empty report is a failure of its own. */
function count(name, file) {
  if (!existsSync(file)) {
    step(`${name}: không có báo cáo`, 1);
    return;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  const broken = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  );
  failed += broken.length;
  for (const one of broken) faults.push(`${one.name}: ${one.message}`);
  for (const { name: at, assertionResults } of report.testResults) {
    for (const { status, fullName, failureMessages } of assertionResults) {
      if (status === 'failed') faults.push(`${at}: ${fullName}\n${failureMessages.join('\n')}`);
    }
  }
  if (report.numTotalTests === 0) step(`${name}: không chạy kiểm thử nào`, 1);
}

const reporters = (file) => ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
const wants = (name) => only.length === 0 || only.includes(name);

try {
  const stage = await prepare({ purposes: ['run', 'test'] });
  const unitReport = 'out/unit-report.json';
  const processReport = join(stage.state, 'process-report.json');
  rmSync(unitReport, { force: true });
  rmSync(processReport, { force: true });
  if (wants('lint')) run('lint', 'node_modules/.bin/biome', ['check', '.']);
  if (wants('types')) run('kiểu', 'node_modules/.bin/tsc', ['-b']);
  if (wants('floor')) run('mức sàn của môi trường chạy', process.execPath, ['build/check-floor.mjs']);
  if (wants('unit')) {
    spawnSync('node_modules/.bin/vitest', ['run', ...reporters(unitReport)], { stdio: 'inherit' });
    count('kiểm thử đơn vị', unitReport);
  }
  if (wants('process')) {
    stage.run('node_modules/vitest/vitest.mjs', [
      'run',
      '--config',
      'vitest.e2e.config.ts',
      // The account may not write beside the configuration.
      '--configLoader=runner',
      ...reporters(processReport),
    ]);
    count('kiểm thử tiến trình', processReport);
  }
  if (wants('delivery')) {
    // Packages are installed on this machine: only root can, and only where it says so by being root.
    if (isRoot()) {
      const deliveryReport = join(stage.state, 'delivery-report.json');
      rmSync(deliveryReport, { force: true });
      await runDeliveryTests(reporters(deliveryReport));
      count('kiểm thử cài đặt và cập nhật', deliveryReport);
    } else
      console.log('Không chạy kiểm thử cài đặt và cập nhật: cần quyền root (sudo npm test -- delivery).');
  }
} catch (error) {
  failed += 1;
  faults.push(error instanceof Error ? error.message : String(error));
}
for (const fault of faults) console.log(`HỎNG: ${fault.slice(0, longestFault)}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
