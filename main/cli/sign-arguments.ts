// Reads the arguments of the command `sign` into what is to be signed and with what. It touches no token and no PDF.
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type CopyForm, copyForm } from '../../preload/contract/copies';
import { Failure } from '../../preload/contract/failure';
import { type Level, levels, type Place, type Rect, type RoleRequest } from '../signing';
import type { CliIo } from './command';
import { callerPath } from './io';
import { checkTsaUrl } from './sign-levels';

export interface SignJob {
  /** As the caller gave it, for the output line. */
  readonly file: string;
  readonly out: string;
  readonly sourcePath: string;
  readonly outputPath: string;
}

export interface SignArguments {
  readonly jobs: readonly SignJob[];
  /** The folder of the outputs, if --out is one; it may have to be made. */
  readonly folder: string | undefined;
  readonly module: string;
  readonly token: string;
  readonly certificate: string | undefined;
  readonly what: RoleRequest;
  readonly field: string | undefined;
  readonly reason: string | undefined;
  readonly password: string | undefined;
  readonly level: Level;
  /** Time-stamping authorities, the preferred one first; none for B-B. */
  readonly tsa: readonly string[];
  readonly trust: readonly string[];
  readonly requireTrust: boolean;
  readonly pss: boolean;
  /** The key has a PIN of its own: it stands on the second line of stdin. */
  readonly signaturePin: boolean;
  /** The caller confirms that this may be the token's last try. */
  readonly lastTry: boolean;
  /** The agency's policy lets the seal stand alone. */
  readonly allowSealFirst: boolean;
}

const valued = [
  '--out',
  '--module',
  '--token',
  '--cert',
  '--level',
  '--tsa',
  '--role',
  '--image',
  '--page',
  '--rect',
  '--password',
  '--trust',
  '--field',
  '--reason',
  '--document-number',
  '--copy-form',
  '--agency',
  '--seal-mm',
] as const;
type Valued = (typeof valued)[number];

const flags = [
  '--pin-stdin',
  '--signature-pin-stdin',
  '--require-trust',
  '--pss',
  '--last-try',
  '--allow-seal-first',
  '--json',
] as const;

interface Parsed {
  readonly files: readonly string[];
  readonly values: ReadonlyMap<Valued, readonly string[]>;
  readonly flags: ReadonlySet<string>;
}

function usage(detail: string): Failure {
  return new Failure('usage', detail);
}

function parse(args: readonly string[]): Parsed {
  const files: string[] = [];
  const values = new Map<Valued, string[]>();
  const given = new Set<string>();
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const name = valued.find((one) => one === arg);
    if (arg === '--') {
      files.push(...args.slice(index + 1));
      break;
    }
    if (name !== undefined) {
      const value = args[index + 1];
      if (value === undefined) throw usage(`${arg} needs a value`);
      const before = values.get(name) ?? [];
      if (before.length > 0 && name !== '--trust' && name !== '--tsa') {
        throw usage(`${arg} stands twice`);
      }
      values.set(name, [...before, value]);
      index += 1;
    } else if (flags.some((one) => one === arg)) given.add(arg);
    else if (arg.startsWith('-')) throw usage(`unknown argument ${arg}`);
    else files.push(arg);
  }
  return { files, values, flags: given };
}

function jobsOf(io: CliIo, files: readonly string[], out: string): Pick<SignArguments, 'jobs' | 'folder'> {
  if (files.length === 0) throw usage('no file to sign');
  const folderMeant = files.length > 1 || /[/\\]$/.test(out);
  const folder = callerPath(io, out);
  const there = statSync(folder, { throwIfNoEntry: false });
  // A folder is made when one is meant; one named like a document is a slip.
  const isFile = there === undefined ? /\.pdf$/i.test(out) : !there.isDirectory();
  if (folderMeant && isFile) throw usage(`--out is not a folder: ${out}`);
  const intoFolder = folderMeant || there?.isDirectory() === true;
  const jobs = files.map((file): SignJob => {
    const target = intoFolder ? join(out, basename(file)) : out;
    return { file, out: target, sourcePath: callerPath(io, file), outputPath: callerPath(io, target) };
  });
  if (new Set(jobs.map((job) => job.outputPath)).size < jobs.length) {
    throw usage('two inputs would have the same output');
  }
  return { jobs, folder: intoFolder ? folder : undefined };
}

