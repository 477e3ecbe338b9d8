// Which driver files to look for on this machine, from resources/drivers.json, the environment and policy.
// It checks that they are there; it loads none.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Failure } from '../../preload/contract/failure';
import { fitsThisProcess } from './machine';

const names = z.array(z.string().min(1));
const driverList = z.object({
  folders: z.object({ windows: names, linux: names, macos: names }),
  drivers: z.array(z.object({ brand: z.string(), windows: names, linux: names, macos: names })),
});
export type DriverList = z.infer<typeof driverList>;

export interface Driver {
  readonly brand: string;
  readonly path: string;
  readonly origin: DriverOrigin;
}

type System = 'windows' | 'linux' | 'macos';

function systemOf(platform: string): System {
  if (platform === 'win32') return 'windows';
  return platform === 'darwin' ? 'macos' : 'linux';
}

/** The driver list that is shipped: two folders above the bundle, as above this file. */
export function shippedDriverList(): string {
  return fileURLToPath(new URL('../../resources/drivers.json', import.meta.url));
}

/** Reads a driver list. Throws `file-unreadable`: it is our own file. */
export function readDriverList(path: string = shippedDriverList()): DriverList {
  try {
    return driverList.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Failure('file-unreadable', path, { cause: error });
  }
}

/** A list that names nobody: only what is named elsewhere is looked at. */
export const noDrivers: DriverList = { folders: { windows: [], linux: [], macos: [] }, drivers: [] };

/** Puts environment variables into {NAME}; undefined where one is missing. */
function expanded(path: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  let missing = false;
  const text = path.replace(/\{([\w()]+)\}/g, (_, name: string) => {
    // Windows finds its variables without regard to case.
    const key = Object.keys(env).find((one) => one.toLowerCase() === name.toLowerCase());
    const value = key === undefined ? undefined : env[key];
    if (value === undefined || value === '') missing = true;
    return value ?? '';
  });
  return missing ? undefined : text;
}

/** Every path the list names for a system, absolute, in the list's order. */
export function candidates(
  list: DriverList,
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): Driver[] {
  const system = systemOf(platform);
  const path = system === 'windows' ? win32 : posix;
  const found: Driver[] = [];
  for (const driver of list.drivers) {
    for (const name of driver[system]) {
      const own = expanded(name, env);
      if (own === undefined) continue;
      if (path.isAbsolute(own)) {
        found.push({ brand: driver.brand, path: own, origin: 'listed' });
        continue;
      }
      for (const folder of list.folders[system]) {
        const place = expanded(folder, env);
        if (place !== undefined)
          found.push({ brand: driver.brand, path: path.join(place, own), origin: 'listed' });
      }
    }
  }
  return found;
}

/** How a driver came to be looked at: named by a person, policy or the environment, found in Windows' registry, or listed. */
export type DriverOrigin = 'named' | 'registry' | 'listed';

/** Driver given by the environment, e.g. for a test or a machine with an unusual folder. */
export const moduleVariable = 'VAN_THU_PKCS11_MODULE';

/**
 * The drivers on this machine, each file once (links are followed): named ones and the environment's first, then the
 * list's, then those of Windows' registry (`registered`, already judged to be there and PKCS#11). The named are kept even
 * when absent, so that the report can say so. Throws `token-driver-path` for one that is not absolute.
 */
export function installedDrivers(
  list: DriverList,
  added: readonly string[] = [],
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
  registered: readonly Driver[] = [],
): Driver[] {
  const path = platform === 'win32' ? win32 : posix;
  const named = [...added, env[moduleVariable]].filter((one) => one !== undefined && one !== '');
  const first = named.flatMap((one): Driver[] =>
    one === undefined ? [] : [{ brand: '', path: one, origin: 'named' }],
  );
  for (const driver of first) {
    if (!path.isAbsolute(driver.path)) throw new Failure('token-driver-path', driver.path);
  }
  const present = fitting([
    ...candidates(list, platform, env).filter((driver) => existsSync(driver.path)),
    ...registered,
  ]);
  const seen = new Set<string>();
  return [...first, ...present].filter((driver) => {
    const real = realPath(driver.path);
    if (seen.has(real)) return false;
    seen.add(real);
    return true;
  });
}

/**
 * One file of each name: Windows keeps the 32-bit twin beside the 64-bit one, Debian one a machine. A name of which no
 * file fits stays, so that "wrong machine" can be said.
 */
function fitting(drivers: readonly Driver[]): Driver[] {
  const byName = new Map<string, Driver>();
  for (const driver of drivers) {
    const name = driver.path.replace(/^.*[\\/]/, '').toLowerCase();
    const known = byName.get(name);
    if (known === undefined || (!fits(known.path) && fits(driver.path))) byName.set(name, driver);
  }
  return [...byName.values()];
}

function fits(path: string): boolean {
  try {
    return fitsThisProcess(path) === 'yes';
  } catch {
    // Unreadable: it is not the better of two.
    return false;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Absent or unreadable: its own name is name enough.
    return path;
  }
}
