// What may be released, what is packed by decision, and the order in which an update server is filled.

import { generateKeyPairSync } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyId, openRelease } from '../../main/updates/release';
// @ts-expect-error plain JavaScript
import { reasonsAgainst, refusedFiles } from '../release.mjs';
// @ts-expect-error plain JavaScript
import { checkConfig } from './check-config.mjs';
// @ts-expect-error plain JavaScript
import { checkPlan, publish } from './feed.mjs';
// @ts-expect-error plain JavaScript
import { expectedWire, fusesFor } from './fuses.mjs';
// @ts-expect-error plain JavaScript
import { billOfMaterials } from './sbom.mjs';
// @ts-expect-error plain JavaScript
import { isSupported } from './supported.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a release', () => {
  it('is refused on the floor, from changed sources, without two keys, and unsigned on Windows', () => {
    const keys = join(folder, 'keys.json');
    writeFileSync(keys, JSON.stringify({ keys: [{}, {}] }));
    const good = {
      runtime: { floor: false },
      env: { VAN_THU_UPDATE_KEYS: keys },
      platform: 'linux',
      changed: '',
    };
    expect(reasonsAgainst(good)).toEqual([]);
    expect(reasonsAgainst({ ...good, runtime: { floor: true, version: '25.1.1' } })).toHaveLength(1);
    expect(reasonsAgainst({ ...good, changed: ' M a' })).toHaveLength(1);
    expect(reasonsAgainst({ ...good, env: {} })).toHaveLength(1);
    expect(reasonsAgainst({ ...good, platform: 'win32' })).toHaveLength(2);
    expect(refusedFiles(['/a/van-thu-1.0.0-ci-amd64.deb', '/a/van-thu-1.0.0-amd64.deb'])).toEqual([
      '/a/van-thu-1.0.0-ci-amd64.deb',
    ]);
  });

  it('needs an Electron of the newest three majors', () => {
    expect(isSupported('45.4.1', '47.0.0')).toBe(true);
    expect(isSupported('45.4.1', '48.0.0')).toBe(false);
  });
});

it('is configured for every platform as electron-builder’s schema wants it', async () => {
  await checkConfig();
}, 60_000);

it('decides every fuse, and leaves out on the floor only what its wire does not have', () => {
  expect(Object.values(fusesFor(false)).every((one) => typeof one === 'boolean')).toBe(true);
  expect(Object.keys(fusesFor(false)).filter((name) => !(name in fusesFor(true)))).toEqual([
    'grantFileProtocolExtraPrivileges',
  ]);
  expect(expectedWire(true)).toMatchObject({ RunAsNode: false, OnlyLoadAppFromAsar: true });
});

it('names every shipped package in the bill of materials, the same each time', () => {
  const bill = billOfMaterials({ version: '1.0.0', electronVersion: '45.4.1' });
  const names = bill.components.map((one: { name: string }) => one.name);
  expect(names).toEqual(
    expect.arrayContaining(['pkcs11js', 'dexie', 'react', 'electron-updater', 'electron']),
  );
  expect(names).not.toContain('vitest');
  expect(billOfMaterials({ version: '1.0.0', electronVersion: '45.4.1' })).toEqual(bill);
});

describe('the folder of an update server', () => {
  it('stays as it is when a plan names what every application would refuse', () => {
    const deb = join(folder, 'van-thu-1.0.0-amd64.deb');
    const [other, odd] = [join(folder, 'van-thu-1.0.0-setup.exe'), join(folder, 'van thu-1.0.0.deb')];
    for (const path of [deb, other, odd]) writeFileSync(path, 'package');
    const good = {
      ...{ platform: 'linux-x64', ring: 'general', version: '1.0.0', now: Date.now(), days: 30, staged: 100 },
      ...{ rollbackFrom: [], deadline: null, notes: '' },
    };
    expect(() => checkPlan(good, [deb])).not.toThrow();
    const feed = join(folder, 'feed');
    for (const [more, packages] of [
      [{ platform: 'linux-arm64' }, [deb]],
      [{ ring: 'Pilot' }, [deb]],
      [{ version: '1.0.0-rc1' }, [deb]],
      [{ version: '1.0.00' }, [deb]],
      [{ days: Number.NaN }, [deb]],
      [{ staged: 0.5 }, [deb]],
      [{ deadline: 'mai' }, [deb]],
      [{ rollbackFrom: ['1.0'] }, [deb]],
      [{ notes: 'x'.repeat(4001) }, [deb]],
      [{}, [other]],
      [{}, [odd]],
      [{}, [join(folder, 'van-thu-1.0.0-none.deb')]],
      [{ version: '1.0.1' }, [deb]],
    ] as const) {
      expect(() => publish(feed, packages, { ...good, ...more }, []), JSON.stringify(more)).toThrow(
        'Không phát hành',
      );
    }
    expect(existsSync(feed)).toBe(false);
  });

  it('holds packages and a description that the application takes; each publication has the next serial', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const deb = join(folder, 'van-thu-1.0.0-amd64.deb');
    writeFileSync(deb, 'package');
    const feed = join(folder, 'feed');
    mkdirSync(feed);
    const plan = {
      ...{ platform: 'linux-x64', ring: 'general', version: '1.0.0', now: Date.now(), days: 30, staged: 100 },
      ...{ rollbackFrom: [], deadline: null, notes: '' },
    };
    for (const serial of [1, 2]) {
      const { name } = publish(feed, [deb], plan, [pem]);
      const keys = [{ id: keyId(spki), spki }];
      const opened = openRelease(
        readFileSync(join(feed, name)),
        readFileSync(join(feed, `${name}.sig`)),
        keys,
      );
      expect(opened.release).toMatchObject({ serial, files: [{ kind: 'deb', size: 7 }] });
    }
    expect(readdirSync(feed).sort()).toEqual([
      'van-thu-1.0.0-amd64.deb',
      'van-thu-linux-x64-general.json',
      'van-thu-linux-x64-general.json.sig',
    ]);
  });
});
