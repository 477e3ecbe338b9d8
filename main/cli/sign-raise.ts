// The command `raise`: raises signed PDF files to B-T, B-LT or B-LTA, one JSON line a file. It needs no token and no PIN, and
// never changes its inputs.
import { mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Code, sentenceOf } from '../../preload/contract/codes';
import { Failure, isFailure } from '../../preload/contract/failure';
import { checkOutput, type Level, levels, raiseFile } from '../signing';
import type { CliCommand, CliIo } from './command';
import { callerPath } from './io';
import { checkTsaUrl, type LevelTools, levelTools } from './sign-levels';
import { readTrust } from './verify';

interface RaiseArguments {
  readonly files: readonly string[];
  readonly out: string;
  readonly level: Exclude<Level, 'B-B'>;
  readonly tsa: readonly string[];
  readonly trust: readonly string[];
  readonly password: string | undefined;
}

/** One output line of the command. */
interface RaiseLine {
  readonly file: string;
  /** Null when nothing was written. */
  readonly out: string | null;
  /** The level asked for is reached. */
  readonly ok: boolean;
  readonly code: Code | null;
  readonly level: string | null;
  readonly bytes: number | null;
  readonly warnings: readonly Code[];
  readonly ms: number;
}

function usage(detail: string): Failure {
  return new Failure('usage', detail);
}

const valued = ['--out', '--level', '--tsa', '--trust', '--password'] as const;

/** Throws Failure `usage`. */
function readRaiseArguments(args: readonly string[]): RaiseArguments {
  const files: string[] = [];
  const values = new Map<string, string[]>();
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') files.push(...rest.splice(0));
    else if (valued.some((one) => one === arg)) {
      const value = rest.shift();
      if (value === undefined) throw usage(`${arg} needs a value`);
      const before = values.get(arg) ?? [];
      if (before.length > 0 && arg !== '--tsa' && arg !== '--trust') throw usage(`${arg} stands twice`);
      values.set(arg, [...before, value]);
    } else if (arg.startsWith('-') && arg !== '--json') throw usage(`unknown argument ${arg}`);
    else if (arg !== '--json') files.push(arg);
  }
  const one = (name: string): string | undefined => values.get(name)?.[0];
  const out = one('--out');
  const level = levels.find((name) => name === (one('--level') ?? 'B-LTA'));
  if (files.length === 0) throw usage('no file to raise');
  if (out === undefined || out === '') throw usage('--out is needed');
  if (level === undefined || level === 'B-B') throw usage(`--level ${one('--level')}: B-T, B-LT or B-LTA`);
  const tsa = (values.get('--tsa') ?? []).map(checkTsaUrl);
  if (tsa.length === 0) throw usage('--tsa is needed');
  return { files, out, level, tsa, trust: values.get('--trust') ?? [], password: one('--password') };
}

/** Where each output goes; the folder is made when one is meant. */
function outputsOf(io: CliIo, files: readonly string[], out: string): string[] {
  const folder = callerPath(io, out);
  const there = statSync(folder, { throwIfNoEntry: false });
  const meant = files.length > 1 || /[/\\]$/.test(out) || there?.isDirectory() === true;
  if (!meant) return [out];
  if (there === undefined ? /\.pdf$/i.test(out) : !there.isDirectory()) {
    throw usage(`--out is not a folder: ${out}`);
  }
  const targets = files.map((file) => join(out, basename(file)));
  if (new Set(targets).size < targets.length) throw usage('two inputs would have the same output');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Failure('file-unwritable', out, { cause: error });
  }
  return targets;
}

async function raiseOne(
  io: CliIo,
  file: string,
  out: string,
  level: Level,
  tools: LevelTools,
): Promise<{ line: RaiseLine; detail: string }> {
  const start = performance.now();
  const ms = (): number => Math.round(performance.now() - start);
  try {
    const [from, to] = [callerPath(io, file), callerPath(io, out)];
    await checkOutput(from, to);
    const done = await raiseFile(from, to, level, tools);
    const written = done.changed || done.reached;
    const line: RaiseLine = {
      file,
      out: written ? out : null,
      ok: done.reached,
      code: done.reached ? null : (done.warnings[0] ?? 'signing-level-lower'),
      level: done.level,
      bytes: written ? done.bytes : null,
      warnings: done.warnings,
      ms: ms(),
    };
    return { line, detail: done.detail };
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { code, detail } = error;
    const empty = { level: null, bytes: null, warnings: [] };
    return { line: { file, out: null, ok: false, code, ...empty, ms: ms() }, detail };
  }
}

async function run(args: readonly string[], io: CliIo): Promise<number> {
  const { files, out, level, tsa, trust, password } = readRaiseArguments(args);
  const tools = levelTools({ trust: readTrust(io, trust), tsa, password });
  const outputs = outputsOf(io, files, out);
  let reached = 0;
  for (const [index, file] of files.entries()) {
    const { line, detail } = await raiseOne(io, file, outputs[index] ?? out, level, tools);
    if (line.ok) reached += 1;
    io.json(line);
    const words = line.code === null ? `mức ${line.level}` : sentenceOf(line.code);
    io.message(`${file}: ${words}${detail === '' ? '' : ` (${detail})`}`);
  }
  return reached === files.length ? 0 : 1;
}

export const raiseCommand: CliCommand = {
  name: 'raise',
  usage: [
    'raise FILE... --out FILE|DIR --level B-T|B-LT|B-LTA --tsa URL... [--trust FILE|DIR]... [--password P] [--json]',
    '  nâng mức chữ ký số của tệp đã ký; mỗi tệp một dòng JSON; tệp gốc không đổi; không cần thiết bị và mã PIN',
    '  0 mọi tệp đạt mức đã yêu cầu, 1 có tệp chưa đạt (giữ mức đã có), 2 sai cách dùng',
  ],
  run,
};
