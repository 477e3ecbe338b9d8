// Which file's verdict speaks for the whole document. Pure.
import type { Attachment } from '../../../preload/contract/records';
import type { FileVerdict } from '../../../preload/contract/verdict';

/** A PDF that can be shown. Its content says so: main has looked at it, and a name may be anything. */
export function isPdf(file: Attachment): boolean {
  return file.problem === null && file.contentType === 'application/pdf';
}

/** The main file first shown: the first PDF, else the first file. */
export function mainFile(files: readonly Attachment[]): Attachment | undefined {
  return files.find(isPdf) ?? files[0];
}

export interface Governing {
  readonly file: Attachment;
  readonly verdict: FileVerdict;
}

/** A broken signature anywhere speaks first; else the main PDF does. Null while nothing has been checked. */
export function governingVerdict(files: readonly Attachment[]): Governing | null {
  const checked = files.flatMap((file) => (file.verdict === null ? [] : [{ file, verdict: file.verdict }]));
  const broken = checked.find(({ verdict }) => verdict.verdict === 'invalid');
  const main = mainFile(files);
  return broken ?? checked.find(({ file }) => file === main) ?? null;
}
