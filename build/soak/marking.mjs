// `npm run soak -- marking --folder DIR [--count N] [--report FILE]`: writes a mark of every kind onto page 1 of every PDF below a
// folder by the command line, as annotations and as part of the page, then asks qpdf and reads them back. The inputs stay as they
// are. Ends with 1 when a copy is worse for qpdf, an earlier byte changed, a mark was lost, or the command line crashed.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleNode } from '../bundle-node.mjs';
import { isWorse, qpdfCheck, runProgram } from './oracles.mjs';

const LIMIT_MS = 60_000;
const given = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const caller = process.env.INIT_CWD ?? '.';

function* pdfsBelow(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* pdfsBelow(path);
    else if (/\.pdf$/i.test(name)) yield path;
  }
}

const isText = (kind) => ['highlight', 'underline', 'strike'].includes(kind);
const isBox = (kind) => ['text', 'stamp', 'rectangle', 'ellipse'].includes(kind);
const kinds = [
  'highlight',
  'underline',
  'strike',
  'note',
  'text',
  'ink',
  'arrow',
  'line',
  'rectangle',
  'ellipse',
  'stamp',
];
const marks = kinds.map((kind, index) => {
  const [x, y] = [60, 40 + index * 40];
  const strokes = {
    ink: [[x, y, 0.2, x + 40, y + 9, 0.9, x + 80, y, 0.4]],
    arrow: [[x, y, x + 90, y + 9]],
    line: [[x, y, x + 90, y]],
  };
  return {
    ...{ id: `00000000-0000-4000-8000-${`${index}`.padStart(12, '0')}`, page: 1, kind, at: { x, y } },
    quads: isText(kind) ? [[x, y + 12, x + 90, y + 12, x, y, x + 90, y]] : [],
    strokes: strokes[kind] ?? [],
    box: isBox(kind) ? [x, y, x + 130, y + 30] : null,
    ...{ text: 'Đề nghị xem lại “khoản 2”', colour: 'red', layer: 'notes', picture: null, replyTo: null },
    ...{ author: 'Nguyễn Thị Hường', createdAt: '2026-11-27T03:04:05.678Z' },
  };
});

async function cli(...args) {
  const done = await runProgram(process.execPath, ['out/main/cli.cjs', ...args, '--json'], {
    limit: LIMIT_MS,
  });
  const line = done.out.split('\n').find((one) => one.startsWith('{'));
  return line === undefined
    ? { ok: false, code: 'CRASH', detail: done.errors.slice(-300) }
    : JSON.parse(line);
}

async function one(file, work, list) {
  const faults = [];
  const out = join(work, 'out.pdf');
  const before = await qpdfCheck(file);
  for (const way of [[], ['--flatten']]) {
    rmSync(out, { force: true });
    const made = await cli('annotate', file, '--marks', list, '--out', out, ...way);
    if (!made.ok)
      return { file, code: made.code, faults: ['CRASH', 'internal'].includes(made.code) ? [made.code] : [] };
    const original = readFileSync(file);
    if (!readFileSync(out).subarray(0, original.length).equals(original)) faults.push('earlier bytes');
    if (isWorse(before, await qpdfCheck(out))) faults.push(`worse for qpdf${way.join(' ')}`);
    const read = await cli('annotations', out);
    const own = (read.marks ?? []).filter(
      (mark) => mark.own && marks.some(({ id }) => id === mark.id),
    ).length;
    if (own !== (way.length === 0 ? marks.length : 0)) faults.push(`${own} marks read back${way.join(' ')}`);
  }
  return { file, code: null, faults };
}

const folder = given('folder');
if (folder === undefined) {
  console.error('npm run soak -- marking --folder DIR [--count N] [--report FILE]');
  process.exit(2);
}
await bundleNode();
const work = mkdtempSync(join(tmpdir(), 'van-thu-soak-marking-'));
const results = [];
try {
  const list = join(work, 'marks.json');
  writeFileSync(list, JSON.stringify(marks));
  const files = [...pdfsBelow(resolve(caller, folder))].slice(
    0,
    Number(given('count') ?? Number.MAX_SAFE_INTEGER),
  );
  for (const file of files) {
    const result = await one(file, work, list);
    results.push(result);
    if (result.faults.length > 0) console.error(`${file}: ${result.faults.join(', ')}`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
const refused = results.filter(({ code }) => code !== null).length;
const faulty = results.filter(({ faults }) => faults.length > 0).length;
console.log(JSON.stringify({ files: results.length, written: results.length - refused, refused, faulty }));
if (given('report') !== undefined)
  writeFileSync(resolve(caller, given('report')), JSON.stringify(results, null, 1));
process.exitCode = faulty > 0 ? 1 : 0;
