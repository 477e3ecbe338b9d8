// `verify`: the verdict on the signatures of PDF files, one JSON line a file. It changes no file.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, Failure, isFailure } from '../../preload/contract/failure';
import { clerkSentence, type FileVerdict } from '../../preload/contract/verdict';
import { openFileSource } from '../runtime/file-source';
import { httpFetch } from '../runtime/http-fetcher';
import {
  joinTrust,
  readTrustFile,
  type TrustMaterial,
  type VerifyOptions,
  verifyPdf,
  verifyWithFetcher,
} from '../verifying';
import type { CliCommand, CliIo } from './command';
import { callerPath } from './io';

/** What the network may cost per file. */
const networkLimitMs = 2000;
/** Larger files are no trust material; national revocation lists reach some tens of megabytes. */
const maxTrustBytes = 128 << 20;

interface VerifyArguments {
  readonly files: readonly string[];
  readonly trust: readonly string[];
  readonly time: Date | undefined;
  readonly password: string | undefined;
  readonly offline: boolean;
}

/** Throws Failure `usage`. */
function parseArguments(args: readonly string[]): VerifyArguments {
  const files: string[] = [];
  const trust: string[] = [];
  let time: Date | undefined;
  let password: string | undefined;
  let offline = false;
  const rest = [...args];
  const value = (name: string): string => {
    const next = rest.shift();
    if (next === undefined || (name !== '--password' && next.startsWith('--')))
      throw new Failure('usage', `${name} needs a value`);
    return next;
  };
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--trust') trust.push(value(arg));
    else if (arg === '--time') time = parseTime(value(arg));
    else if (arg === '--password') password = value(arg);
    else if (arg === '--offline') offline = true;
    else if (arg === '--') files.push(...rest.splice(0));
    else if (arg.startsWith('--') && arg !== '--json') throw new Failure('usage', `unknown option ${arg}`);
    else if (arg !== '--json') files.push(arg);
  }
  if (files.length === 0) throw new Failure('usage', 'no file given');
  return { files, trust, time, password, offline };
}

function parseTime(text: string): Date {
  const time = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(time.getTime())) {
    throw new Failure('usage', `--time is not an ISO 8601 time: ${text}`);
  }
  return time;
}

/** Throws Failure `file-unreadable` or `trust-unusable`. */
export function readTrust(io: CliIo, paths: readonly string[]): TrustMaterial {
  return joinTrust(paths.map((path) => readTrustPath(callerPath(io, path))));
}

function readTrustPath(path: string): TrustMaterial {
  const isFolder = statOf(path).isDirectory();
  const files = isFolder
    ? readdirSync(path)
        .sort()
        .map((name) => join(path, name))
    : [path];
  const usable = files
    .filter((file) => statOf(file).isFile() && statOf(file).size <= maxTrustBytes)
    .map((file) => readTrustFile(readFileSync(file)));
  const joined = joinTrust(usable);
  if (joined.anchors.length + joined.intermediates.length + joined.crls.length === 0) {
    throw new Failure('trust-unusable', path);
  }
  return joined;
}

function statOf(path: string): ReturnType<typeof statSync> & object {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new Failure('file-unreadable', path);
  return stat;
}

async function verifyFile(path: string, options: VerifyOptions, offline: boolean): Promise<FileVerdict> {
  try {
    const source = openFileSource(path);
    try {
      if (offline) return verifyPdf(source, options).verdict;
      return (await verifyWithFetcher(source, options, httpFetch, networkLimitMs)).verdict;
    } finally {
      source.close();
    }
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { verdict: 'unreadable', signatures: [], codes: [codeOf(error)] };
  }
}

export const verifyCommand: CliCommand = {
  name: 'verify',
  usage: [
    'verify FILE... --json [--trust FILE|DIR]... [--time ISO] [--password P] [--offline]',
    '  kiểm tra chữ ký số; mỗi tệp một dòng JSON; 0 mọi tệp hợp lệ, 1 có tệp không hợp lệ, 2 không đọc được',
  ],
  async run(args, io) {
    const { files, trust, time, password, offline } = parseArguments(args);
    const material = readTrust(io, trust);
    let valid = 0;
    let unreadable = 0;
    for (const file of files) {
      const options: VerifyOptions = {
        ...material,
        ocspResponses: [],
        now: new Date(),
        ...(time === undefined ? {} : { time }),
        ...(password === undefined ? {} : { password }),
      };
      const verdict = await verifyFile(callerPath(io, file), options, offline);
      io.json({ file, ...verdict });
      io.message(`${file}: ${clerkSentence(verdict).vi}`);
      if (verdict.verdict === 'valid') valid += 1;
      if (verdict.verdict === 'unreadable') unreadable += 1;
    }
    if (valid === files.length) return 0;
    return unreadable === files.length ? 2 : 1;
  },
};
