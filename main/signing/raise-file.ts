// Raises the level of a signed file on disk: a copy grows by increments, each fsynced and judged, and gets its name last.
// A step that fails is taken back; the signature is never lost by it, nor the levels reached before.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ByteSource } from '../../preload/contract/byte-source';
import type { Code } from '../../preload/contract/codes';
import { isFailure } from '../../preload/contract/failure';
import type { FileVerdict, SignatureVerdict } from '../../preload/contract/verdict';
import { openFileSource } from '../runtime/file-source';
import { securityStoreIncrement, type ValidationMaterial } from './dss';
import {
  checkNothingLost,
  checkRaisable,
  climbingLevel,
  compareLevels,
  documentTimestampIncrement,
  isStamped,
  type Level,
  levelOf,
  type Stamp,
} from './raise';
import { appendAndSync, syncFolder, unwritable } from './sign-file';

/** What raising needs from others: time stamps, the verdict, and what there is to know of the certificates. */
export interface RaiseTools {
  readonly stamp: Stamp;
  readonly judge: (source: ByteSource) => Promise<FileVerdict>;
  /** Throws Failure `signing-validation-data-missing` when a status or an issuer cannot be had. */
  readonly gather: (source: ByteSource) => Promise<ValidationMaterial>;
  readonly password?: string;
}

export interface RaisedFile {
  /** What the verdict says that the file has now. */
  readonly level: SignatureVerdict['level'];
  readonly verdict: FileVerdict;
  readonly reached: boolean;
  /** False when nothing could be added: then nothing was written. */
  readonly changed: boolean;
  readonly bytes: number;
  readonly warnings: readonly Code[];
  /** Technical, of the step that failed. */
  readonly detail: string;
}

async function withSource<T>(path: string, use: (source: ByteSource) => Promise<T> | T): Promise<T> {
  const source = openFileSource(path);
  try {
    return await use(source);
  } finally {
    source.close();
  }
}

async function cutBack(path: string, size: number): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(size);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The growing copy. */
class Climb {
  warnings: Code[] = [];
  detail = '';

  constructor(
    readonly path: string,
    readonly tools: RaiseTools,
    public verdict: FileVerdict,
    public size: number,
  ) {}

  /** One step: made, appended, judged; taken back when it made anything worse. False when it failed. */
  async step(make: (source: ByteSource) => Promise<Uint8Array | undefined>): Promise<boolean> {
    const { path, size } = this;
    let appended = false;
    try {
      const increment = await withSource(path, make);
      if (increment === undefined) return true;
      appended = true;
      await appendAndSync(path, size, increment);
      const after = await withSource(path, this.tools.judge);
      checkNothingLost(this.verdict, after);
      this.verdict = after;
      this.size = size + increment.length;
      return true;
    } catch (error) {
      if (appended) await cutBack(path, size);
      if (!isFailure(error)) throw error;
      this.warnings.push(error.code);
      this.detail = error.detail;
      return false;
    }
  }
}

async function climb(path: string, target: Level, tools: RaiseTools): Promise<Climb> {
  const { password } = tools;
  const [verdict, size] = await withSource(
    path,
    async (source) => [await tools.judge(source), source.size] as const,
  );
  checkRaisable(verdict);
  const state = new Climb(path, tools, verdict, size);
  const stamped = (source: ByteSource) => documentTimestampIncrement(source, tools.stamp, password);
  const below = (level: Level): boolean => {
    const now = climbingLevel(state.verdict);
    return now !== undefined && compareLevels(target, level) >= 0 && compareLevels(now, level) < 0;
  };
  if (below('B-T') && !isStamped(verdict) && !(await state.step(stamped))) return state;
  const store = async (source: ByteSource) =>
    securityStoreIncrement(source, await tools.gather(source), password);
  if (below('B-LT') && !(await state.step(store))) return state;
  // A time stamp over a store that lacks something would last no longer than what it has.
  if (below('B-LTA') && !below('B-LT')) await state.step(stamped);
  return state;
}

/**
 * Raises one file towards `target` and writes it, also over itself. Where a step fails, the file has the level reached
 * before and `warnings` the reason. Throws Failures for a file without signatures or with a broken one, and those of the disk.
 */
export async function raiseFile(
  sourcePath: string,
  outputPath: string,
  target: Level,
  tools: RaiseTools,
): Promise<RaisedFile> {
  const folder = dirname(outputPath);
  const temporary = join(folder, `.${basename(outputPath)}.${randomBytes(6).toString('hex')}.tmp`);
  const before = await withSource(sourcePath, (source) => source.size);
  try {
    await copyFile(sourcePath, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await appendAndSync(temporary, before, new Uint8Array(0));
    const { verdict, size, warnings, detail } = await climb(temporary, target, tools);
    const level = levelOf(verdict);
    const reached = compareLevels(level, target) >= 0;
    const changed = size > before;
    if (changed || (reached && sourcePath !== outputPath)) {
      await rename(temporary, outputPath);
      await syncFolder(await realpath(folder));
    } else await rm(temporary, { force: true });
    const lower: Code[] = reached || warnings.length > 0 ? [] : ['signing-level-lower'];
    return { level, verdict, reached, changed, bytes: size, warnings: [...warnings, ...lower], detail };
  } catch (error) {
    await rm(temporary, { force: true });
    throw unwritable(error);
  }
}
