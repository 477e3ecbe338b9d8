// Has LibreOffice make a PDF of one file: in a private folder that is wiped afterwards, with a throw-away profile, without
// macros and, where the system can, without network. It reads neither the file nor the PDF.
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure } from '../../preload/contract/failure';
import type { FileKind } from './office-facts';
import { profileSettings } from './office-profile';
import { runTree, type TreeEnd } from './process-tree';

export interface OfficeLimits {
  readonly milliseconds: number;
  readonly memoryBytes: number;
}

export const officeLimits: OfficeLimits = { milliseconds: 120_000, memoryBytes: 3 * 2 ** 30 };

export interface OfficeOrder {
  readonly program: string;
  readonly kind: FileKind;
  /** A folder that exists, of this user alone; one of its own is made in it. */
  readonly room: string;
  /** Writes the plain bytes of the file to a path. */
  readonly place: (path: string) => Promise<void>;
  /** Takes the PDF; it is gone afterwards. */
  readonly use: (path: string) => Promise<void>;
  /** A folder of fonts that the profile has beside those of the system; Tinos has the widths of Times New Roman. */
  readonly fonts?: string;
  readonly limits?: OfficeLimits;
  /** The person stops it. */
  readonly signal?: AbortSignal;
}

const filters: Partial<Record<FileKind, string>> = {
  docx: 'writer_pdf_Export',
  doc: 'writer_pdf_Export',
  odt: 'writer_pdf_Export',
  rtf: 'writer_pdf_Export',
  xlsx: 'calc_pdf_Export',
  xls: 'calc_pdf_Export',
  ods: 'calc_pdf_Export',
};

/** Kinds that LibreOffice converts here. */
export function isOfficeKind(kind: FileKind): boolean {
  return filters[kind] !== undefined;
}

const passedOn = ['SystemRoot', 'windir', 'LANG', 'LC_ALL', 'TZ'];

function environment(folder: string): Record<string, string> {
  const kept = passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const own = { HOME: folder, TMPDIR: folder, TEMP: folder, TMP: folder, PATH: '/usr/bin:/bin' };
  // Windows finds its own programs by its own PATH.
  return { ...Object.fromEntries(kept), ...own, SAL_USE_VCLPLUGIN: 'svp' };
}

let fence: readonly string[] | undefined;

/** A network of its own, with nothing in it, where Linux lets an ordinary user have one. */
function withoutNetwork(): readonly string[] {
  if (fence === undefined) {
    const wish = ['unshare', '--map-current-user', '--net', '--'];
    const works =
      process.platform === 'linux' &&
      spawnSync('unshare', [...wish.slice(1), 'true'], { stdio: 'ignore', timeout: 5000 }).status === 0;
    fence = works ? wish : [];
  }
  return fence;
}

function refuse(end: TreeEnd): never {
  switch (end.kind) {
    case 'too-slow':
      throw new Failure('convert-office-hung');
    case 'too-heavy':
      throw new Failure('convert-office-heavy');
    case 'stopped':
      throw new Failure('cancelled');
    case 'not-started':
      throw new Failure('convert-office-failed', end.detail);
    case 'ended':
      throw new Failure('convert-office-failed', `exit ${end.code ?? '?'}`);
  }
}

async function isFilled(path: string): Promise<boolean | undefined> {
  try {
    return (await stat(path)).size > 0;
  } catch {
    return undefined;
  }
}

async function makeProfile(profile: string, fonts: string | undefined): Promise<void> {
  const user = join(profile, 'user');
  await mkdir(join(user, 'fonts'), { recursive: true, mode: 0o700 });
  await writeFile(join(user, 'registrymodifications.xcu'), profileSettings(), { mode: 0o600 });
  if (fonts === undefined) return;
  for (const name of await readdir(fonts)) {
    if (name.endsWith('.ttf')) await copyFile(join(fonts, name), join(user, 'fonts', name));
  }
}

/** Overwrites a plain file before it is removed, so that less of it lies about. */
async function wipe(path: string): Promise<void> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r+');
  } catch {
    // It was never written.
    return;
  }
  try {
    const { size } = await file.stat();
    const zeros = Buffer.alloc(1 << 20);
    for (let at = 0; at < size; at += zeros.length) {
      await file.write(zeros, 0, Math.min(zeros.length, size - at), at);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * One conversion. Throws Failure `cancelled`, `convert-office-failed`, `convert-office-hung`, `convert-office-heavy`,
 * `convert-output-bad` for an empty PDF, and what `place` and `use` throw. The folder is gone in any case.
 */
export async function convertOffice(order: OfficeOrder): Promise<void> {
  const { program, kind, room, limits = officeLimits } = order;
  const filter = filters[kind];
  if (filter === undefined) throw new Failure('convert-unknown-kind', kind);
  const folder = await mkdtemp(join(room, 'office-'));
  const input = join(folder, `van-ban.${kind}`);
  const output = join(folder, 'pdf', 'van-ban.pdf');
  try {
    const profile = join(folder, 'profile');
    await makeProfile(profile, order.fonts);
    await mkdir(join(folder, 'pdf'), { mode: 0o700 });
    await order.place(input);
    const [first, ...rest] = [
      ...withoutNetwork(),
      program,
      `-env:UserInstallation=${pathToFileURL(profile).href}`,
      ...['--headless', '--norestore', '--nolockcheck', '--nodefault', '--nologo'],
      ...['--convert-to', `pdf:${filter}`, '--outdir', join(folder, 'pdf'), input],
    ];
    const end = await runTree({
      program: first ?? program,
      args: rest,
      folder,
      env: environment(folder),
      ...limits,
      signal: order.signal,
    });
    const filled = await isFilled(output);
    // An exit code of 0 is no proof: without a filter for the file it says 0 too.
    if (end.kind !== 'ended' || end.code !== 0 || filled === undefined) refuse(end);
    if (!filled) throw new Failure('convert-output-bad', 'empty');
    await order.use(output);
  } finally {
    await wipe(input);
    await wipe(output);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
