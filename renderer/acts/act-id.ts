// Identifiers that follow from what they name, so that the same thing done again, even after a lost database, is the same
// thing: an act on a document, the document of a package, an outbox row. Pure but for the digest.
import { type ActId, actId, type DeskId, deskId, type HubDocId } from '../../preload/contract/ids';

/** UUID version 8 (RFC 9562 5.8) from the SHA-256 of the parts; parts are joined so that they cannot run into one another. */
async function derivedUuid(parts: readonly string[]): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(['van-thu', ...parts]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text)).slice(0, 16);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The id of one step of one document; `turn` tells apart what may rightly happen more than once. */
export async function actOf(document: DeskId, step: string, turn = ''): Promise<ActId> {
  return actId.parse(await derivedUuid(['act', document, step, turn]));
}

/**
 * Under which name the bytes of an act are kept by main, a frozen package or a page with its number: with what they say, since main
 * gives the same bytes again for the same name. What was made, never saved and then said otherwise is made anew; the act, and its
 * row of the outbox, stay one.
 */
export async function packingOf(act: ActId, says: unknown): Promise<ActId> {
  return actId.parse(await derivedUuid(['packing', act, JSON.stringify(says)]));
}

/** The id of the document row of a package. */
export async function documentOf(docId: HubDocId): Promise<DeskId> {
  return deskId.parse(await derivedUuid(['package', docId]));
}
