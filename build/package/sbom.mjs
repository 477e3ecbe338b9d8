// Writes the bill of materials of what is shipped (CycloneDX 1.5): the packages bundled into the archive, and the runtime. It
// reads package-lock.json and asks no network.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/** Runtime packages of the lock file with everything they need, by path. */
function shippedPackages(lock) {
  return Object.entries(lock.packages)
    .filter(([path, one]) => path.startsWith('node_modules/') && one.dev !== true && one.optional !== true)
    .map(([path, one]) => ({
      name: one.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: one.version,
      license: one.license,
      integrity: one.integrity,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function component({ name, version, license, integrity }) {
  const [algorithm, digest] = (integrity ?? '').split('-');
  return {
    type: 'library',
    'bom-ref': purl(name, version),
    name,
    version,
    purl: purl(name, version),
    ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
    ...(algorithm === 'sha512'
      ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }
      : {}),
  };
}

/** The bill as an object. The serial number comes of the content: the same sources give the same bill. */
export function billOfMaterials({ version, electronVersion }) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const components = shippedPackages(lock).map(component);
  components.push({
    type: 'framework',
    'bom-ref': purl('electron', electronVersion),
    name: 'electron',
    version: electronVersion,
    purl: purl('electron', electronVersion),
    licenses: [{ expression: 'MIT' }],
  });
  const hex = createHash('sha256')
    .update(JSON.stringify([version, components]))
    .digest('hex');
  const serial = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': `van-thu@${version}`,
        name: 'van-thu',
        version,
        licenses: [{ expression: 'Apache-2.0' }],
      },
    },
    components,
  };
}

export function writeBill(path, facts) {
  writeFileSync(path, `${JSON.stringify(billOfMaterials(facts), null, 2)}\n`);
}
