// Which certificate may do which role, and which signature of a document counts as whose. Pure.

import type { Code } from '../../preload/contract/codes';
import type { Sha256 } from '../../preload/contract/ids';
import type { OutgoingDocument } from '../../preload/contract/records';
import type { SigningRole } from '../../preload/contract/signing-request';
import type { FileVerdict } from '../../preload/contract/verdict';
import { type EarlierSignature, roleOfField, type Signer } from '../signing';
import type { ChosenCertificate, TokenSession } from '../token/client';
import type { Chosen } from './validation/before-signing';

/** How agencies are shortened in names; certificates mostly carry the long form. */
const shortForms: readonly (readonly [RegExp, string])[] = [
  [/\bubnd\b/g, 'ủy ban nhân dân'],
  [/\bhđnd\b/g, 'hội đồng nhân dân'],
  [/\bvp\b/g, 'văn phòng'],
  [/\btp\.?\s/g, 'thành phố '],
  [/uỷ/g, 'ủy'],
];

function plain(name: string): string {
  const lower = name.normalize('NFC').toLocaleLowerCase('vi');
  return shortForms
    .reduce((text, [short, long]) => text.replace(short, long), lower)
    .replace(/\s+/g, ' ')
    .trim();
}

/** True when a certificate's holder is the agency itself. */
export function isAgency(holder: string, agencyName: string): boolean {
  return plain(holder) === plain(agencyName);
}

/** Why this holder cannot do this role here, or null (NĐ 30/2020, điều 32, 33). */
export function roleRefusal(
  role: SigningRole,
  holder: string,
  agencyName: string,
  profile: 'clerk' | 'leader',
): Code | null {
  const agency = isAgency(holder, agencyName);
  switch (role) {
    case 'leader':
      if (profile !== 'leader') return 'signing-not-leader-profile';
      return agency ? 'signing-agency-certificate' : null;
    case 'seal':
    case 'attachment':
    case 'copy':
    case 'number':
      if (profile !== 'clerk') return 'signing-not-clerk-profile';
      return agency ? null : 'signing-person-certificate';
  }
}

/** The earlier signatures for the gate of law: the agency's own count as seal, all others as leader's. */
export function earlierOf(verdict: FileVerdict, agencyName: string): EarlierSignature[] {
  return verdict.signatures
    .filter((one) => one.kind === 'signature')
    .map((one) => ({
      field: one.field,
      integrity: one.integrity,
      permitted: one.permitted,
      revocation: one.revocation,
      chain: one.chain,
      role: roleOfField(one.field) ?? (isAgency(one.signer, agencyName) ? 'seal' : 'leader'),
    }));
}

/** True when a signature that held says less after a change: broken, forbidden, or gone. */
export function losesSignature(before: FileVerdict, after: FileVerdict): boolean {
  return before.signatures.some((one) => {
    const now = after.signatures.find((other) => other.field === one.field);
    if (now === undefined) return true;
    const broke = one.integrity === 'intact' && now.integrity !== 'intact';
    return broke || (one.permitted && !now.permitted);
  });
}

/** A token session as a signer of PDF. */
export function pdfSigner(session: TokenSession): Signer {
  const { algorithm, certificate, chain } = session;
  return { certificate, chain: [...chain], algorithm, sign: (attributes) => session.sign(attributes) };
}

/** True when these bytes are the document's newest PDF or one of its annexes, as main saved it. */
export function isFileOf(document: OutgoingDocument, input: Sha256): boolean {
  return document.main?.sha256 === input || document.annexes.some((one) => one.sha256 === input);
}

/** A certificate on a device with the authorities that the device carries, as it is looked at before its PIN. */
export function checkedCertificate({ certificate, token }: ChosenCertificate): Chosen {
  return {
    certificate: certificate.der,
    chain: token.certificates.filter((one) => one.authority).map((one) => one.der),
    holder: certificate.subject.replace(/\d{6,}/g, '***'),
    issuer: certificate.issuer,
  };
}
