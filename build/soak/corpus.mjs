// `npm run soak -- corpus --folder DIR [--count N] [--password P] [--arguments "..."] [--report FILE]`: signs every PDF below a
// folder by the command line with a token of the sandbox, then asks our verifier, poppler and qpdf. The inputs stay as they are.
// Ends with 1 when a signature is invalid, an earlier one was broken, qpdf finds a file worse than before, or one took too long.
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { isWorse, popplerSignatures, qpdfCheck, runProgram } from './oracles.mjs';
import { argument, loadParts, openWorld } from './world.mjs';

/** Longer than this for one file is a failure. */
const LIMIT_MS = 5000;
/** Files in one run of the command line; it starts in half a second. */
const CHUNK = 24;

function* pdfsBelow(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* pdfsBelow(path);
    else if (/\.pdf$/i.test(name)) yield path;
  }
}

/** True when `after` begins with all bytes of `before`. */
function startsWith(after, before) {
  const size = statSync(before).size;
  if (statSync(after).size < size) return false;
  const descriptor = openSync(after, 'r');
  try {
    const head = Buffer.alloc(size);
    readSync(descriptor, head, 0, size, 0);
    return head.equals(readFileSync(before));
  } finally {
    closeSync(descriptor);
  }
}

/** Runs the command line on some files; a file that stops it is found by halving. Gives one answer a file. */
async function signChunk(world, files, out) {
  const { module, token, environment } = world;
  const extra = (argument('arguments', '') ?? '').split(' ').filter((one) => one !== '');
  const args = ['out/main/cli.cjs', 'sign', ...files, '--out', `${out}/`, '--module', module];
  const given = [...args, '--token', token.label, '--pin-stdin', ...extra];
  const limit = LIMIT_MS * (files.length + 1);
  const done = await runProgram(process.execPath, given, {
    env: environment,
    input: `${token.pin}\n`,
    limit,
  });
  const answers = done.out.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  if (answers.length === files.length) {
    const details = done.errors.split('\n').map((line) => Buffer.from(line, 'latin1').toString('utf8'));
    return answers.map((answer) => {
      const line = details.find((one) => one.startsWith(`${answer.file}: `)) ?? '';
      return {
        ...answer,
        detail: answer.ok ? '' : (/\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(line)?.[1] ?? ''),
      };
    });
  }
  if (files.length === 1) {
    const code = done.code === null ? 'HANG' : 'CRASH';
    return [{ file: files[0], ok: false, code, detail: done.errors.slice(-300), ms: limit, warnings: [] }];
  }
  const half = files.length >> 1;
  return [
    ...(await signChunk(world, files.slice(0, half), out)),
    ...(await signChunk(world, files.slice(half), out)),
  ];
}

/** What is wrong with a signed file; nothing when all agree. */
async function faultsOf(parts, world, input, output, field, password) {
  const faults = [];
  const ours = parts.verdictOf(output, password);
  const earlierOurs = parts.verdictOf(input, password);
  const own = ours.signatures.find((one) => one.field === field);
  if (own?.integrity !== 'intact' || own.coverage !== 'whole-file' || !own.permitted)
    faults.push('INVALID: our verifier');
  const theirs = await popplerSignatures(output, world.nss, password);
  const seen = theirs.signatures.find((one) => one.field === field) ?? theirs.signatures.at(-1);
  if (seen?.valid !== true)
    faults.push(`INVALID: poppler: ${seen?.words ?? `no signature, exit ${theirs.code}`}`);
  const before = await popplerSignatures(input, world.nss, password);
  before.signatures.forEach((one, index) => {
    const now = theirs.signatures.find((two) => two.field === one.field) ?? theirs.signatures[index];
    if (one.valid && now?.valid !== true) faults.push(`BROKEN: ${one.field}: poppler`);
  });
  for (const one of earlierOurs.signatures) {
    const now = ours.signatures.find((two) => two.field === one.field);
    const held = now !== undefined && (one.integrity !== 'intact' || now.integrity === 'intact');
    if (!held || (one.permitted && !now.permitted)) faults.push(`BROKEN: ${one.field}: our verifier`);
  }
  const [was, is] = await Promise.all([qpdfCheck(input, password), qpdfCheck(output, password)]);
  if (isWorse(was, is)) faults.push(`WORSE: qpdf ${was} -> ${is}`);
  if (!startsWith(output, input)) faults.push('CHANGED: earlier bytes');
  const earlier = before.signatures.filter((one) => one.valid).length;
  return { faults, earlier };
}

