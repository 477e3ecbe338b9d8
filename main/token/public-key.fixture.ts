// For the tests of this room: the public key of a certificate, made from its SPKI alone.
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readCertificate } from './certificate';

export function publicKeyIn(der: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(readCertificate(der).spki), format: 'der', type: 'spki' });
}
