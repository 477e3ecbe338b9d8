// The certificates on the devices that are there: a card of each for a role, and the one that was chosen. It signs nothing.

import { Failure } from '../../preload/contract/failure';
import { asInstant, asSha256 } from '../../preload/contract/ids';
import type { Standing } from '../../preload/contract/levels';
import { withoutPersonalNumbers } from '../../preload/contract/personal-number';
import type { SignerCard, SigningRole } from '../../preload/contract/signing-request';
import { type ChosenCertificate, certificatesOf } from '../token/client';
import { SeenCertificates } from './seen-certificates';
import type { SigningParts } from './signing-parts';
import { checkedCertificate, roleRefusal } from './signing-rules';

function cardOf(chosen: ChosenCertificate, role: SigningRole, parts: SigningParts): SignerCard {
  const { certificate, token } = chosen;
  const reason =
    certificate.reason ?? roleRefusal(role, certificate.subject, parts.agencyName, parts.profile);
  return {
    fingerprint: asSha256(certificate.fingerprint),
    holder: withoutPersonalNumbers(certificate.subject),
    issuer: withoutPersonalNumbers(certificate.issuer),
    tokenLabel: token.label,
    validTo: asInstant(new Date(certificate.notAfter)),
    keyType: certificate.keyType,
    usable: reason === null && token.pin !== 'locked',
    reason: reason ?? (token.pin === 'locked' ? 'token-pin-locked' : null),
    pinState: token.pin,
  };
}

/** The cards for a role, the usable ones first. */
function cardsOf(found: readonly ChosenCertificate[], role: SigningRole, parts: SigningParts): SignerCard[] {
  // An authority's certificate that a vendor keeps on the token is nobody's to sign with: it would only be noise.
  return found
    .filter((one) => !one.certificate.authority)
    .map((one) => cardOf(one, role, parts))
    .sort((a, b) => Number(b.usable) - Number(a.usable));
}

/** Hears what a look at the devices showed, whoever looked. */
export type LookListener = (cardsFor: (role: SigningRole) => SignerCard[]) => void;

/** Looks at the devices for the signing service. */
export function createSigners(parts: SigningParts) {
  /** What the last look at the tokens showed; a look costs a driver call, so it is shared for two seconds. */
  let looked: { readonly at: number; readonly found: Promise<readonly ChosenCertificate[]> } | null = null;

  const seen = new SeenCertificates();

  const listeners = new Set<LookListener>();

  async function lookAtTokens(): Promise<readonly ChosenCertificate[]> {
    const reports = await parts.tokens.list([...parts.drivers()]);
    seen.note(reports);
    const found = certificatesOf(reports);
    for (const listener of listeners) listener((role) => cardsOf(found, role, parts));
    return found;
  }

  function certificates(): Promise<readonly ChosenCertificate[]> {
    const now = parts.now().getTime();
    if (looked === null || now - looked.at > 2000) looked = { at: now, found: lookAtTokens() };
    return looked.found;
  }

  return {
    /**
     * The certificate with this fingerprint, looked for anew. Failures: its own reason, else that of its driver or
     * token, else `signing-signer-absent`.
     */
    async choose(fingerprint: string): Promise<ChosenCertificate> {
      looked = null;
      const found = (await certificates()).find((one) => one.certificate.fingerprint === fingerprint);
      if (found === undefined) {
        const { code, detail } = seen.whyAbsent(fingerprint);
        throw new Failure(code, detail);
      }
      if (found.certificate.reason !== null) throw new Failure(found.certificate.reason);
      return found;
    },

    /** Whose certificate it is, as written there. */
    async holder(fingerprint: string): Promise<string> {
      const found = (await certificates()).find((one) => one.certificate.fingerprint === fingerprint);
      if (found === undefined) throw new Failure('signing-signer-absent');
      return found.certificate.subject;
    },

    /** How one of them stands now; null where nobody looks. */
    async standing(fingerprint: string): Promise<Standing | null> {
      const found = (await certificates()).find((one) => one.certificate.fingerprint === fingerprint);
      if (found === undefined) throw new Failure('signing-signer-absent');
      return (await parts.before?.look(checkedCertificate(found))) ?? null;
    },

    /** Certificates of every token, each with whether and why it may do this role; the usable ones first. */
    cards: async (role: SigningRole): Promise<SignerCard[]> => cardsOf(await certificates(), role, parts),

    /** Tells every look from now on; returns how to take the listener back. */
    onLook(listener: LookListener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export type Signers = ReturnType<typeof createSigners>;
