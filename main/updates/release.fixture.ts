// Releases and keys for tests.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { keyId, type Release, type UpdateKey } from './release';

export interface TestKey {
  readonly trusted: UpdateKey;
  readonly secret: KeyObject;
}

export function newKey(): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { trusted: { id: keyId(spki), spki }, secret: privateKey };
}

export const file = {
  kind: 'AppImage' as const,
  name: 'van-thu-9.0.1-x86_64.AppImage',
  size: 1000,
  sha512: Buffer.alloc(64, 7).toString('base64'),
};

export const release: Release = {
  format: 1,
  product: 'van-thu',
  platform: 'linux-x64',
  ring: 'general',
  serial: 5,
  version: '9.0.1',
  published: '2026-11-01T00:00:00Z',
  expires: '2026-12-01T00:00:00Z',
  staged: 100,
  rollbackFrom: [],
  deadline: null,
  notes: '',
  files: [file],
};

export const bytesOf = (one: object): Buffer => Buffer.from(JSON.stringify(one));

export function signatureOf(bytes: Uint8Array, keys: readonly TestKey[]): Buffer {
  const signatures = keys.map(({ trusted, secret }) => ({
    key: trusted.id,
    value: sign(null, bytes, secret).toString('base64'),
  }));
  return Buffer.from(JSON.stringify({ format: 1, signatures }));
}
