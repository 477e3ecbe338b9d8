// Why a PDF cannot be shown: what went wrong while it was opened, as one of the words of i18n. It opens nothing.

/** Why a PDF cannot be shown, in words of i18n. */
export type OpenProblem =
  | 'viewer.encrypted'
  | 'viewer.encryption-unsupported'
  | 'viewer.broken'
  | 'viewer.unreadable';

/** Main did not answer with the asked bytes. */
export class BlobReadError extends Error {
  override readonly name = 'BlobReadError';
}

/** The file is encrypted, and nobody has given its password yet. */
export class NoPassword extends Error {
  override readonly name = 'PasswordException';
}

/** How pdf.js calls an encryption that no password opens: for certificates, or of a kind it does not know. */
const unknownEncryption = /encryption (method|algorithm)|crypto method|invalid key length/i;

/** What could not be read from main is unreadable; everything else pdf.js stumbled over is in the file itself. */
export function problemOf(error: unknown): OpenProblem {
  if (error instanceof BlobReadError || error instanceof TypeError) return 'viewer.unreadable';
  if (!(error instanceof Error)) return 'viewer.broken';
  if (error.name === 'PasswordException') return 'viewer.encrypted';
  return unknownEncryption.test(error.message) ? 'viewer.encryption-unsupported' : 'viewer.broken';
}
