// Signing devices of this machine: which drivers there are, what each shows, one that a person adds. It asks no PIN and keeps
// away from the tokens while something is being signed.
import type { DriverCard } from '../../preload/contract/devices';
import { Failure } from '../../preload/contract/failure';
import type { TokenClient } from '../token/client';
import { type Driver, type DriverList, installedDrivers } from '../token/drivers';
import { diagnosticsText, driverCardOf, driverId, type MachineFacts } from './device-words';

export interface DeviceParts {
  readonly tokens: Pick<TokenClient, 'list' | 'diagnose'>;
  readonly list: DriverList;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Drivers that a person or policy named before. */
  readonly named: readonly string[];
  /** Windows' registry, asked once. */
  readonly registered: Promise<readonly Driver[]>;
  /** Main's own dialog; null when the person did not choose. */
  readonly chooseFile: () => Promise<string | null>;
  /** Keeps the named drivers in the profile. Throws `file-unwritable`. */
  readonly remember: (change: (modules: readonly string[]) => readonly string[]) => void;
  readonly copy: (text: string) => void;
  /** True while something is being signed. */
  readonly busy: () => boolean;
  readonly machine: () => MachineFacts;
}

/** The device service over its parts. */
export function createDevices(parts: DeviceParts) {
  let named = [...parts.named];
  let registered: readonly Driver[] = [];
  const asked = parts.registered.then((found) => {
    registered = found;
  });

  const drivers = (): Driver[] =>
    installedDrivers(parts.list, named, parts.env, process.platform, registered);

  function ensureFree(): void {
    if (parts.busy()) throw new Failure('token-busy', 'something is being signed');
  }

  async function card(driver: Driver): Promise<DriverCard> {
    ensureFree();
    const [report] = await parts.tokens.list([driver.path]);
    if (report === undefined) throw new Failure('token-driver-absent', driver.path);
    return driverCardOf(driver, report, named.includes(driver.path));
  }

  function known(id: string): Driver {
    const driver = drivers().find((one) => driverId(one.path) === id);
    if (driver === undefined) throw new Failure('token-driver-absent');
    return driver;
  }

  return {
    /** Absolute paths of the drivers, in the order in which they are looked at. */
    paths: (): readonly string[] => drivers().map((one) => one.path),

    /** Every driver, one after another. Throws `token-busy` while something is being signed. */
    async look(): Promise<DriverCard[]> {
      await asked;
      const cards: DriverCard[] = [];
      for (const driver of drivers()) cards.push(await card(driver));
      return cards;
    },

    /** One driver again. Throws `token-driver-absent` for one that is not in the list any more. */
    test: async (id: string): Promise<DriverCard> => card(known(id)),

    /** A driver of the person's own choice: asked at once, and remembered only when it answers as PKCS#11. */
    async choose(): Promise<DriverCard | null> {
      ensureFree();
      const path = await parts.chooseFile();
      if (path === null) return null;
      const driver = drivers().find((one) => one.path === path) ?? {
        brand: '',
        path,
        origin: 'named' as const,
      };
      const answer = await card(driver);
      if (answer.code !== null) return answer;
      if (driver.origin !== 'named' || named.includes(path)) return answer;
      parts.remember((modules) => [...modules.filter((one) => one !== path), path]);
      named = [...named, path];
      return { ...answer, chosen: true };
    },

    /** Takes a chosen driver back. Throws `token-driver-absent` for one that no person chose. */
    forget(id: string): void {
      const path = named.find((one) => driverId(one) === id);
      if (path === undefined) throw new Failure('token-driver-absent');
      parts.remember((modules) => modules.filter((one) => one !== path));
      named = named.filter((one) => one !== path);
    },

    /** Puts the text for technical support into the clipboard; gives its number of lines. */
    async copyDiagnostics(): Promise<number> {
      ensureFree();
      await asked;
      const found = [];
      for (const driver of drivers()) {
        found.push({ driver, diagnosis: await parts.tokens.diagnose(driver.path) });
      }
      const text = diagnosticsText(parts.machine(), found);
      parts.copy(text);
      return text.split('\n').length - 1;
    },
  };
}

export type DeviceService = ReturnType<typeof createDevices>;
