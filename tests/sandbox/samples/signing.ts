// Signs the samples through the application's own signing, with the plain key files of the sandbox PKI: leader first, then
// the number where it is given then, then the agency's seal.
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  completeSignature,
  knownSigner,
  parseTrueType,
  prepareNumberFields,
  type RoleRequest,
  readyToSign,
  type Signer,
} from '../../../main/signing';
import { bytesSource } from '../../../preload/contract/byte-source';
import type { PkiIdentity, PkiIndex } from '../pki/make';
import type { DateParts } from './calendar';
import { fontBytes, OutlineFont } from './fonts';
import { handwriting, seal } from './images';
import type { SetLetter } from './letter';

function certificates(pem: string): Uint8Array[] {
  return (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (one) => new X509Certificate(one).raw,
  );
}

/** The keys and certificates of the sandbox PKI. */
export class Keys {
  readonly #index: PkiIndex;

  constructor(private readonly folder: string) {
    this.#index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as PkiIndex;
  }

  identity(id: string): PkiIdentity {
    const found = this.#index.identities.find((one) => one.id === id);
    if (found === undefined) throw new Error(`the PKI has no ${id}`);
    return found;
  }

  signer(id: string): Signer {
    const identity = this.identity(id);
    const key = createPrivateKey(readFileSync(join(this.folder, identity.key)));
    const [certificate, ...chain] = certificates(readFileSync(join(this.folder, identity.chain), 'utf8'));
    if (certificate === undefined) throw new Error(`no certificate of ${id}`);
    return {
      certificate,
      chain,
      algorithm: identity.algorithm === 'rsa' ? 'rsa-pkcs1-sha256' : 'ecdsa-sha256',
      sign: async (attributes) => sign('sha256', attributes, key),
    };
  }
}

const resources = { font: parseTrueType(fontBytes('regular')) };
const boldOutlines = new OutlineFont('bold');
const pictures = new Map<string, Uint8Array>();

function picture(key: string, draw: () => Uint8Array): Uint8Array {
  const known = pictures.get(key) ?? draw();
  pictures.set(key, known);
  return known;
}

export function signaturePicture(name: string): Uint8Array {
  return picture(`signature ${name}`, () => handwriting(name));
}

export function sealPicture([upper, lower]: readonly [string, string]): Uint8Array {
  return picture(`seal ${upper} ${lower}`, () => seal(boldOutlines, upper, lower));
}

async function signed(bytes: Uint8Array, what: RoleRequest, time: Date, signer: Signer): Promise<Uint8Array> {
  const known = knownSigner(signer);
  const ready = readyToSign(bytesSource(bytes), { what, time }, known, resources);
  return Buffer.concat([bytes, await completeSignature(ready, known)]);
}

/** The leader's signature with its picture in box 7c. */
export function leaderSigned(
  letter: SetLetter,
  name: string,
  time: Date,
  signer: Signer,
): Promise<Uint8Array> {
  const what: RoleRequest = { role: 'leader', image: signaturePicture(name), place: letter.signature };
  return signed(letter.bytes, what, time, signer);
}

/** Number and date, put on after the leader's signature. */
export function numbered(bytes: Uint8Array, letter: SetLetter, number: string, date: DateParts): Uint8Array {
  const added = prepareNumberFields(
    bytesSource(bytes),
    {
      page: 0,
      number: [{ ...letter.number, text: number }],
      date: [
        { ...letter.day, text: date.day },
        { ...letter.month, text: date.month },
      ],
    },
    resources,
  );
  return Buffer.concat([bytes, added]);
}

/** The agency's signature with its seal, over the left third of the leader's. */
export function sealed(
  bytes: Uint8Array,
  texts: readonly [string, string],
  time: Date,
  signer: Signer,
): Promise<Uint8Array> {
  return signed(bytes, { role: 'seal', image: sealPicture(texts) }, time, signer);
}

/** The agency's signature in the corner of a file that goes with a document. */
export function cornerSigned(
  bytes: Uint8Array,
  documentNumber: string,
  time: Date,
  signer: Signer,
): Promise<Uint8Array> {
  return signed(bytes, { role: 'attachment', documentNumber }, time, signer);
}
