// For the tests of this room: certificates from openssl, a SoftHSM2 token of its own, the probe driver, the host's bundle.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { TokenInput } from './protocol';

export const tokenLabel = 'Thử nghiệm';
export const userPin = '12345678';

export const softhsm = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
].find((path) => existsSync(path));

const keyKinds = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  rsa3072: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
  rsa4096: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:4096'],
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  brainpool: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'],
  pss: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
  weak: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
} as const;

export type LeafName =
  | 'rsa'
  | 'rsa3072'
  | 'rsa4096'
  | 'p256'
  | 'p384'
  | 'brainpool'
  | 'pss'
  | 'weak'
  | 'encipher'
  | 'server'
  | 'stranger';

const signing = 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n';
const leaves: Readonly<Record<LeafName, { key: keyof typeof keyKinds; extensions: string }>> = {
  rsa: { key: 'rsa', extensions: signing },
  rsa3072: { key: 'rsa3072', extensions: signing },
  rsa4096: { key: 'rsa4096', extensions: signing },
  p256: { key: 'p256', extensions: signing },
  p384: { key: 'p384', extensions: signing },
  brainpool: { key: 'brainpool', extensions: signing },
  pss: { key: 'pss', extensions: signing },
  weak: { key: 'weak', extensions: signing },
  encipher: { key: 'rsa', extensions: 'keyUsage=critical,keyEncipherment\n' },
  server: { key: 'rsa', extensions: 'keyUsage=digitalSignature\nextendedKeyUsage=serverAuth\n' },
  /** On the token beside a key that is another's. */
  stranger: { key: 'rsa', extensions: signing },
};

/** Makes an authority and certificates of it in a folder: `<name>.key` and `<name>.der`. */
export class Certificates {
  constructor(readonly folder: string) {
    this.openssl('genpkey', ...keyKinds.rsa, '-out', 'ca.key');
    const subject = '/C=VN/O=Thử/CN=CA thử';
    this.openssl(
      'req',
      '-x509',
      '-utf8',
      '-new',
      '-key',
      'ca.key',
      '-subj',
      subject,
      '-days',
      '900',
      '-out',
      'ca.pem',
    );
    this.openssl('x509', '-in', 'ca.pem', '-outform', 'DER', '-out', 'ca.der');
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  make(name: LeafName): void {
    const leaf = leaves[name];
    this.openssl('genpkey', ...keyKinds[leaf.key], '-out', `${name}.key`);
    writeFileSync(join(this.folder, `${name}.ext`), leaf.extensions);
    const subject = `/C=VN/O=UBND tỉnh Thử/CN=Trần Thị ${name}`;
    this.openssl('req', '-new', '-utf8', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`);
    this.openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
      ...['-days', '800', '-extfile', `${name}.ext`, '-outform', 'DER', '-out', `${name}.der`],
    );
  }

  der(name: LeafName | 'ca'): Buffer {
    return readFileSync(join(this.folder, `${name}.der`));
  }
}

/** A token in a temporary folder, reached through the probe, whose script and log belong to one test. */
export class ProbedToken {
  readonly folder = mkdtempSync(join(tmpdir(), 'token-'));
  readonly certificates = new Certificates(this.folder);
  readonly module = execFileSync(process.execPath, ['build/probe.mjs'], { encoding: 'utf8' }).trim();
  readonly env: Readonly<Record<string, string | undefined>>;
  private readonly script = join(this.folder, 'script');
  private readonly log = join(this.folder, 'log');

  constructor() {
    if (softhsm === undefined) throw new Error('SoftHSM2 is not installed');
    const conf = join(this.folder, 'softhsm2.conf');
    mkdirSync(join(this.folder, 'store'));
    writeFileSync(conf, `directories.tokendir = ${join(this.folder, 'store')}\nlog.level = ERROR\n`);
    this.env = {
      ...process.env,
      SOFTHSM2_CONF: conf,
      PROBE_MODULE: softhsm,
      PROBE_SCRIPT: this.script,
      PROBE_LOG: this.log,
      PROBE_LOG_ALL: 'yes',
    };
    this.tool(
      'softhsm2-util',
      '--init-token',
      '--free',
      '--label',
      tokenLabel,
      '--pin',
      userPin,
      '--so-pin',
      '87654321',
    );
    this.reset();
  }

  private tool(program: string, ...args: string[]): void {
    execFileSync(program, args, { cwd: this.folder, env: this.env, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  /** Puts a certificate on the token, and its key or the key given, under a CKA_ID. */
  put(name: LeafName | 'ca', id: string, key?: LeafName): void {
    if (name !== 'ca') this.certificates.make(name);
    if (key !== undefined) {
      const where = ['--token', tokenLabel, '--pin', userPin, '--label', name, '--id', id];
      this.tool('softhsm2-util', '--import', `${key}.key`, ...where);
    }
    this.tool(
      'pkcs11-tool',
      ...['--module', softhsm ?? '', '--token-label', tokenLabel, '--login', '--pin', userPin],
      ...['--write-object', `${name}.der`, '--type', 'cert', '--label', name, '--id', id],
    );
  }

  /** What the probe does from now on, one line an action. */
  say(...lines: string[]): void {
    writeFileSync(this.script, lines.map((line) => `${line}\n`).join(''));
  }

  /** An obedient driver and an empty log. */
  reset(): void {
    this.say();
    writeFileSync(this.log, '');
  }

  /** How many times a function was called since the last reset. */
  calls(name: `C_${string}`): number {
    return readFileSync(this.log, 'utf8')
      .split('\n')
      .filter((line) => line.split(' ')[0] === name).length;
  }

  fingerprint(name: LeafName | 'ca'): string {
    return sha256(this.certificates.der(name));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What `open` needs, for a token whose serial was listed. */
export function opening(
  token: ProbedToken,
  tokenSerial: string,
  name: LeafName,
  contents: readonly Uint8Array[],
): TokenInput<'open'> {
  return {
    module: token.module,
    tokenSerial,
    tokenLabel,
    fingerprint: token.fingerprint(name),
    hashes: contents.map(sha256),
    pss: false,
  };
}

/** Bundles the host as the build does, for this test run alone. */
export function bundleHost(name: string): string {
  const outfile = resolve(`out/test/token-host-${name}-${process.pid}.cjs`);
  buildSync({
    entryPoints: ['main/token/host.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    external: ['electron', 'pkcs11js'],
    define: { 'import.meta.url': '__importMetaUrl' },
    banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return outfile;
}
