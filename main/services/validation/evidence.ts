// What is kept of the check before a signature (TT 15/2025 Art. 5.4): the signer's certificate, its path, the lists and answers
// that spoke of it, and what came of it, as one readable file. It checks nothing.
import { z } from 'zod';
import { sentences } from '../../../preload/contract/codes';
import { standing } from '../../../preload/contract/levels';
import type { KnownStanding } from './standing';

export const evidenceName = 'bang-chung-kiem-tra-chung-thu-so.json';

export const evidence = z.object({
  kind: z.literal('van-thu-certificate-check'),
  version: z.literal(1),
  /** Common name of the signer. */
  signer: z.string(),
  issuer: z.string(),
  result: standing,
  /** The same in words, for people who read the file by itself. */
  words: z.array(z.string()),
  /** PEM, the signer first. */
  certificates: z.array(z.string()),
  crls: z.array(z.string()),
  /** DER in base64: OCSP has no PEM. */
  ocspResponses: z.array(z.string()),
});
export type Evidence = z.infer<typeof evidence>;

const base64 = (der: Uint8Array): string =>
  Buffer.from(der.buffer, der.byteOffset, der.length).toString('base64');

function pem(label: string, der: Uint8Array): string {
  const lines = base64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** The file of one check. `certificate` is the signer's own, also where no path was found. */
export function evidenceFile(
  known: KnownStanding,
  signer: { readonly certificate: Uint8Array; readonly holder: string; readonly issuer: string },
): Uint8Array {
  const { found, standing: result } = known;
  const path = found.path.length === 0 ? [signer.certificate] : found.path;
  const file: Evidence = {
    kind: 'van-thu-certificate-check',
    version: 1,
    signer: signer.holder,
    issuer: signer.issuer,
    result,
    words: result.codes.map((code) => sentences[code].vi),
    certificates: path.map((der) => pem('CERTIFICATE', der)),
    crls: found.crls.map((der) => pem('X509 CRL', der)),
    ocspResponses: found.ocspResponses.map(base64),
  };
  return Buffer.from(`${JSON.stringify(file, null, 2)}\n`, 'utf8');
}
