// Writes the drivers that a person chose into settings.json of the profile, and nothing else in it: what it does not know
// stays as it was. It reads no driver.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../preload/contract/failure';

const anySettings = z.record(z.string(), z.unknown());
const paths = z.array(z.string()).default([]);

/**
 * Replaces `modules` by what `change` makes of it: temporary file, fsync, rename. Throws `file-unwritable`, also where the
 * file is not ours to write or is no JSON: then it is left alone.
 */
export function changeNamedDrivers(
  profile: string,
  change: (modules: readonly string[]) => readonly string[],
): void {
  const file = join(profile, 'settings.json');
  const temporary = `${file}.part`;
  try {
    const settings = anySettings.parse(JSON.parse(readFileSync(file, 'utf8')));
    const modules = change(paths.parse(settings.modules));
    const descriptor = openSync(temporary, 'w', 0o600);
    try {
      writeSync(descriptor, `${JSON.stringify({ ...settings, modules }, null, 2)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    throw new Failure('file-unwritable', file, { cause: error });
  }
}
