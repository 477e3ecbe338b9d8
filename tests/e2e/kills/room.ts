// What a run of kills needs beside its world: the PKCS#11 probe with its script and its log, and a folder of packages on offer.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { softhsmModule } from '../../sandbox/token/softhsm';

export interface KillsRoom {
  readonly probe: string;
  readonly seeds: string;
  /** The calls that were made of the driver. */
  readonly calls: string;
  /** The desk's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Makes the room anew; `orders` is the probe's script. Throws when the probe is not built. */
export function openKillsRoom(name: string, orders: string): KillsRoom {
  const probe = resolve('out/probe/pkcs11-probe.so');
  if (!existsSync(probe)) throw new Error('the PKCS#11 probe is not built (build/probe.mjs)');
  const room = join(process.env.VAN_THU_STATE ?? 'out/state', name);
  rmSync(room, { recursive: true, force: true });
  const [seeds, calls, script] = [join(room, 'seeds'), join(room, 'calls.txt'), join(room, 'script.txt')];
  mkdirSync(seeds, { recursive: true });
  writeFileSync(calls, '');
  writeFileSync(script, orders);
  return {
    ...{ probe, seeds, calls },
    env: { PROBE_MODULE: softhsmModule(), PROBE_SCRIPT: script, PROBE_LOG: calls },
  };
}
