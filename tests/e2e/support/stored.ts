// A file of the desk's store, saved by main's own dialog to where a test can read it. It asserts nothing.
import { join } from 'node:path';
import { answerSaveDialog } from '../../desk/actions';
import type { RunningDesk } from '../../desk/launch';

/** The path of the saved copy in the folder. Throws when the desk did not save it. */
export async function storedFile(
  desk: RunningDesk,
  folder: string,
  sha256: string | undefined,
  name: string,
): Promise<string> {
  const path = join(folder, name);
  await answerSaveDialog(desk.app, path);
  await desk.page.evaluate(async (of) => {
    const { desk: api } = window as unknown as {
      desk: { files: { saveCopy(input: unknown): Promise<{ ok: boolean }> } };
    };
    if (!(await api.files.saveCopy({ sha256: of, name: 'a.pdf' })).ok) throw new Error('not saved');
  }, sha256);
  return path;
}
