// `repair`: a new PDF of what can be read of a damaged one, as one JSON line. The damaged file stays as it is; nothing is signed.
import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Code, sentenceOf } from '../../preload/contract/codes';
import { codeOf, Failure, isFailure } from '../../preload/contract/failure';
import { openPdf, repairPdf } from '../pdf';
import { openFileSource } from '../runtime/file-source';
import type { CliCommand, CliIo } from './command';
import { callerPath } from './io';
import { writeWhole } from './write-whole';

interface RepairArguments {
  readonly file: string;
  readonly out: string;
  readonly password: string | undefined;
  readonly force: boolean;
}

type Report = Awaited<ReturnType<typeof repairPdf>>;

/** Throws Failure `usage`. */
function parseArguments(args: readonly string[]): RepairArguments {
  const files: string[] = [];
  const values = new Map<string, string>();
  const rest = [...args];
  let force = false;
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--out' || arg === '--password') {
      const value = rest.shift();
      if (value === undefined || value === '') throw new Failure('usage', `${arg} needs a value`);
      values.set(arg, value);
    } else if (arg === '--force') force = true;
    else if (arg === '--') files.push(...rest.splice(0));
    else if (arg.startsWith('--') && arg !== '--json') throw new Failure('usage', `unknown option ${arg}`);
    else if (arg !== '--json') files.push(arg);
  }
  const [file, second] = files;
  const out = values.get('--out');
  if (file === undefined || second !== undefined) throw new Failure('usage', 'one file is needed');
  if (out === undefined) throw new Failure('usage', '--out is needed');
  return { file, out, password: values.get('--password'), force };
}

function isSameFile(one: string, other: string): boolean {
  try {
    const [first, second] = [statSync(one), statSync(other)];
    return first.dev === second.dev && first.ino === second.ino;
  } catch {
    // One of them is not there.
    return false;
  }
}

/** Our own strict reader has the last word on the new file. Throws its Failures. */
function checkNew(path: string, password: string | undefined, pages: number): void {
  const source = openFileSource(path);
  try {
    const file = openPdf(source, password === undefined ? {} : { password });
    const found = [...file.pages()].length;
    if (found !== pages) throw new Failure('pdf-page-tree-damaged', `${found} pages of ${pages}`);
  } finally {
    source.close();
  }
}

async function repaired(input: string, output: string, given: RepairArguments): Promise<Report> {
  if (isSameFile(input, output)) throw new Failure('signing-same-file', output);
  const source = openFileSource(input);
  try {
    return await writeWhole(output, async (part) => {
      const file = await open(part, 'wx', 0o644);
      let report: Report;
      try {
        const order = { password: given.password, name: basename(input), force: given.force };
        report = await repairPdf(source, order, async (bytes) => {
          await file.writeFile(bytes);
        });
      } finally {
        await file.close();
      }
      checkNew(part, given.password, report.pages);
      return report;
    });
  } finally {
    source.close();
  }
}

function say(io: CliIo, { file, out }: RepairArguments, report: Report): void {
  const of = report.declaredPages === null ? '' : ` trong ${report.declaredPages} trang tệp gốc ghi`;
  io.message(`${file} → ${out}: ${report.pages} trang${of}. Tệp gốc vẫn nguyên.`);
  for (const note of report.notes) io.message(sentenceOf(note));
  if (report.signatures.length > 0) io.message(`  chữ ký số bị mất: ${report.signatures.join(', ')}`);
}

async function run(args: readonly string[], io: CliIo): Promise<number> {
  const given = parseArguments(args);
  const start = performance.now();
  const line = (code: Code | null, report: Partial<Report>): void =>
    io.json({
      file: given.file,
      out: code === null ? given.out : null,
      ok: code === null,
      code,
      ...report,
      ms: Math.round(performance.now() - start),
    });
  try {
    const report = await repaired(callerPath(io, given.file), callerPath(io, given.out), given);
    line(null, report);
    say(io, given, report);
    return 0;
  } catch (error) {
    if (!isFailure(error)) throw error;
    line(codeOf(error), {});
    io.message(`${sentenceOf(error.code)}${error.detail === '' ? '' : ` (${error.detail})`}`);
    return 2;
  }
}

export const repairCommand: CliCommand = {
  name: 'repair',
  usage: [
    'repair FILE --out NEW.pdf [--password P] [--force] --json',
    '  lập một PDF mới từ những gì đọc được của tệp hỏng; tệp hỏng vẫn nguyên; chữ ký số không còn trong bản mới',
    '  dòng JSON có pages, declaredPages, foundPages, damagedStreams, lostObjects, signatures, notes; 0 đã lập, 2 không được',
  ],
  run,
};
