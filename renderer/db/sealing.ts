// Seals and opens what a record says, and makes blind marks for looking rows up by equality. It never writes anything.
// Awaiting WebCrypto inside a Dexie transaction commits the transaction early, so all of this happens before or after one.
import type { Code } from '../../preload/contract/codes';
import { Failure } from '../../preload/contract/failure';

/** Format of what is inside a sealed value; a higher one comes from a newer program. */
export const sealVersion = 1;

export interface Sealed {
  readonly v: number;
  /** 96 random bits. */
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** AES-256-GCM of the UTF-8 JSON, tag included. */
  readonly bytes: ArrayBuffer;
}

/** What opening a stored value ended in: damage is a state of its own, never an empty value. */
export type Opened<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: Extract<Code, 'record-damaged' | 'record-from-the-future'> };

export interface Sealer {
  /** `table|id|version` is authenticated, so a row cannot be moved to another id or table. */
  seal(table: string, id: string, value: unknown): Promise<Sealed>;
  open(table: string, id: string, sealed: Sealed): Promise<Opened<unknown>>;
  /** HMAC-SHA256 in hex: equal texts have equal marks, and nobody without the key can test a guess. */
  blind(label: string, text: string): Promise<string>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

function associated(table: string, id: string, version: number): Uint8Array<ArrayBuffer> {
  return encoder.encode(`${table}|${id}|${version}`);
}

/**
 * The key for blind marks, drawn from the record key, which is not extractable: the AES-GCM answer to one constant under
 * one reserved nonce. The nonce serves this one plaintext only, so nothing else is ever encrypted with that key stream
 * (a random nonce meets it with a chance of 2^-96).
 */
async function blindKey(recordKey: CryptoKey): Promise<CryptoKey> {
  const reserved = new Uint8Array(12).fill(0xff);
  const raw = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: reserved, additionalData: encoder.encode('van-thu|blind|1') },
    recordKey,
    new Uint8Array(32),
  );
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

/** A document that comes in is looked for by its marks and then sealed with the same ones. */
const marksKept = 512;

export function createSealer(recordKey: CryptoKey): Sealer {
  let blinding: Promise<CryptoKey> | null = null;
  const marks = new Map<string, Promise<string>>();

  async function markOf(message: string): Promise<string> {
    blinding ??= blindKey(recordKey);
    const mac = await crypto.subtle.sign('HMAC', await blinding, encoder.encode(message));
    return Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  return {
    async seal(table, id, value) {
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      const bytes = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv: nonce, additionalData: associated(table, id, sealVersion) },
        recordKey,
        encoder.encode(JSON.stringify(value)),
      );
      return { v: sealVersion, nonce, bytes };
    },
    async open(table, id, sealed) {
      if (sealed.v > sealVersion) return { ok: false, code: 'record-from-the-future' };
      try {
        const plain = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv: sealed.nonce, additionalData: associated(table, id, sealed.v) },
          recordKey,
          sealed.bytes,
        );
        return { ok: true, value: JSON.parse(decoder.decode(plain)) };
      } catch {
        return { ok: false, code: 'record-damaged' };
      }
    },
    blind(label, text) {
      const message = `${label}\n${text}`;
      const known = marks.get(message);
      if (known !== undefined) return known;
      const mark = markOf(message);
      mark.catch(() => marks.delete(message));
      marks.set(message, mark);
      const [oldest] = marks.keys();
      if (marks.size > marksKept && oldest !== undefined) marks.delete(oldest);
      return mark;
    },
  };
}

/** The value of an opened record, or a Failure with the code of its damage. */
export function opened<T>(result: Opened<T>, what: string): T {
  if (!result.ok) throw new Failure(result.code, what);
  return result.value;
}