function number(text: string, name: string): number {
  const value = Number(text.trim());
  if (text.trim() === '' || !Number.isFinite(value)) throw usage(`${name} is not a number: ${text}`);
  return value;
}

/** --page counts from 1, negative from the end; --rect is x,y,width,height in points from the lower left corner as shown. */
function placeOf(page: string | undefined, rect: string | undefined): Place | undefined {
  if (page === undefined && rect === undefined) return undefined;
  const count = page === undefined ? 1 : number(page, '--page');
  if (!Number.isInteger(count) || count === 0) throw usage(`--page: ${page}`);
  const index = count > 0 ? count - 1 : count;
  if (rect === undefined) return { page: index };
  const parts = rect.split(',').map((part) => number(part, '--rect'));
  const [x = 0, y = 0, width = 0, height = 0] = parts;
  if (parts.length !== 4) throw usage(`--rect needs x,y,w,h: ${rect}`);
  const box: Rect = { x, y, width, height };
  return { page: index, rect: box };
}

/** Forms of copies as they are easily typed. */
const copyForms: Readonly<Record<string, CopyForm>> = {
  'sao-y': 'SAO Y',
  'sao-luc': 'SAO LỤC',
  'trich-sao': 'TRÍCH SAO',
};

function imageOf(io: CliIo, path: string | undefined): Uint8Array | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(callerPath(io, path));
  } catch (error) {
    throw new Failure('file-unreadable', path, { cause: error });
  }
}

function roleOf(io: CliIo, value: (name: Valued) => string | undefined): RoleRequest {
  const placed = placeOf(value('--page'), value('--rect'));
  const place = placed === undefined ? {} : { place: placed };
  const picture = imageOf(io, value('--image'));
  const image = picture === undefined ? {} : { image: picture };
  const role = value('--role') ?? 'leader';
  switch (role) {
    case 'leader':
      return { role, ...image, ...place };
    case 'seal': {
      const width = value('--seal-mm');
      return {
        role,
        ...image,
        ...place,
        ...(width === undefined ? {} : { widthMm: number(width, '--seal-mm') }),
      };
    }
    case 'attachment': {
      const documentNumber = value('--document-number');
      return { role, ...place, ...(documentNumber === undefined ? {} : { documentNumber }) };
    }
    case 'copy': {
      const form = value('--copy-form') ?? 'sao-y';
      const agency = value('--agency');
      const known = copyForms[form] ?? copyForm.options.find((one) => one === form.normalize('NFC'));
      if (known === undefined) throw usage(`--copy-form: ${form}`);
      return { role, form: known, ...place, ...(agency === undefined ? {} : { agency }) };
    }
    case 'invisible':
      return { role };
    default:
      throw usage(`--role: ${role}`);
  }
}

/** Throws Failure `usage`, `file-unreadable` for a picture that cannot be read. */
export function readSignArguments(args: readonly string[], io: CliIo): SignArguments {
  const parsed = parse(args);
  const value = (name: Valued): string | undefined => parsed.values.get(name)?.at(-1);
  const needed = (name: Valued): string => {
    const found = value(name);
    if (found === undefined || found === '') throw usage(`${name} is needed`);
    return found;
  };
  const level = levels.find((one) => one === (value('--level') ?? 'B-B'));
  if (level === undefined) throw usage(`--level ${value('--level')} is not offered: ${levels.join(', ')}`);
  const tsa = (parsed.values.get('--tsa') ?? []).map(checkTsaUrl);
  if (level === 'B-B' && tsa.length > 0) throw usage('--tsa needs --level B-T, B-LT or B-LTA');
  if (level !== 'B-B' && tsa.length === 0) throw usage(`--level ${level} needs --tsa`);
  if (!parsed.flags.has('--pin-stdin')) throw usage('--pin-stdin is needed');
  return {
    ...jobsOf(io, parsed.files, needed('--out')),
    module: callerPath(io, needed('--module')),
    token: needed('--token'),
    certificate: value('--cert'),
    what: roleOf(io, value),
    field: value('--field'),
    reason: value('--reason'),
    password: value('--password'),
    level,
    tsa,
    trust: (parsed.values.get('--trust') ?? []).map((path) => callerPath(io, path)),
    requireTrust: parsed.flags.has('--require-trust'),
    pss: parsed.flags.has('--pss'),
    signaturePin: parsed.flags.has('--signature-pin-stdin'),
    lastTry: parsed.flags.has('--last-try'),
    allowSealFirst: parsed.flags.has('--allow-seal-first'),
  };
}
