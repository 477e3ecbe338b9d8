// The description of a release as it is signed: its shape, and reading it from the very bytes that the signature covers.
// It believes nothing that no trusted key has signed, and asks nobody.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { Failure } from '../../preload/contract/failure';

/** Three numbers and nothing else: there is one order of versions, and no room for names. */
export const versionPattern = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/;
const version = z.string().regex(versionPattern);
/** A name in the folder of the feed: no path, no hidden file, nothing a shell or an address would read. */
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/);
const time = z.iso.datetime();

export const packageKind = z.enum(['AppImage', 'deb', 'rpm', 'nsis', 'mac-zip']);
export type PackageKind = z.output<typeof packageKind>;

export const releaseFile = z.strictObject({
  kind: packageKind,
  name: fileName,
  size: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31),
  /** Base64 of 64 bytes. */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  /** Length of the block map at the end of an AppImage, for a download of what changed. */
  blockMapSize: z.number().int().min(1).optional(),
});
export type ReleaseFile = z.output<typeof releaseFile>;

export const releaseSchema = z.strictObject({
  format: z.literal(1),
  product: z.literal('van-thu'),
  platform: z.enum(['linux-x64', 'win32-x64', 'darwin-x64', 'darwin-arm64']),
  ring: z.enum(['pilot', 'general']),
  /** Grows with every publication, also one of an older version: what was published before can never come again. */
  serial: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  version,
  published: time,
  expires: time,
  /** Part of the machines that is offered it, in percent. */
  staged: z.number().int().min(0).max(100),
  /** The versions that may go back to this one; empty for a release that only goes forward. */
  rollbackFrom: z.array(version).max(50),
  /** Set for a security release: until when it should be in. */
  deadline: time.nullable(),
  notes: z.string().max(4000),
  files: z.array(releaseFile).min(1).max(20),
});
export type Release = z.output<typeof releaseSchema>;

const signatureSchema = z.strictObject({
  format: z.literal(1),
  /** Each is base64 of an Ed25519 signature over the bytes of the description. */
  signatures: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[0-9a-f]{16}$/),
        value: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
      }),
    )
    .min(1)
    .max(8),
});

export const mostReleaseBytes = 64 * 1024;

/** A public key with its short name: the first eight bytes of the SHA-256 of its SPKI, in hexadecimal. */
export interface UpdateKey {
  readonly id: string;
  readonly spki: Uint8Array;
}

const keysSchema = z.strictObject({
  format: z.literal(1),
  keys: z.array(z.strictObject({ publicKey: z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/) })).max(4),
});

export function keyId(spki: Uint8Array): string {
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}

/** The trusted keys out of the shipped file; throws on anything else. */
export function readUpdateKeys(text: string): readonly UpdateKey[] {
  return keysSchema.parse(JSON.parse(text)).keys.map(({ publicKey }) => {
    const spki = Buffer.from(publicKey, 'base64');
    return { id: keyId(spki), spki };
  });
}

function parsed<S extends z.ZodType>(schema: S, bytes: Uint8Array): z.output<S> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const result = schema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    // Neither text nor JSON: the same as a wrong shape.
    return null;
  }
}

/**
 * The release that these bytes describe. The signature is looked at first: unsigned bytes are never parsed.
 * @param bytes exactly as they came
 * @param signature the file beside it, null when there is none
 * @throws Failure `update-signature-missing`, `update-signature-invalid`, `update-metadata-broken`
 */
export function openRelease(
  bytes: Uint8Array,
  signature: Uint8Array | null,
  keys: readonly UpdateKey[],
): { readonly release: Release; readonly digest: string } {
  if (signature === null || signature.length === 0) throw new Failure('update-signature-missing');
  const given = parsed(signatureSchema, signature);
  if (given === null)
    throw new Failure('update-signature-invalid', 'the signature file is no signature file');
  const good = given.signatures.some(({ key, value }) => {
    const trusted = keys.find((one) => one.id === key);
    if (trusted === undefined) return false;
    const publicKey = createPublicKey({ key: Buffer.from(trusted.spki), format: 'der', type: 'spki' });
    return (
      publicKey.asymmetricKeyType === 'ed25519' &&
      verify(null, bytes, publicKey, Buffer.from(value, 'base64'))
    );
  });
  if (!good)
    throw new Failure('update-signature-invalid', `keys ${given.signatures.map((one) => one.key).join()}`);
  if (bytes.length > mostReleaseBytes) throw new Failure('update-metadata-broken', 'too large');
  const release = parsed(releaseSchema, bytes);
  if (release === null) throw new Failure('update-metadata-broken', 'signed, but not of a known shape');
  return { release, digest: createHash('sha256').update(bytes).digest('hex') };
}

/** Below 0 when `left` is the older version. Both as `versionPattern` has them. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((one) => one.split('.').map(Number));
  for (let at = 0; at < 3; at += 1) {
    const step = (a?.[at] ?? 0) - (b?.[at] ?? 0);
    if (step !== 0) return step;
  }
  return 0;
}
