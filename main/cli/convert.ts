// `convert`: office files and pictures into PDF, one JSON line a file. It signs nothing and changes no input.
import { copyFile, mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ByteSource } from '../../preload/contract/byte-source';
import { bytesSource } from '../../preload/contract/byte-source';
import { type Code, sentenceOf } from '../../preload/contract/codes';
import { codeOf, Failure, isFailure } from '../../preload/contract/failure';
import {
  convertOffice,
  type FileFacts,
  type FileKind,
  fileFacts,
  findOffice,
  fontWarning,
  isOfficeKind,
  pdfFonts,
  type ReplacedFonts,
  replacedFonts,
  writeImagePdf,
} from '../convert';
import { openPdf } from '../pdf';
import { openFileSource } from '../runtime/file-source';
import type { CliCommand, CliIo } from './command';
import { callerPath } from './io';
import { writeWhole } from './write-whole';

interface ConvertArguments {
  readonly files: readonly string[];
  readonly out: string;
  readonly office: string | undefined;
}

interface Made {
  readonly pages: number;
  readonly dpi: number | null;
  readonly warnings: readonly Code[];
  readonly fonts: ReplacedFonts;
}

/** Two folders above the bundle as above this file. */
const shippedFonts = fileURLToPath(new URL('../../resources/fonts', import.meta.url));
const noFonts: ReplacedFonts = { missing: [], instead: [] };

/** Throws Failure `usage`. */
function parseArguments(args: readonly string[]): ConvertArguments {
  const files: string[] = [];
  const values = new Map<string, string>();
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--out' || arg === '--office') {
      const value = rest.shift();
      if (value === undefined || value === '') throw new Failure('usage', `${arg} needs a value`);
      values.set(arg, value);
    } else if (arg === '--') files.push(...rest.splice(0));
    else if (arg.startsWith('--') && arg !== '--json') throw new Failure('usage', `unknown option ${arg}`);
    else if (arg !== '--json') files.push(arg);
  }
  const out = values.get('--out');
  if (files.length === 0) throw new Failure('usage', 'no file given');
  if (out === undefined) throw new Failure('usage', '--out is needed');
  return { files, out, office: values.get('--office') };
}

async function imagesInto(sources: readonly ByteSource[], path: string): Promise<Made> {
  return writeWhole(path, async (part) => {
    const file = await open(part, 'wx', 0o644);
    try {
      const made = await writeImagePdf(sources, async (bytes) => {
        await file.writeFile(bytes);
      });
      return { ...made, fonts: noFonts };
    } finally {
      await file.close();
    }
  });
}

/** Our own reader has the last word on what another program made. Throws Failure `convert-output-bad`. */
function checked(source: ByteSource, asked: readonly string[]): Pick<Made, 'pages' | 'fonts'> {
  try {
    const pages = [...openPdf(source).pages()].length;
    if (pages > 0) return { pages, fonts: replacedFonts(asked, pdfFonts(source)) };
  } catch (error) {
    throw new Failure('convert-output-bad', codeOf(error), { cause: error });
  }
  throw new Failure('convert-output-bad', 'no page');
}

