// The sandbox tokens as a program: `make --pki DIR --out DIR` puts the leader's and the agency's keys on two SoftHSM2 tokens.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { option } from '../arguments';
import type { PkiIdentity, PkiIndex } from '../pki/make';
import { SofthsmStore } from './softhsm';

/** What index.json holds: absolute paths. */
export interface TokenIndex {
  readonly module: string;
  /** Goes into SOFTHSM2_CONF. */
  readonly conf: string;
  readonly tokens: readonly {
    readonly name: 'leader' | 'agency';
    readonly label: string;
    readonly pin: string;
    readonly certificates: readonly string[];
  }[];
}

const wanted = [
  { name: 'leader', label: 'Lãnh đạo', pin: '24681357', identities: ['leader', 'leader-ec'] },
  { name: 'agency', label: 'UBND tỉnh Lạng Sơn', pin: '13572468', identities: ['agency'] },
] as const;

function make(pkiFolder: string, folder: string): TokenIndex {
  if (existsSync(folder) && !existsSync(join(folder, 'index.json')) && !existsSync(join(folder, 'store'))) {
    throw new Error(`${folder} exists and holds no sandbox tokens`);
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pki = JSON.parse(readFileSync(join(pkiFolder, 'index.json'), 'utf8')) as PkiIndex;
  const identity = (id: string): PkiIdentity => {
    const found = pki.identities.find((one) => one.id === id);
    if (found === undefined) throw new Error(`the PKI has no ${id}`);
    return found;
  };
  const store = new SofthsmStore(folder);
  for (const token of wanted) {
    store.initialise(token.label, token.pin, `${token.pin}99`);
    token.identities.map(identity).forEach((one, position) => {
      store.put(token.label, token.pin, {
        id: `0${position + 1}`,
        label: one.id,
        keyFile: join(pkiFolder, one.key),
        certificateDerFile: join(pkiFolder, one.certificateDer),
      });
    });
    // Vendors' tokens carry their authority's certificate too.
    store.put(token.label, token.pin, {
      id: 'ca',
      label: 'sub-ca',
      certificateDerFile: join(pkiFolder, 'certs/sub-ca.crt'),
    });
  }
  const index: TokenIndex = {
    module: store.module,
    conf: store.conf,
    tokens: wanted.map((token) => ({
      name: token.name,
      label: token.label,
      pin: token.pin,
      certificates: token.identities.map((id) => resolve(pkiFolder, identity(id).certificate)),
    })),
  };
  writeFileSync(join(folder, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
  return index;
}

function main(): void {
  const [command, ...args] = process.argv.slice(2);
  if (command !== 'make') {
    process.stderr.write('token make --pki DIR --out DIR\n');
    process.exitCode = 2;
    return;
  }
  const index = make(resolve(option(args, 'pki')), resolve(option(args, 'out')));
  process.stdout.write(`${JSON.stringify({ made: index.conf, module: index.module })}\n`);
}

main();
