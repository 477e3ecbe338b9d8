// Signers with keys in memory and the font, for the tests. Certificates come from the openssl command. Nothing in the
// program uses it.
import { execFileSync } from 'node:child_process';
import { constants, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignatureAlgorithm } from './cms';
import { type KnownSigner, knownSigner } from './sign';
import { parseTrueType, type TrueTypeFont } from './truetype';

export interface TestKey {
  readonly certificate: Uint8Array;
  readonly pemPath: string;
  readonly key: KeyObject;
}

/** A self-signed certificate with its key. `kind` is openssl's -newkey argument. */
export function testKey(kind: string, subject: string, ...options: readonly string[]): TestKey {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-signer-'));
  const keyPath = join(folder, 'key.pem');
  const pemPath = join(folder, 'certificate.pem');
  const derPath = join(folder, 'certificate.der');
  const request = ['req', '-x509', '-newkey', kind, ...options, '-nodes', '-utf8', '-days', '30'];
  const usage = ['-addext', 'keyUsage=critical,digitalSignature,nonRepudiation'];
  execFileSync('openssl', [...request, '-subj', subject, ...usage, '-keyout', keyPath, '-out', pemPath], {
    stdio: 'ignore',
  });
  execFileSync('openssl', ['x509', '-in', pemPath, '-outform', 'DER', '-out', derPath]);
  return {
    certificate: new Uint8Array(readFileSync(derPath)),
    pemPath,
    key: createPrivateKey(readFileSync(keyPath)),
  };
}

/** How each algorithm is made with a key in memory; ECDSA raw, as tokens answer. */
function signWith(algorithm: SignatureAlgorithm, key: KeyObject, data: Uint8Array): Uint8Array {
  switch (algorithm) {
    case 'rsa-pkcs1-sha256':
      return sign('sha256', data, key);
    case 'rsa-pss-sha256':
      return sign('sha256', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
    case 'ecdsa-sha256':
      return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
    case 'ecdsa-sha384':
      return sign('sha384', data, { key, dsaEncoding: 'ieee-p1363' });
  }
}

export function testSigner(from: TestKey, algorithm: SignatureAlgorithm): KnownSigner {
  return knownSigner({
    certificate: from.certificate,
    chain: [],
    algorithm,
    sign: async (data) => signWith(algorithm, from.key, data),
  });
}

export function testFont(): TrueTypeFont {
  return parseTrueType(new Uint8Array(readFileSync('resources/fonts/Tinos_400Regular.ttf')));
}
