// Data of a newer generation are never opened; those of an older one are.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimData } from './data-version';

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'data-version-'));
});
afterEach(() => rmSync(profile, { recursive: true }));

it('marks a profile and opens it again, also with a newer application', async () => {
  await claimData(profile, '1.0.0', 1);
  await claimData(profile, '1.0.0', 1);
  await claimData(profile, '2.0.0', 2);
  expect(JSON.parse(readFileSync(join(profile, 'data-version.json'), 'utf8'))).toEqual({
    data: 2,
    writtenBy: '2.0.0',
  });
});

it('refuses data of a newer application and touches nothing', async () => {
  await claimData(profile, '2.0.0', 2);
  const before = readFileSync(join(profile, 'data-version.json'));
  await expect(claimData(profile, '1.0.0', 1)).rejects.toMatchObject({ code: 'profile-from-newer' });
  expect(readFileSync(join(profile, 'data-version.json'))).toEqual(before);
  expect(readdirSync(profile)).toEqual(['data-version.json']);
});

it('opens a profile from before the mark, or with a mark that cannot be read', async () => {
  await claimData(profile, '1.0.0');
  writeFileSync(join(profile, 'data-version.json'), '{');
  await claimData(profile, '1.0.0');
  expect(JSON.parse(readFileSync(join(profile, 'data-version.json'), 'utf8'))).toMatchObject({
    writtenBy: '1.0.0',
  });
});
