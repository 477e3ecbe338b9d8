// Lists what a driver shows without a login: tokens, their PIN state, their certificates with the reason why one cannot sign.
// It never logs in and never signs.
import { isFailure } from '../../preload/contract/failure';
import { type CertificateFacts, type KeyEvidence, readCertificate, reasonAgainst } from './certificate';
import { codeOfCkr, type TokenCode } from './ckr';
import { type Cryptoki, ck, closeQuietly, type Handle, type TokenInfo } from './cryptoki';
import type { InsertionCache } from './insertion-cache';
import { hasPinPad, pinStateOf } from './pin-state';
import type { CertificateCard, ModuleCard, TokenCard } from './protocol';
import { type Pause, patiently } from './reader-busy';

export interface FoundCertificate {
  readonly facts: CertificateFacts;
  readonly id: Buffer;
  readonly label: string;
}

interface FoundOnToken {
  readonly readable: readonly FoundCertificate[];
  readonly unreadable: readonly { readonly der: Buffer; readonly id: Buffer; readonly label: string }[];
}

/** What a token showed without a login: certificates, and the identifiers of the private keys it does not hide. */
export interface ShownOnToken extends FoundOnToken {
  readonly keys: readonly string[] | undefined;
}

/** How a driver is looked at: when, with what is known of its tokens, and with what patience. */
export interface Look {
  readonly now: number;
  readonly cache: InsertionCache<ShownOnToken>;
  readonly pause?: Pause;
}

function certificateObjects(module: Cryptoki, session: Handle): Handle[] {
  return module.find(session, [{ type: ck.attribute.class, value: ck.objectCertificate }]);
}

/** Certificates on the token that can be read, and the bytes of those that cannot; each certificate once. */
export function certificatesOn(
  module: Cryptoki,
  session: Handle,
  objects: readonly Handle[] = certificateObjects(module, session),
): FoundOnToken {
  const readable: FoundCertificate[] = [];
  const unreadable: { der: Buffer; id: Buffer; label: string }[] = [];
  for (const object of objects) {
    const der = module.attribute(session, object, ck.attribute.value);
    if (der === undefined || der.length === 0) continue;
    const id = module.attribute(session, object, ck.attribute.id) ?? Buffer.alloc(0);
    const label = (module.attribute(session, object, ck.attribute.label) ?? Buffer.alloc(0)).toString('utf8');
    try {
      const facts = readCertificate(der);
      if (!readable.some((one) => one.facts.fingerprint === facts.fingerprint)) {
        readable.push({ facts, id, label });
      }
    } catch {
      // A certificate that cannot be read is listed with that reason: it must not hide the others.
      unreadable.push({ der, id, label });
    }
  }
  return { readable, unreadable };
}

/** Identifiers of the private keys visible before a login; undefined when the token hides them all. */
function visibleKeys(module: Cryptoki, session: Handle): string[] | undefined {
  const keys = module.find(session, [{ type: ck.attribute.class, value: ck.objectPrivateKey }]);
  if (keys.length === 0) return undefined;
  return keys.map((key) =>
    (module.attribute(session, key, ck.attribute.id) ?? Buffer.alloc(0)).toString('hex'),
  );
}

function keyType(facts: CertificateFacts): string {
  if (facts.key.kind === 'rsa') return `RSA-${facts.key.bits}`;
  return facts.key.kind === 'ec' ? facts.key.curve : facts.key.oid;
}

/** The card of a certificate. `keys` are the identifiers of the visible private keys. */
export function certificateCardOf(
  found: FoundCertificate,
  keys: readonly string[] | undefined,
  now: number,
): CertificateCard {
  const { facts } = found;
  const id = found.id.toString('hex');
  const evidence: KeyEvidence = keys === undefined ? 'hidden' : keys.includes(id) ? 'present' : 'absent';
  return {
    fingerprint: facts.fingerprint,
    der: facts.der,
    id,
    label: found.label,
    subject: facts.subjectName,
    organization: facts.subjectOrganization,
    issuer: facts.issuerName,
    serial: facts.serial,
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    keyType: keyType(facts),
    authority: facts.authority,
    reason: reasonAgainst(facts, evidence, now) ?? null,
  };
}

function unreadableCard(one: { der: Buffer; id: Buffer; label: string }): CertificateCard {
  return {
    fingerprint: '0'.repeat(64),
    der: one.der.subarray(0, 64 * 1024),
    id: one.id.toString('hex'),
    label: one.label,
    subject: one.label,
    organization: '',
    issuer: '',
    serial: '',
    notBefore: 0,
    notAfter: 0,
    keyType: '',
    authority: false,
    reason: 'token-certificate-unreadable',
  };
}

function certificateCards(
  module: Cryptoki,
  slot: Handle,
  info: TokenInfo,
  { now, cache }: Look,
): CertificateCard[] {
  const session = module.openSession(slot);
  try {
    const objects = certificateObjects(module, session);
    const { readable, unreadable, keys } = cache.value(module, slot, info, objects.length, now, () => ({
      ...certificatesOn(module, session, objects),
      keys: visibleKeys(module, session),
    }));
    return [...readable.map((one) => certificateCardOf(one, keys, now)), ...unreadable.map(unreadableCard)];
  } finally {
    closeQuietly(module, session);
  }
}

function emptyCard(module: Cryptoki, info: TokenInfo | undefined, code: TokenCode | null): TokenCard {
  return {
    module: module.path,
    label: info?.label ?? '',
    serial: info?.serial ?? '',
    manufacturer: info?.manufacturer ?? '',
    model: info?.model ?? '',
    pin: info === undefined ? 'none' : pinStateOf(info.flags).kind,
    pinPad: info !== undefined && hasPinPad(info.flags),
    minPin: info?.minPin ?? 0,
    maxPin: info?.maxPin ?? 0,
    mechanisms: [],
    certificates: [],
    code,
  };
}

function tokenCodeOf(error: unknown): TokenCode {
  const code = isFailure(error) ? error.code : undefined;
  return code?.startsWith('token-') === true ? (code as TokenCode) : codeOfCkr(0x5);
}

/** The card of a token; a token that fails midway keeps what was read and says why. */
async function tokenCardOf(module: Cryptoki, slot: Handle, look: Look): Promise<TokenCard> {
  let info: TokenInfo | undefined;
  const read = (): TokenCard => {
    info = module.tokenInfo(slot);
    const card = emptyCard(module, info, null);
    if (card.pin === 'not-initialized') return { ...card, code: 'token-not-initialized' };
    const mechanisms = module.mechanisms(slot);
    return { ...card, mechanisms, certificates: certificateCards(module, slot, info, look) };
  };
  try {
    return await patiently(read, look.pause);
  } catch (error) {
    look.cache.forget(module, slot);
    return emptyCard(module, info, tokenCodeOf(error));
  }
}

/** The card of a driver with every token in its slots. */
export async function inspect(module: Cryptoki, look: Look): Promise<ModuleCard> {
  const { description, manufacturer, version } = module.info();
  const slots = await patiently(() => module.slots(), look.pause);
  look.cache.keepOnly(module, slots);
  const tokens: TokenCard[] = [];
  for (const slot of slots) tokens.push(await tokenCardOf(module, slot, look));
  return {
    path: module.path,
    description,
    manufacturer,
    version,
    // A free slot of a software token is nothing to show a clerk.
    tokens: tokens.filter((token) => token.code !== 'token-not-initialized' || token.label !== ''),
  };
}
