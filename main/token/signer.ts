// A session of a token in the shape that signing takes. It adds nothing to what the session does.
import type { TokenSession } from './client';
import type { SignatureAlgorithm } from './protocol';

/** Structurally the Signer of main/signing, which this room does not know. */
export interface TokenSigner {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  readonly sign: (signedAttributes: Uint8Array) => Promise<Uint8Array>;
}

/** The signer of an opened session. Its `sign` needs a login first; ECDSA comes as DER. */
export function tokenSigner(session: TokenSession): TokenSigner {
  return {
    certificate: session.certificate,
    chain: session.chain,
    algorithm: session.algorithm,
    sign: (signedAttributes) => session.sign(signedAttributes),
  };
}
