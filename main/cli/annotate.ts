// The commands `annotations` (what notes a PDF holds) and `annotate` (marks written onto a copy, as annotations or as part of its
// pages). The input keeps every byte, and whose signatures show a change on the copy is said.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type ExportedMark, exportedMark } from '../../preload/contract/annotation';
import { type ByteSource, eachPiece } from '../../preload/contract/byte-source';
import { sentenceOf } from '../../preload/contract/codes';
import { Failure, isFailure } from '../../preload/contract/failure';
import type { FileVerdict } from '../../preload/contract/verdict';
import { answerable, asImported, flattenIncrement, markIncrement, readMarks } from '../marking';
import { openFileSource } from '../runtime/file-source';
import { changedSigners } from '../services/stamps';
import { shippedFont } from '../signing';
import { appendToFile } from './appending';
import type { CliCommand, CliIo } from './command';
import { callerPath } from './io';
import { FileJudge } from './sign-judge';

interface MarkArguments {
  readonly files: readonly string[];
  readonly marks: string | undefined;
  readonly out: string | undefined;
  readonly pictures: readonly string[];
  readonly flatten: boolean;
  readonly password: string | undefined;
}

/** Throws Failure `usage`. */
export function readMarkArguments(args: readonly string[]): MarkArguments {
  const values = new Map<string, string>();
  const files: string[] = [];
  const pictures: string[] = [];
  let flatten = false;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (['--marks', '--out', '--password', '--picture'].includes(arg)) {
      const value = rest.shift();
      if (value === undefined) throw new Failure('usage', `${arg} needs a value`);
      if (arg === '--picture') pictures.push(value);
      else values.set(arg, value);
    } else if (arg === '--flatten') flatten = true;
    else if (arg === '--') files.push(...rest.splice(0));
    else if (arg.startsWith('--') && arg !== '--json') throw new Failure('usage', `unknown argument ${arg}`);
    else if (arg !== '--json') files.push(arg);
  }
  if (files.length === 0) throw new Failure('usage', 'a file is needed');
  const [marks, out, password] = ['--marks', '--out', '--password'].map((name) => values.get(name));
  return { files, pictures, flatten, marks, out, password };
}

function shaOf(source: ByteSource): string {
  const digest = createHash('sha256');
  eachPiece(source, 0, source.size, (piece) => {
    digest.update(piece);
  });
  return digest.digest('hex');
}

function onFile<T>(path: string, use: (source: ByteSource) => T): T {
  const source = openFileSource(path);
  try {
    return use(source);
  } finally {
    source.close();
  }
}

async function list(args: readonly string[], io: CliIo): Promise<number> {
  const { files, password, ...none } = readMarkArguments(args);
  if (none.marks !== undefined || none.out !== undefined || none.flatten || none.pictures.length > 0)
    throw new Failure('usage', 'only files, --password and --json');
  let failed = 0;
  for (const file of files) {
    try {
      const read = onFile(callerPath(io, file), (source) => readMarks(source, shaOf(source), password));
      const imported = asImported(read);
      const marks = read.marks.map(({ mark, subtype, own }, index) => ({
        ...mark,
        subtype,
        own,
        importedId: imported[index]?.id,
        answers: imported[index]?.replyTo,
      }));
      io.json({ file, ok: true, code: null, marks, others: read.others, cut: read.cut });
      io.message(`${file}: ${marks.length} ghi chú`);
    } catch (error) {
      if (!isFailure(error)) throw error;
      failed += 1;
      io.json({ file, ok: false, code: error.code, marks: [], others: {}, cut: false });
      io.message(`${file}: ${sentenceOf(error.code)}${error.detail === '' ? '' : ` (${error.detail})`}`);
    }
  }
  return failed === files.length ? 2 : failed > 0 ? 1 : 0;
}

/** Throws Failure `usage` where the file holds no list of marks, `file-unreadable`. */
export function readMarkFile(path: string): ExportedMark[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure('file-unreadable', path, { cause: error });
  }
  try {
    return z.array(exportedMark).parse(JSON.parse(text));
  } catch (error) {
    throw new Failure('usage', `${path} is no list of marks`, { cause: error });
  }
}

function picturesOf(io: CliIo, paths: readonly string[]): ReadonlyMap<string, Uint8Array> {
  return new Map(
    paths.map((path) => {
      const bytes = onFile(callerPath(io, path), (source) => source.read(0, source.size));
      return [createHash('sha256').update(bytes).digest('hex'), bytes];
    }),
  );
}

interface Said {
  readonly marks: number;
  /** Signs that show as a box. */
  readonly unshown: readonly string[];
  /** Signers whose signatures show a change on the copy. */
  readonly changed: readonly string[];
}

async function write(args: readonly string[], io: CliIo): Promise<number> {
  const { files, marks: list, out, pictures, flatten, password } = readMarkArguments(args);
  const [file] = files;
  if (file === undefined || files.length > 1) throw new Failure('usage', 'one file is needed');
  if (list === undefined || out === undefined) throw new Failure('usage', '--marks and --out are needed');
  const marks = readMarkFile(callerPath(io, list));
  const images = picturesOf(io, pictures);
  const none = { anchors: [], intermediates: [], crls: [] };
  const judge = new FileJudge({ trust: none, password, online: false });
  let before: FileVerdict | undefined;
  return appendToFile<Said>(
    io,
    {
      file,
      out,
      words: ({ marks: count, changed, unshown }) =>
        [
          `đã ghi ${count} ghi chú lên bản sao`,
          ...(changed.length === 0
            ? []
            : [`trên bản này chữ ký số của ${changed.join(', ')} hiện là đã bị thay đổi`]),
          ...(unshown.length === 0 ? [] : [`phông không có, hiện thành ô vuông: ${unshown.join(' ')}`]),
        ].join('; '),
      async write(path) {
        before = judge.verdict(path);
        const { increment, unshown } = onFile(path, (source) => {
          const order = { marks, pictures: images, ...(password === undefined ? {} : { password }) };
          // Marks may answer what stands in the file already.
          const known = marks.some(({ replyTo }) => replyTo !== null)
            ? answerable(readMarks(source, shaOf(source), password))
            : new Map();
          const write = flatten ? flattenIncrement : markIncrement;
          return write(source, { ...order, known }, shippedFont());
        });
        return { increment, said: { marks: marks.length, unshown, changed: [] } };
      },
      check: async (path) => ({
        changed: before === undefined ? [] : changedSigners(before, judge.verdict(path)),
      }),
    },
    { marks: 0, unshown: [], changed: [] },
  );
}

export const annotationsCommand: CliCommand = {
  name: 'annotations',
  usage: [
    'annotations FILE... --json [--password P]',
    '  liệt kê ghi chú trong tệp PDF, kể cả do chương trình khác ghi; mỗi tệp một dòng JSON; 0 đọc được hết, 2 không đọc được',
  ],
  run: list,
};

export const annotateCommand: CliCommand = {
  name: 'annotate',
  usage: [
    'annotate FILE --marks marks.json --out FILE [--flatten] [--picture PNG]... [--password P] --json',
    '  ghi ghi chú lên một bản sao theo chuẩn PDF, hoặc vẽ hẳn vào trang (--flatten); 0 đã ghi, 2 không được',
  ],
  run: write,
};
