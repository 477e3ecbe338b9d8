// The driver that does as a script says, between the desk and the software token: its script, its log of calls. It starts
// nothing; its code stands in tests/pkcs11-probe.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stateFolder } from '../../desk/launch';
import { softhsmModule } from '../../sandbox/token/softhsm';

export interface Probe {
  readonly driver: string;
  readonly env: Readonly<Record<string, string>>;
  /** The file the driver reads its faults from, anew at every call. */
  readonly script: string;
  readonly log: string;
  /** How often a function of PKCS#11 was called until now. */
  counted(name: string): number;
}

/** A probe of its own for the test of this name, without any fault yet. */
export function openProbe(name: string): Probe {
  const [script, log] = [stateFolder(`${name}-script.txt`), stateFolder(`${name}-calls.txt`)];
  mkdirSync(stateFolder(''), { recursive: true });
  writeFileSync(log, '');
  writeFileSync(script, '');
  return {
    driver: resolve('out/probe/pkcs11-probe.so'),
    env: { PROBE_MODULE: softhsmModule(), PROBE_SCRIPT: script, PROBE_LOG: log },
    script,
    log,
    counted: (called) =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(`${called} `)).length,
  };
}
