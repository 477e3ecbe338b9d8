// The mark of a profile's data: which generation of the application wrote it last. A newer one is never opened. It reads and
// writes that one small file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../preload/contract/failure';
import { makeFolder, writeDurably } from '../runtime/durable-file';

/**
 * Grows when data are written that an older application would misread. Their own marks (ledger, journal, vault) stay.
 * 2: marks of every kind; an application of 1 would call their rows damaged.
 * 3: arrivals that say which files they lack, histories that name an agency; an application of 2 would call them damaged.
 */
export const dataVersion = 3;

const markSchema = z.object({ data: z.number().int().min(1), writtenBy: z.string() });
const fileName = 'data-version.json';

function readMark(profile: string): z.output<typeof markSchema> | null {
  let text: string;
  try {
    text = readFileSync(join(profile, fileName), 'utf8');
  } catch (error) {
    // A profile from before this mark, or a new one.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const parsed = markSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON: the stores' own marks decide.
    return null;
  }
}

/**
 * Refuses data of a newer generation before anything of them is opened, and marks the profile as ours.
 * Throws Failure `profile-from-newer`; then nothing was touched.
 */
export async function claimData(profile: string, version: string, own = dataVersion): Promise<void> {
  const mark = readMark(profile);
  if (mark !== null && mark.data > own)
    throw new Failure('profile-from-newer', `${mark.data} (${mark.writtenBy})`);
  if (mark !== null && mark.data === own && mark.writtenBy === version) return;
  await makeFolder(profile);
  await writeDurably(join(profile, fileName), Buffer.from(JSON.stringify({ data: own, writtenBy: version })));
}
