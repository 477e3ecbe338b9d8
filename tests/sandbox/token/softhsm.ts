// Makes SoftHSM2 tokens in a folder of their own and puts keys and certificates on them. It makes no certificates.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TokenObject {
  /** CKA_ID, hex. */
  readonly id: string;
  readonly label: string;
  /** PKCS#8 PEM; a certificate without a key is an authority's. */
  readonly keyFile?: string;
  readonly certificateDerFile: string;
}

const candidates = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
];

/** The absolute path of the SoftHSM2 module. */
export function softhsmModule(): string {
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error('SoftHSM2 is not installed (apt install softhsm2)');
  return found;
}

/** A SoftHSM2 store with its own configuration file; nothing of the machine's own store is read or changed. */
export class SofthsmStore {
  readonly module = softhsmModule();
  readonly conf: string;

  constructor(folder: string) {
    mkdirSync(join(folder, 'store'), { recursive: true, mode: 0o700 });
    this.conf = join(folder, 'softhsm2.conf');
    writeFileSync(
      this.conf,
      `directories.tokendir = ${join(folder, 'store')}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n`,
    );
  }

  private run(program: string, args: readonly string[]): string {
    return execFileSync(program, args, {
      env: { ...process.env, SOFTHSM2_CONF: this.conf },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
  }

  /** Initialises a token in a free slot. */
  initialise(label: string, pin: string, securityOfficerPin: string): void {
    this.run('softhsm2-util', [
      ...['--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', securityOfficerPin],
    ]);
  }

  /** Imports a key, if any, and its certificate under the same CKA_ID. */
  put(label: string, pin: string, object: TokenObject): void {
    if (object.keyFile !== undefined) {
      this.run('softhsm2-util', [
        ...['--import', object.keyFile, '--token', label, '--pin', pin],
        ...['--label', object.label, '--id', object.id],
      ]);
    }
    this.run('pkcs11-tool', [
      ...['--module', this.module, '--token-label', label, '--login', '--pin', pin],
      ...['--write-object', object.certificateDerFile, '--type', 'cert'],
      ...['--label', object.label, '--id', object.id],
    ]);
  }
}
