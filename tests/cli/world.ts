// What the tests of `sign` need: PKI with its server and tokens, in a folder of their own, because wrong PINs leave their mark
// on a token. It asserts nothing.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { samplePdf } from '../../main/pdf/sample-pdf';
import { stateFolder } from '../desk/launch';
import { freePort, type Running, runProgram, startProgram } from '../sandbox/process';

export interface TokenPlace {
  readonly label: string;
  readonly pin: string;
}

export interface CliWorld {
  /** Everything that the caller does not see. */
  readonly base: string;
  /** Where the caller stands; it holds one unsigned document, `công văn.pdf`. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly module: string;
  readonly leader: TokenPlace;
  readonly agency: TokenPlace;
  /** The root certificate. */
  readonly root: string;
  readonly pki: Running;
  close(): Promise<void>;
}

interface TokenIndex {
  readonly module: string;
  readonly conf: string;
  readonly tokens: readonly (TokenPlace & { readonly name: string })[];
}

/** Makes a new PKI, new tokens and a folder for the caller. */
export async function openCliWorld(name: string): Promise<CliWorld> {
  const base = stateFolder(`cli-${name}`);
  rmSync(base, { recursive: true, force: true });
  const folder = join(base, 'thư mục người gọi');
  mkdirSync(folder, { recursive: true });
  const [pkiFolder, tokenFolder] = [join(base, 'pki'), join(base, 'tokens')];
  const port = String(await freePort());
  await runProgram(resolve('out/sandbox/pki.cjs'), ['make', '--out', pkiFolder, '--port', port]);
  await runProgram(resolve('out/sandbox/token.cjs'), ['make', '--pki', pkiFolder, '--out', tokenFolder]);
  const index = JSON.parse(readFileSync(join(tokenFolder, 'index.json'), 'utf8')) as TokenIndex;
  const token = (wanted: string): TokenPlace => {
    const found = index.tokens.find((one) => one.name === wanted);
    if (found === undefined) throw new Error(`the sandbox has no token ${wanted}`);
    return found;
  };
  writeFileSync(join(folder, 'công văn.pdf'), samplePdf('table'));
  const pki = await startProgram(resolve('out/sandbox/pki.cjs'), [
    'serve',
    '--dir',
    pkiFolder,
    '--port',
    port,
  ]);
  return {
    base,
    folder,
    env: { SOFTHSM2_CONF: index.conf },
    module: index.module,
    leader: token('leader'),
    agency: token('agency'),
    root: join(pkiFolder, 'anchors/root-ca.pem'),
    pki,
    async close() {
      await pki.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