async function main(work) {
  const folder = resolve(process.env.INIT_CWD ?? '.', argument('folder', ''));
  const found = [...pdfsBelow(folder)];
  const count = Number(argument('count', found.length));
  const step = Math.max(1, found.length / count);
  const inputs = found.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  const password = argument('password', undefined);
  const world = await openWorld(work);
  const parts = await loadParts(
    'verdict',
    `import { openFileSource } from './main/runtime/file-source';
     import { verifyPdf } from './main/verifying';
     export function verdictOf(path, password) {
       const source = openFileSource(path);
       const given = { anchors: [], intermediates: [], crls: [], ocspResponses: [], now: new Date() };
       try { return verifyPdf(source, password === undefined ? given : { ...given, password }).verdict; }
       finally { source.close(); }
     }`,
  );
  const [copies, out] = [join(work, 'in'), join(work, 'out')];
  mkdirSync(copies);
  mkdirSync(out);
  const lines = [];
  for (let at = 0; at < inputs.length; at += CHUNK) {
    const chunk = inputs.slice(at, at + CHUNK);
    const files = chunk.map((path, index) => {
      const copy = join(copies, `${at + index}.pdf`);
      copyFileSync(path, copy);
      return copy;
    });
    const answers = await signChunk(world, files, out);
    for (const [index, answer] of answers.entries()) {
      const output = join(out, `${at + index}.pdf`);
      const input = chunk[index];
      const judged =
        answer.ok && existsSync(output)
          ? await faultsOf(parts, world, input, output, answer.field, password)
          : { faults: [], earlier: 0 };
      if (answer.ms > LIMIT_MS) judged.faults.push(`SLOW: ${answer.ms} ms`);
      if (['HANG', 'CRASH', 'internal', 'signing-verification-failed'].includes(answer.code)) {
        judged.faults.push(`FAILED: ${answer.code} ${answer.detail}`);
      }
      const { ok, code, detail, warnings, ms } = answer;
      lines.push({ file: relative(folder, input), ok, code, detail, warnings, ms, ...judged });
      const [last] = lines.slice(-1);
      if (!ok) console.log(`từ chối: ${last.file}: ${code} (${detail})`);
      for (const fault of judged.faults) console.log(`HỎNG: ${last.file}: ${fault}`);
      rmSync(output, { force: true });
      rmSync(join(copies, `${at + index}.pdf`));
    }
  }
  const kept = argument('report', undefined);
  if (kept !== undefined)
    writeFileSync(
      resolve(process.env.INIT_CWD ?? '.', kept),
      lines.map((one) => `${JSON.stringify(one)}\n`).join(''),
    );
  const number = (word) => lines.filter((one) => one.faults.some((fault) => fault.startsWith(word))).length;
  const times = lines.map((one) => one.ms).sort((a, b) => a - b);
  const summary = {
    files: lines.length,
    signed: lines.filter((one) => one.ok).length,
    refused: lines.filter((one) => !one.ok).length,
    invalid: number('INVALID'),
    earlierSignatures: lines.reduce((sum, one) => sum + one.earlier, 0),
    earlierBroken: number('BROKEN'),
    worseForQpdf: number('WORSE'),
    bytesChanged: number('CHANGED'),
    failed: number('FAILED'),
    slow: number('SLOW'),
    msMedian: times[times.length >> 1] ?? 0,
    msMax: times.at(-1) ?? 0,
  };
  console.log(JSON.stringify(summary));
  return lines.length > 0 && lines.every((one) => one.faults.length === 0) ? 0 : 1;
}

const work = mkdtempSync(join(tmpdir(), 'van-thu-corpus-'));
try {
  process.exitCode = await main(work);
} finally {
  rmSync(work, { recursive: true, force: true });
}