async function officeInto(input: string, facts: FileFacts, program: string, path: string): Promise<Made> {
  const room = await mkdtemp(join(tmpdir(), 'van-thu-'));
  try {
    return await writeWhole(path, async (part) => {
      let made: Pick<Made, 'pages' | 'fonts'> = { pages: 0, fonts: noFonts };
      await convertOffice({
        program,
        kind: facts.kind,
        room,
        fonts: shippedFonts,
        place: (place) => copyFile(input, place),
        use: async (pdf) => {
          const bytes = await readFile(pdf);
          made = checked(bytesSource(bytes), facts.fonts);
          await writeFile(part, bytes, { flag: 'wx' });
        },
      });
      const warnings: Code[] = facts.macros ? ['convert-macros'] : [];
      const aboutFonts = fontWarning(made.fonts);
      if (aboutFonts !== null) warnings.push(aboutFonts);
      return { ...made, dpi: null, warnings };
    });
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}

const isPicture = (kind: FileKind): boolean => kind === 'jpeg' || kind === 'png' || kind === 'tiff';

/** What is said of a file that should be a PDF and is none: one that `convert` takes is to be converted first. */
export function codeOfNoPdf(path: string): Code {
  try {
    const source = openFileSource(path);
    try {
      const { kind } = fileFacts(source);
      return isPicture(kind) || isOfficeKind(kind) ? 'convert-first' : 'pdf-not-pdf';
    } finally {
      source.close();
    }
  } catch {
    // It was readable a moment ago; the first word about it stands.
    return 'pdf-not-pdf';
  }
}

async function convertOne(io: CliIo, file: string, path: string, office: string | undefined): Promise<Made> {
  const input = callerPath(io, file);
  const source = openFileSource(input);
  try {
    const facts = fileFacts(source);
    if (isPicture(facts.kind)) return await imagesInto([source], path);
    if (!isOfficeKind(facts.kind)) throw new Failure('convert-unknown-kind', facts.kind);
    if (facts.locked) throw new Failure('convert-locked');
    const named = office === undefined ? undefined : callerPath(io, office);
    const program = findOffice(named, io.env);
    if (program === undefined) throw new Failure('convert-office-missing', named ?? '');
    return await officeInto(input, facts, program, path);
  } finally {
    source.close();
  }
}

/** Several pictures into one file of as many pages. */
async function convertTogether(io: CliIo, files: readonly string[], path: string): Promise<Made> {
  const sources: ReturnType<typeof openFileSource>[] = [];
  try {
    for (const file of files) sources.push(openFileSource(callerPath(io, file)));
    const pictures = sources.every((source) => isPicture(fileFacts(source).kind));
    if (!pictures) throw new Failure('convert-not-together');
    return await imagesInto(sources, path);
  } finally {
    for (const source of sources) source.close();
  }
}

function tell(io: CliIo, file: string, out: string, made: Made | Failure, ms: number): void {
  const failed = made instanceof Failure;
  const code = failed ? made.code : null;
  const { pages, dpi, warnings, fonts }: Made = failed
    ? { pages: 0, dpi: null, warnings: [], fonts: noFonts }
    : made;
  io.json({ file, out: failed ? null : out, ok: !failed, code, pages, dpi, warnings, fonts, ms });
  if (failed) {
    io.message(`${file}: ${sentenceOf(made.code)}${made.detail === '' ? '' : ` (${made.detail})`}`);
    return;
  }
  io.message(`${file} → ${out}: ${pages} trang${dpi === null ? '' : `, ${dpi} dpi`}`);
  for (const warning of warnings) io.message(`  ${sentenceOf(warning)}`);
  if (fonts.missing.length > 0) {
    io.message(`  thiếu phông: ${fonts.missing.join(', ')}; dùng thay: ${fonts.instead.join(', ')}`);
  }
}

async function measured(work: () => Promise<Made>): Promise<[Made | Failure, number]> {
  const start = performance.now();
  const made = await work().catch((error: unknown) => {
    if (isFailure(error)) return error;
    throw error;
  });
  return [made, Math.round(performance.now() - start)];
}

async function run(args: readonly string[], io: CliIo): Promise<number> {
  const { files, out, office } = parseArguments(args);
  const there = await stat(callerPath(io, out)).catch(() => undefined);
  const isFile = /\.pdf$/i.test(out) && there?.isDirectory() !== true;
  if (isFile && files.length > 1) {
    const [made, ms] = await measured(() => convertTogether(io, files, callerPath(io, out)));
    for (const file of files) tell(io, file, out, made, ms);
    return made instanceof Failure ? 2 : 0;
  }
  if (!isFile) await mkdir(callerPath(io, out), { recursive: true });
  let failed = 0;
  const taken = new Set<string>();
  for (const file of files) {
    const stem = basename(file, extname(file));
    let target = isFile ? out : join(out, `${stem}.pdf`);
    // anh.jpg and anh.png in one call are two files.
    for (let count = 2; taken.has(target); count += 1) target = join(out, `${stem}-${count}.pdf`);
    taken.add(target);
    const [made, ms] = await measured(() => convertOne(io, file, callerPath(io, target), office));
    tell(io, file, target, made, ms);
    if (made instanceof Failure) failed += 1;
  }
  if (failed === 0) return 0;
  return failed === files.length ? 2 : 1;
}

export const convertCommand: CliCommand = {
  name: 'convert',
  usage: [
    'convert FILE... --out FILE|DIR [--office SOFFICE] --json',
    '  Word, Excel, OpenDocument, RTF (cần LibreOffice 7 trở lên) và ảnh JPEG, PNG, TIFF thành PDF; mỗi tệp một dòng JSON',
    '  nhiều ảnh với --out TỆP.pdf thành một tệp nhiều trang; 0 mọi tệp đã chuyển, 1 có tệp không được, 2 không tệp nào',
  ],
  run,
};
