// The commands `prepare-number` and `number`: blanks of number and date made fields before anybody signs, and number and date
// written after the leader's signature by the way that the document has. They sign nothing.
import { sentenceOf } from '../../preload/contract/codes';
import { codeOf, Failure, isFailure } from '../../preload/contract/failure';
import type { FileVerdict } from '../../preload/contract/verdict';
import { openFileSource } from '../runtime/file-source';
import { numberBlanks, numberValues } from '../services/places';
import { losesSignature } from '../services/signing-rules';
import { linesOf } from '../services/text-segments';
import {
  checkOutput,
  type NumberWay,
  prepareNumberBlanks,
  publishAppended,
  shippedFont,
  signingGate,
  strictPolicy,
  writeNumber,
} from '../signing';
import type { CliCommand, CliIo } from './command';
import { callerPath } from './io';
import { type PageText, pageText } from './page-text';
import { earlierOf, FileJudge } from './sign-judge';

interface NumberArguments {
  readonly file: string;
  readonly out: string;
  readonly password: string | undefined;
  readonly number: number | undefined;
  /** yyyy-mm-dd. */
  readonly date: string | undefined;
  readonly allowUnsigned: boolean;
}

const valued = ['--out', '--password', '--number', '--date'];

function usage(detail: string): Failure {
  return new Failure('usage', detail);
}

/** Throws Failure `usage`. */
export function readNumberArguments(args: readonly string[]): NumberArguments {
  const values = new Map<string, string>();
  const files: string[] = [];
  let allowUnsigned = false;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (valued.includes(arg)) {
      const value = rest.shift();
      if (value === undefined) throw usage(`${arg} needs a value`);
      values.set(arg, value);
    } else if (arg === '--allow-unsigned') allowUnsigned = true;
    else if (arg === '--') files.push(...rest.splice(0));
    else if (arg.startsWith('--') && arg !== '--json') throw usage(`unknown argument ${arg}`);
    else if (arg !== '--json') files.push(arg);
  }
  const [file] = files;
  const out = values.get('--out');
  if (file === undefined || files.length > 1) throw usage('one file is needed');
  if (out === undefined || out === '') throw usage('--out is needed');
  const number = values.get('--number');
  const date = values.get('--date');
  if (number !== undefined && !/^[1-9]\d{0,8}$/.test(number)) throw usage(`--number: ${number}`);
  if (date !== undefined && !isDay(date)) throw usage(`--date is yyyy-mm-dd: ${date}`);
  return {
    file,
    out,
    password: values.get('--password'),
    number: number === undefined ? undefined : Number(number),
    date,
    allowUnsigned,
  };
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  // The thirty-first of June is no day, though it parses as the first of July.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && text.length === 10;
}

interface Written {
  readonly increment: Uint8Array;
  readonly way: NumberWay | null;
  readonly blanks: number;
}

/** One file, with its output line. `write` gives the bytes to append. */
async function oneFile(
  io: CliIo,
  given: NumberArguments,
  write: (path: string, text: PageText) => Promise<Written>,
  check: (path: string) => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const [source, target] = [callerPath(io, given.file), callerPath(io, given.out)];
  const text = pageText();
  const tell = (more: object): void =>
    io.json({ file: given.file, out: given.out, ...more, ms: Math.round(performance.now() - start) });
  try {
    await checkOutput(source, target);
    const { increment, way, blanks } = await write(source, text);
    if (increment.length === 0) throw new Failure('number-no-blank', given.file);
    const opened = openFileSource(source);
    const { size } = opened;
    opened.close();
    const bytes = await publishAppended(source, target, size, increment, check);
    tell({ ok: true, code: null, way, blanks, bytes });
    io.message(`${given.file} → ${given.out}: ${wayWords(way)}`);
    return 0;
  } catch (error) {
    if (!isFailure(error)) throw error;
    tell({ out: null, ok: false, code: error.code, way: null, blanks: 0, bytes: null });
    io.message(
      `${given.file}: ${sentenceOf(codeOf(error))}${error.detail === '' ? '' : ` (${error.detail})`}`,
    );
    return 2;
  } finally {
    text.close();
  }
}

function wayWords(way: NumberWay | null): string {
  switch (way) {
    case null:
      return 'đã chuẩn bị ô cho số, ngày; có thể trình ký';
    case 'blanks':
      return 'đã ghi số, ngày vào ô chuẩn bị trước khi ký';
    case 'fields':
      return 'đã ghi số, ngày bằng ô ký của cơ quan (văn bản không có ô chuẩn bị trước)';
  }
}

async function prepare(args: readonly string[], io: CliIo): Promise<number> {
  const given = readNumberArguments(args);
  if (given.number !== undefined || given.date !== undefined) throw usage('number and date come later');
  const { password } = given;
  return oneFile(
    io,
    given,
    async (path, text) => {
      const facts = await text.facts(path, password);
      if (facts.numberBlanks.length > 0) throw new Failure('number-blanks-present', given.file);
      const blanks = numberBlanks(linesOf(facts.pieces));
      const source = openFileSource(path);
      try {
        const increment = prepareNumberBlanks(source, blanks, { font: shippedFont() }, password);
        if (blanks.length > 0 && increment.length === 0) throw new Failure('number-blanks-late', given.file);
        return { increment, way: null, blanks: blanks.length };
      } finally {
        source.close();
      }
    },
    async () => undefined,
  );
}

async function write(args: readonly string[], io: CliIo): Promise<number> {
  const given = readNumberArguments(args);
  const { number, date, password } = given;
  if (number === undefined || date === undefined) throw usage('--number and --date are needed');
  const none = { anchors: [], intermediates: [], crls: [] };
  const judge = new FileJudge({ trust: none, password, online: false });
  let before: FileVerdict | undefined;
  return oneFile(
    io,
    given,
    async (path, text) => {
      const facts = await text.facts(path, password);
      before = judge.verdict(path);
      const refusal = signingGate(
        { role: 'number', earlier: earlierOf(before), number: 'given' },
        { ...strictPolicy, sealWithoutLeader: given.allowUnsigned },
      );
      if (refusal !== undefined) throw new Failure(refusal);
      const found = numberBlanks(linesOf(facts.pieces));
      const source = openFileSource(path);
      try {
        const order = { values: numberValues(number, date), found };
        const written = writeNumber(source, order, { font: shippedFont() }, password);
        const blanks = written.way === 'blanks' ? facts.numberBlanks.length : found.length;
        return { ...written, blanks };
      } finally {
        source.close();
      }
    },
    async (path) => {
      // A signer who certified the document may forbid what others let pass.
      if (before !== undefined && losesSignature(before, judge.verdict(path))) {
        throw new Failure('signing-would-break-earlier', given.file);
      }
    },
  );
}

export const prepareNumberCommand: CliCommand = {
  name: 'prepare-number',
  usage: [
    'prepare-number FILE --out FILE [--password P] --json',
    '  chuẩn bị ô cho số, ngày ở chỗ trống sau "Số:", "ngày", "tháng" trước khi trình ký; 0 đã chuẩn bị, 2 không được',
  ],
  run: prepare,
};

export const numberCommand: CliCommand = {
  name: 'number',
  usage: [
    'number FILE --out FILE --number N --date YYYY-MM-DD [--password P] [--allow-unsigned] --json',
    '  ghi số, ngày sau chữ ký số của người có thẩm quyền: vào ô chuẩn bị trước, hoặc ô ký của cơ quan; "way" cho biết cách nào',
  ],
  run: write,
};
