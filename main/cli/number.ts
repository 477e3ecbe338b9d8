// The commands `prepare-number` and `number`: blanks of number and date made fields before anybody signs, and number and date
// written after the leader's signature by the way that the document has. They sign nothing.
import { Failure } from '../../preload/contract/failure';
import type { FileVerdict } from '../../preload/contract/verdict';
import { openFileSource } from '../runtime/file-source';
import { numberBlanks, numberValues } from '../services/places';
import { losesSignature } from '../services/signing-rules';
import { linesOf } from '../services/text-segments';
import {
  type NumberWay,
  prepareNumberBlanks,
  shippedFont,
  signingGate,
  strictPolicy,
  writeNumber,
} from '../signing';
import { appendToFile, isDay } from './appending';
import type { CliCommand, CliIo } from './command';
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

interface Written {
  readonly way: NumberWay | null;
  readonly blanks: number;
}
const nothing: Written = { way: null, blanks: 0 };

/** Refuses an update that writes nothing. */
function written(increment: Uint8Array, file: string): Uint8Array {
  if (increment.length === 0) throw new Failure('number-no-blank', file);
  return increment;
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
  const { file, out, password } = given;
  return appendToFile<Written>(
    io,
    {
      file,
      out,
      words: ({ way }) => wayWords(way),
      check: async () => ({}),
      async write(path, text) {
        const facts = await text.facts(path, password);
        if (facts.numberBlanks.length > 0) throw new Failure('number-blanks-present', file);
        const blanks = numberBlanks(linesOf(facts.pieces));
        const source = openFileSource(path);
        try {
          const increment = prepareNumberBlanks(source, blanks, { font: shippedFont() }, password);
          if (blanks.length > 0 && increment.length === 0) throw new Failure('number-blanks-late', file);
          return { increment: written(increment, file), said: { way: null, blanks: blanks.length } };
        } finally {
          source.close();
        }
      },
    },
    nothing,
  );
}

async function write(args: readonly string[], io: CliIo): Promise<number> {
  const given = readNumberArguments(args);
  const { file, out, number, date, password } = given;
  if (number === undefined || date === undefined) throw usage('--number and --date are needed');
  const none = { anchors: [], intermediates: [], crls: [] };
  const judge = new FileJudge({ trust: none, password, online: false });
  let before: FileVerdict | undefined;
  return appendToFile<Written>(
    io,
    {
      file,
      out,
      words: ({ way }) => wayWords(way),
      async write(path, text) {
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
          const { increment, way } = writeNumber(source, order, { font: shippedFont() }, password);
          const blanks = way === 'blanks' ? facts.numberBlanks.length : found.length;
          return { increment: written(increment, file), said: { way, blanks } };
        } finally {
          source.close();
        }
      },
      async check(path) {
        // A signer who certified the document may forbid what others let pass.
        if (before !== undefined && losesSignature(before, judge.verdict(path))) {
          throw new Failure('signing-would-break-earlier', file);
        }
        return {};
      },
    },
    nothing,
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
