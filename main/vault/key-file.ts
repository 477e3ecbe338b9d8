// The key file: the data key of the store, wrapped in one or more ways. It reads and writes the file; it unwraps nothing.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../preload/contract/failure';
import { diskFailure, isNotFound } from '../runtime/disk-failure';
import { writeDurably } from '../runtime/durable-file';

const bytes = z.base64().max(4000);

/** scrypt's cost, kept with the wrap so that it can grow; the bound keeps a forged file from eating all memory. */
export const scryptCost = z.strictObject({
  N: z
    .number()
    .int()
    .min(2)
    .max(2 ** 20),
  r: z.number().int().min(1).max(16),
  p: z.number().int().min(1).max(4),
});
export type ScryptCost = z.infer<typeof scryptCost>;

const byPassphrase = { salt: bytes, cost: scryptCost, sealed: bytes };

export const wrap = z.discriminatedUnion('way', [
  /** By the keyring of the operating system. */
  z.strictObject({ way: z.literal('keyring'), backend: z.string().max(60), sealed: bytes }),
  /** By a passphrase asked at start, where there is no keyring. */
  z.strictObject({ way: z.literal('passphrase'), ...byPassphrase }),
  /** By the organisation's RSA public key (OAEP, SHA-256); `fingerprint` is the SHA-256 of its SPKI. */
  z.strictObject({ way: z.literal('recovery-key'), fingerprint: z.string().max(64), sealed: bytes }),
  /** By a passphrase the clerk keeps on paper. */
  z.strictObject({ way: z.literal('recovery-passphrase'), ...byPassphrase }),
]);
export type Wrap = z.infer<typeof wrap>;

/** A way of a newer version: kept as it is. */
const unknownWrap = z.looseObject({ way: z.string().max(60) });

export const keyFile = z.strictObject({
  format: z.literal('van-thu-vault'),
  version: z.literal(1),
  id: z.uuid(),
  createdAt: z.string().max(40),
  /** HMAC of a fixed text under the data key: tells a wrong key from the right one before anything is read with it. */
  check: bytes,
  wraps: z
    .array(z.union([wrap, unknownWrap]))
    .min(1)
    .max(20),
});
export type KeyFile = z.infer<typeof keyFile>;

/** The wraps this version understands. */
export function knownWraps(file: KeyFile): readonly Wrap[] {
  return file.wraps.flatMap((one) => {
    const parsed = wrap.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}

export function keyFilePath(folder: string): string {
  return join(folder, 'vault.json');
}

/** The key file, or null when there is none. Throws Failure `vault-key-damaged`, `vault-from-the-future`, `disk-error`. */
export async function readKeyFile(folder: string): Promise<KeyFile | null> {
  let text: string;
  try {
    text = await readFile(keyFilePath(folder), 'utf8');
  } catch (error) {
    if (isNotFound(error)) return null;
    throw diskFailure(error);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Failure('vault-key-damaged', 'not JSON', { cause: error });
  }
  const newer = z
    .looseObject({ format: z.literal('van-thu-vault'), version: z.number().int().min(2) })
    .safeParse(json);
  if (newer.success) throw new Failure('vault-from-the-future', `version ${newer.data.version}`);
  const parsed = keyFile.safeParse(json);
  if (!parsed.success) throw new Failure('vault-key-damaged', z.prettifyError(parsed.error));
  return parsed.data;
}

/** Writes the key file whole or not at all. */
export async function writeKeyFile(folder: string, file: KeyFile): Promise<void> {
  await writeDurably(keyFilePath(folder), Buffer.from(`${JSON.stringify(file, null, 2)}\n`, 'utf8'));
}
