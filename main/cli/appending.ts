// What the commands have in common that add an update to one file and sign nothing: paths, the check of the finished file, one
// JSON line, the exit code. It knows no command.
import { sentenceOf } from '../../preload/contract/codes';
import { isFailure } from '../../preload/contract/failure';
import { openFileSource } from '../runtime/file-source';
import { checkOutput, publishAppended } from '../signing';
import type { CliIo } from './command';
import { callerPath } from './io';
import { type PageText, pageText } from './page-text';

export interface Appending<T extends object> {
  /** As the caller gave them. */
  readonly file: string;
  readonly out: string;
  /** The bytes to append, and what the line says beside them; Failures refuse the file. */
  readonly write: (
    path: string,
    text: PageText,
  ) => Promise<{ readonly increment: Uint8Array; readonly said: T }>;
  /** Looks at the finished file before it gets its name; what it gives is said too. */
  readonly check: (path: string) => Promise<Partial<T>>;
  /** For the person, once it is done. */
  readonly words: (said: T) => string;
}

/** Runs it; 0 when the file was written, 2 when it was refused. `empty`: what the line says of a refused file. */
export async function appendToFile<T extends object>(
  io: CliIo,
  { file, out, write, check, words }: Appending<T>,
  empty: T,
): Promise<number> {
  const start = performance.now();
  const [source, target] = [callerPath(io, file), callerPath(io, out)];
  const text = pageText();
  const tell = (more: object): void => io.json({ file, ...more, ms: Math.round(performance.now() - start) });
  try {
    await checkOutput(source, target);
    const { increment, said } = await write(source, text);
    const opened = openFileSource(source);
    const { size } = opened;
    opened.close();
    let all = said;
    const bytes = await publishAppended(source, target, size, increment, async (path) => {
      all = { ...said, ...(await check(path)) };
    });
    tell({ out, ok: true, code: null, ...all, bytes });
    io.message(`${file} → ${out}: ${words(all)}`);
    return 0;
  } catch (error) {
    if (!isFailure(error)) throw error;
    tell({ out: null, ok: false, code: error.code, ...empty, bytes: null });
    io.message(`${file}: ${sentenceOf(error.code)}${error.detail === '' ? '' : ` (${error.detail})`}`);
    return 2;
  } finally {
    text.close();
  }
}

/** True for a day of the calendar, yyyy-mm-dd. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  // The thirty-first of June is no day, though it parses as the first of July.
  return text.length === 10 && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
