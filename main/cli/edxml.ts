// `edxml read`, `edxml write` and `edxml check`: packages as JSON for IT staff and scripts. It holds no rule of the format.
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { sentenceOf } from '../../preload/contract/codes';
import type { AttachmentJson, EdxmlPackage } from '../../preload/contract/edxml';
import { Failure } from '../../preload/contract/failure';
import {
  contentOf,
  fileSink,
  inlineJson,
  memorySink,
  parsePackageJson,
  readPackage,
  withBodies,
  writePackage,
} from '../edxml';
import { openFileSource } from '../runtime/file-source';
import type { CliCommand, CliIo } from './command';
import { checkPackage } from './edxml-check';
import { callerPath, unwritable } from './io';

/** Beyond this the Base64 would not fit into one string. */
const mostInlineBytes = 256 << 20;

interface Options {
  readonly files: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

function parseOptions(args: readonly string[], withValue: readonly string[]): Options {
  const files: string[] = [];
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index += 1) {
    const one = args[index] ?? '';
    if (withValue.includes(one)) {
      const value = args[index + 1];
      if (value === undefined || value.startsWith('--')) throw new Failure('usage', `${one} needs a value`);
      values.set(one, value);
      index += 1;
    } else if (one.startsWith('--') && one !== '--json') throw new Failure('usage', one);
    else if (one !== '--json') files.push(one);
  }
  return { files, values };
}

function onlyFile(options: Options): string {
  const [file] = options.files;
  if (file === undefined || options.files.length > 1) throw new Failure('usage', 'exactly one FILE');
  return file;
}

function warn(io: CliIo, one: EdxmlPackage<unknown>): void {
  for (const { code } of one.attachments) {
    if (code === 'edxml-zip-broken' || code === 'edxml-zip-entries') io.message(sentenceOf(code));
  }
}

async function read(args: readonly string[], io: CliIo): Promise<number> {
  const options = parseOptions(args, ['--extract']);
  const source = openFileSource(callerPath(io, onlyFile(options)));
  try {
    const folder = options.values.get('--extract');
    const one =
      folder === undefined
        ? inlineJson(await readPackage(source, memorySink(mostInlineBytes)))
        : await readPackage(
            source,
            fileSink(callerPath(io, folder), (name) => join(folder, name)),
          );
    io.json(one);
    warn(io, one);
    return 0;
  } finally {
    source.close();
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Failure('file-unreadable', path, { cause: error });
  }
}

/** Writes a file whole or not at all. Throws Failure `file-unwritable`. */
async function writeWhole<Value>(path: string, write: (file: FileHandle) => Promise<Value>): Promise<Value> {
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(temporary, 'wx');
    try {
      const value = await write(file);
      await file.sync();
      await file.close();
      await rename(temporary, path);
      return value;
    } catch (error) {
      await file.close();
      await rm(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

async function write(args: readonly string[], io: CliIo): Promise<number> {
  const options = parseOptions(args, ['--out']);
  const out = options.values.get('--out');
  if (out === undefined) throw new Failure('usage', '--out FILE');
  const json = parsePackageJson(await readText(callerPath(io, onlyFile(options))));
  const openPath = (path: string) => openFileSource(isAbsolute(path) ? path : callerPath(io, path));
  const one = withBodies<AttachmentJson['bytes'], ReturnType<typeof contentOf>>(json, (attachment) => ({
    ...attachment,
    bytes: contentOf(attachment, openPath),
  }));
  const written = await writeWhole(callerPath(io, out), (file) =>
    writePackage(one, async (bytes) => {
      await file.writeFile(bytes);
    }),
  );
  io.json({ file: out, ...written });
  return 0;
}

async function check(args: readonly string[], io: CliIo): Promise<number> {
  const options = parseOptions(args, ['--agency']);
  return checkPackage(callerPath(io, onlyFile(options)), options.values.get('--agency') ?? '', io);
}

export const edxmlCommand: CliCommand = {
  name: 'edxml',
  usage: [
    'edxml read TỆP --json [--extract THƯ_MỤC]',
    'edxml write TỆP_JSON --out TỆP',
    'edxml check TỆP [--agency MÃ_ĐỊNH_DANH]',
  ],
  async run(args, io) {
    const [action, ...rest] = args;
    if (action === 'read') return read(rest, io);
    if (action === 'write') return write(rest, io);
    if (action === 'check') return check(rest, io);
    throw new Failure('usage', 'edxml read | write | check');
  },
};
