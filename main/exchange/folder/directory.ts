// `agencies.json` beside the exchange folders: the codes that a courier or the office at the other end serves. It may be
// missing; then no code is known and none is refused. It is read anew each time.
import { join } from 'node:path';
import { parseJson } from '../envelope-scanner';
import type { AgencyItem, Listing } from '../hub';
import { agencyItems } from '../vxp/answers';
import type { Disk } from './disk';
import { systemCode } from './disk-answers';

const longest = 64 * 1024 * 1024;
export const directoryName = 'agencies.json';

/** null: there is none. Throws AnswerCut `garbled` for one that cannot be read, and the system's errors. */
export async function readDirectory(disk: Disk, root: string): Promise<Listing<AgencyItem> | null> {
  const path = join(root, directoryName);
  let size: number;
  try {
    const facts = await disk.facts(path);
    if (!facts.isFile) return null;
    size = Math.min(facts.size, longest);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
  const file = await disk.openRead(path);
  try {
    const text = Buffer.from(await file.read(0, size)).toString('utf8');
    return agencyItems({ data: parseJson(text) });
  } finally {
    await file.close();
  }
}
