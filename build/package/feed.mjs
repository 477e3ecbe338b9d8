// Writes what an update server holds: the packages, the description of the release and its signature, in an order that never
// leaves a description without its packages. A server of files is enough; nothing runs there.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const kinds = [
  [/\.AppImage$/, 'AppImage'],
  [/\.deb$/, 'deb'],
  [/\.rpm$/, 'rpm'],
  [/-setup\.exe$/, 'nsis'],
  [/\.zip$/, 'mac-zip'],
];

const kindOf = (path) => kinds.find(([pattern]) => pattern.test(path))?.[1];

/** The last four bytes of an AppImage tell how long the block map before them is. */
const blockMapLength = (bytes) => (bytes.length < 4 ? 0 : bytes.readUInt32BE(bytes.length - 4));

function fileOf(path) {
  const kind = kindOf(path);
  if (kind === undefined) throw new Error(`${basename(path)}: không phải gói cài đặt`);
  const bytes = readFileSync(path);
  const blockMap = kind === 'AppImage' ? blockMapLength(bytes) : 0;
  return {
    kind,
    name: basename(path),
    size: bytes.length,
    sha512: createHash('sha512').update(bytes).digest('base64'),
    // Made by other tools it has none; then the whole file is downloaded.
    ...(blockMap > 0 && blockMap < bytes.length ? { blockMapSize: blockMap } : {}),
  };
}

/** The description's bytes. */
export function describe(plan, packages) {
  const release = {
    format: 1,
    product: 'van-thu',
    platform: plan.platform,
    ring: plan.ring,
    serial: plan.serial,
    version: plan.version,
    published: new Date(plan.now).toISOString(),
    expires: new Date(plan.now + plan.days * 86_400_000).toISOString(),
    staged: plan.staged,
    rollbackFrom: plan.rollbackFrom,
    deadline: plan.deadline,
    notes: plan.notes,
    files: packages.map(fileOf),
  };
  return Buffer.from(`${JSON.stringify(release, null, 2)}\n`);
}

/** The signature file over exactly these bytes, by one or two private keys (PEM, Ed25519). */
export function signatureFile(bytes, pems) {
  const signatures = pems.map((pem) => {
    const key = createPrivateKey(pem);
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
    return {
      key: createHash('sha256').update(spki).digest('hex').slice(0, 16),
      value: sign(null, bytes, key).toString('base64'),
    };
  });
  return Buffer.from(`${JSON.stringify({ format: 1, signatures })}\n`);
}

/** Whole or not at all: a server that is read meanwhile never shows half a file. */
function put(folder, name, bytes) {
  const draft = join(folder, `.${name}.new`);
  writeFileSync(draft, bytes);
  renameSync(draft, join(folder, name));
}

/** The serial after the one that is published in a folder now. */
export function nextSerial(folder, name) {
  const path = join(folder, name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).serial + 1 : 1;
}

export const releaseName = (plan) => `van-thu-${plan.platform}-${plan.ring}.json`;

const version = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/;
const kindsOf = {
  'linux-x64': ['AppImage', 'deb', 'rpm'],
  'win32-x64': ['nsis'],
  'darwin-x64': ['mac-zip'],
  'darwin-arm64': ['mac-zip'],
};

/** Throws a sentence about what every application would refuse, before anything is published. */
export function checkPlan(plan, packages) {
  const wrong = [];
  const kinds = kindsOf[plan.platform];
  if (kinds === undefined) wrong.push(`--platform ${plan.platform}: có ${Object.keys(kindsOf).join(', ')}`);
  if (!['pilot', 'general'].includes(plan.ring)) wrong.push(`--ring ${plan.ring}: pilot hoặc general`);
  if (!version.test(plan.version)) wrong.push(`--version ${plan.version}: X.Y.Z, không có số 0 ở đầu`);
  if (!(plan.days > 0 && plan.days <= 3650)) wrong.push('--days: số ngày, lớn hơn 0');
  if (!(Number.isInteger(plan.staged) && plan.staged >= 0 && plan.staged <= 100))
    wrong.push('--staged: số nguyên từ 0 đến 100');
  if (plan.deadline !== null && Number.isNaN(Date.parse(plan.deadline)))
    wrong.push(`--deadline ${plan.deadline}: không phải thời điểm`);
  for (const one of plan.rollbackFrom)
    if (!version.test(one)) wrong.push(`--rollback-from ${one}: không phải phiên bản`);
  if (plan.notes.length > 4000) wrong.push('--notes: dài hơn 4000 ký tự');
  for (const path of packages) {
    if (!existsSync(path)) wrong.push(`${path}: không có tệp`);
    else if (!(kinds ?? []).includes(kindOf(path)))
      wrong.push(`${path}: không phải gói cho ${plan.platform}`);
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/.test(basename(path)))
      wrong.push(`${path}: tên gói có ký tự lạ`);
    // Whoever publishes 1.2.3 as 1.2.4 sends every machine round in a circle.
    if (!basename(path).includes(plan.version)) wrong.push(`${path}: tên gói không có ${plan.version}`);
  }
  if (wrong.length > 0) throw new Error(`Không phát hành:\n- ${wrong.join('\n- ')}`);
}

/** Packages first, the description last: until then the old one stands and its packages are there. */
export function publish(folder, packages, plan, pems) {
  checkPlan(plan, packages);
  mkdirSync(folder, { recursive: true });
  const name = releaseName(plan);
  const bytes = describe({ serial: nextSerial(folder, name), ...plan }, packages);
  for (const path of packages) {
    const draft = join(folder, `.${basename(path)}.new`);
    copyFileSync(path, draft);
    renameSync(draft, join(folder, basename(path)));
  }
  // Whoever asks meanwhile may get the old description with the new signatures: so both stand there until it has changed.
  const signature = JSON.parse(signatureFile(bytes, pems).toString());
  const path = join(folder, `${name}.sig`);
  const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).signatures : [];
  const both = { format: 1, signatures: [...signature.signatures, ...before].slice(0, 8) };
  put(folder, `${name}.sig`, Buffer.from(JSON.stringify(both)));
  put(folder, name, bytes);
  put(folder, `${name}.sig`, Buffer.from(JSON.stringify(signature)));
  return { name, bytes };
}
