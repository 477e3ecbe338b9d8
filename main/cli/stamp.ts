// The command `stamp-arrival`: the ĐẾN stamp (NĐ 30/2020, phụ lục IV) on a copy of what came in. The input keeps every byte, and
// whose signatures show a change on the copy is said.
import { Failure } from '../../preload/contract/failure';
import type { FileVerdict } from '../../preload/contract/verdict';
import { openFileSource } from '../runtime/file-source';
import { stampPlace } from '../services/stamp-places';
import { changedSigners } from '../services/stamps';
import { linesOf } from '../services/text-segments';
import { shippedBold, shippedFont, stampIncrement, stampSize } from '../signing';
import { appendToFile, isDay } from './appending';
import type { CliCommand, CliIo } from './command';
import { FileJudge } from './sign-judge';

const valued = [
  '--out',
  '--agency',
  '--number',
  '--date',
  '--forwarded',
  '--file-symbol',
  '--at',
  '--password',
] as const;
type Valued = (typeof valued)[number];

export interface StampArguments {
  readonly file: string;
  readonly out: string;
  readonly agency: string;
  readonly number: string;
  /** dd/mm/yyyy. */
  readonly date: string;
  readonly forwarded: string;
  readonly fileSymbol: string;
  /** Lower left corner on page 1 as shown, points; undefined: found by the text. */
  readonly at: { readonly x: number; readonly y: number } | undefined;
  readonly password: string | undefined;
}

function usage(detail: string): Failure {
  return new Failure('usage', detail);
}

function cornerOf(text: string | undefined): StampArguments['at'] {
  if (text === undefined) return undefined;
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [x, y] = numbers;
  if (numbers.length !== 2 || x === undefined || y === undefined || !numbers.every(Number.isFinite)) {
    throw usage(`--at needs x,y: ${text}`);
  }
  return { x, y };
}

/** Throws Failure `usage`. */
export function readStampArguments(args: readonly string[]): StampArguments {
  const values = new Map<Valued, string>();
  const files: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const name = valued.find((one) => one === arg);
    if (name !== undefined) {
      const value = rest.shift();
      if (value === undefined) throw usage(`${arg} needs a value`);
      values.set(name, value);
    } else if (arg === '--') files.push(...rest.splice(0));
    else if (arg.startsWith('--') && arg !== '--json') throw usage(`unknown argument ${arg}`);
    else if (arg !== '--json') files.push(arg);
  }
  const [file] = files;
  if (file === undefined || files.length > 1) throw usage('one file is needed');
  const needed = (name: Valued): string => {
    const value = values.get(name);
    if (value === undefined || value.trim() === '') throw usage(`${name} is needed`);
    return value;
  };
  const number = needed('--number');
  if (!/^[1-9]\d{0,8}$/.test(number)) throw usage(`--number: ${number}`);
  const date = needed('--date');
  if (!isDay(date)) throw usage(`--date is yyyy-mm-dd: ${date}`);
  return {
    file,
    out: needed('--out'),
    agency: needed('--agency').normalize('NFC'),
    number: number.padStart(2, '0'),
    date: date.split('-').reverse().join('/'),
    forwarded: (values.get('--forwarded') ?? '').normalize('NFC'),
    fileSymbol: (values.get('--file-symbol') ?? '').normalize('NFC'),
    at: cornerOf(values.get('--at')),
    password: values.get('--password'),
  };
}

interface Stamped {
  /** Page from 1 and the stamp's rectangle there, points. */
  readonly place: { readonly page: number; readonly rect: readonly number[] } | null;
  /** Signers whose signatures show a change on the copy. */
  readonly changed: readonly string[];
}

async function run(args: readonly string[], io: CliIo): Promise<number> {
  const { file, out, at, password, ...texts } = readStampArguments(args);
  const request = { kind: 'arrival', ...texts } as const;
  const size = stampSize(request);
  const none = { anchors: [], intermediates: [], crls: [] };
  const judge = new FileJudge({ trust: none, password, online: false });
  let before: FileVerdict | undefined;
  return appendToFile<Stamped>(
    io,
    {
      file,
      out,
      words: ({ changed }) =>
        changed.length === 0
          ? 'đã đặt dấu Đến lên bản sao'
          : `đã đặt dấu Đến lên bản sao; trên bản này chữ ký số của ${changed.join(', ')} hiện là đã bị thay đổi`,
      async write(path, text) {
        const facts = at === undefined ? await text.facts(path, password) : undefined;
        const found = facts === undefined ? undefined : stampPlace(linesOf(facts.pieces), facts.sizes, size);
        const place = { page: 1, x: at?.x ?? found?.placement.x ?? 0, y: at?.y ?? found?.placement.y ?? 0 };
        before = judge.verdict(path);
        const source = openFileSource(path);
        try {
          const fonts = { regular: shippedFont(), bold: shippedBold() };
          const increment = stampIncrement(source, request, { ...place, page: 0 }, fonts, password);
          const rect = [place.x, place.y, size.width, size.height].map((one) => Math.round(one * 10) / 10);
          return { increment, said: { place: { page: 1, rect }, changed: [] } };
        } finally {
          source.close();
        }
      },
      check: async (path) => ({
        changed: before === undefined ? [] : changedSigners(before, judge.verdict(path)),
      }),
    },
    { place: null, changed: [] },
  );
}

export const stampCommand: CliCommand = {
  name: 'stamp-arrival',
  usage: [
    'stamp-arrival FILE --out FILE --agency TEXT --number N --date YYYY-MM-DD [--forwarded TEXT] [--file-symbol TEXT]',
    '  [--at x,y] [--password P] --json',
    '  đặt dấu Đến (50 × 35 mm) lên một bản sao; không có --at: tìm chỗ trống theo chữ trên trang 1; 0 đã đặt, 2 không được',
  ],
  run,
};
