// Lays out the application exactly as it is to be packed: our bundles, pages, data files and the one native module. What is
// not named here is not shipped.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

/** The command line runs on plain Node, and the fuses leave none in the packed runtime. */
const bundles = ['index', 'desk', 'updater', 'token-host', 'reading-host', 'writing-thread'];
const shrink = { minifyWhitespace: true, minifySyntax: true, legalComments: 'none', charset: 'utf8' };
const nativeModule = 'node_modules/pkcs11js';

function copyTree(from, to, keep = () => true) {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) copyTree(source, target, keep);
    else if (keep(source)) {
      mkdirSync(to, { recursive: true });
      cpSync(source, target);
    }
  }
}

/** The packed package.json: a name, a version, an entry; nothing of how it is built. */
function manifest(version) {
  const own = JSON.parse(readFileSync('package.json', 'utf8'));
  const native = JSON.parse(readFileSync(join(nativeModule, 'package.json'), 'utf8'));
  return {
    name: own.name,
    productName: own.productName,
    version: version ?? own.version,
    description: own.description,
    license: own.license,
    main: own.main,
    homepage: process.env.VAN_THU_HOMEPAGE ?? 'https://van-thu.invalid/',
    author: { name: 'Văn Thư', email: 'van-thu@van-thu.invalid' },
    desktopName: 'van-thu.desktop',
    dependencies: { pkcs11js: native.version },
  };
}

/** Main's bundle with the generation of its data one higher: for tests of what an older application does with newer data. */
function withNewerData(code) {
  const parts = code.split(/var dataVersion = (\d+);/);
  if (parts.length !== 3) throw new Error('dataVersion stands in the bundle otherwise than was thought');
  return `${parts[0]}var dataVersion = ${Number(parts[1]) + 1};${parts[2]}`;
}

/**
 * Fills `folder` anew.
 * @param {{ folder: string, version?: string, updateKeys?: string, newerData?: boolean }} plan `updateKeys` replaces the
 * file of public keys that updates are checked with, `newerData` makes main write data that the present one refuses.
 */
export function stageApp({ folder, version, updateKeys, newerData }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'out/main'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(version), null, 2)}\n`);
  for (const name of bundles) {
    const bundled = readFileSync(`out/main/${name}.cjs`, 'utf8');
    const code = newerData && name === 'index' ? withNewerData(bundled) : bundled;
    // Names stay, for the traces in the log.
    const { code: small } = transformSync(code, { ...shrink, target: 'node18', format: 'cjs' });
    writeFileSync(join(folder, `out/main/${name}.cjs`), small);
  }
  copyTree('out/preload', join(folder, 'out/preload'), (path) => path.endsWith('.cjs'));
  copyTree('out/renderer', join(folder, 'out/renderer'), (path) => !/\.map$|\.built$/.test(path));
  copyTree('resources', join(folder, 'resources'), (path) => !path.includes('policy-templates'));
  if (updateKeys !== undefined) cpSync(updateKeys, join(folder, 'resources/update-keys.json'));
  const module = join(folder, nativeModule);
  mkdirSync(join(module, 'build/Release'), { recursive: true });
  for (const name of ['package.json', 'index.js', 'LICENSE', 'build/Release/pkcs11.node']) {
    cpSync(join(nativeModule, name), join(module, name));
  }
}
