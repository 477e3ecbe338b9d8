// The standard security handler of a file (ISO 32000-2, 7.6): which strings and streams it encrypts, with which method, and
// both directions. It asks nobody for a password and decides nothing about what may be done with a document.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Failure } from '../../preload/contract/failure';
import { fileKey, type UnlockedKey } from './file-key';
import { passwordBytes } from './password';
import { rc4 } from './rc4';
import { entryOf, isArray, isCount, isDict, isName, isString, type PdfDict, type PdfValue } from './values';

type Method = 'none' | 'rc4' | 'aes';
type Resolve = (value: PdfValue | undefined) => PdfValue;

/** Which object something belongs to: the keys of V 1 to 4 depend on it. */
export interface ObjectName {
  readonly number: number;
  readonly generation: number;
}

function unsupported(detail: string): Failure {
  return new Failure('pdf-encryption-unsupported', detail);
}

function bytesIn(dict: PdfDict, key: string, resolve: Resolve): Uint8Array {
  const value = resolve(entryOf(dict, key));
  return isString(value) ? value.bytes : new Uint8Array(0);
}

/** Permission bits 4, 6 and 9 (table 22): changing, annotating and filling, filling. Any of them lets a signature in. */
const PERMITTING = 0b1_0010_1000;

interface Methods {
  readonly streams: Method;
  readonly strings: Method;
  readonly files: Method;
  readonly named: ReadonlyMap<string, Method>;
}

function methodOf(filter: PdfDict, version: number, resolve: Resolve): Method {
  const method = resolve(entryOf(filter, 'CFM'));
  if (isName(method, 'V2') && version === 4) return 'rc4';
  if (isName(method, 'AESV2') && version === 4) return 'aes';
  if (isName(method, 'AESV3') && version === 5) return 'aes';
  throw unsupported(`crypt filter method ${isName(method) ? method.name : 'None'}`);
}

function methodsOf(dict: PdfDict, version: number, resolve: Resolve): Methods {
  if (version < 4) return { streams: 'rc4', strings: 'rc4', files: 'rc4', named: new Map() };
  const filters = resolve(entryOf(dict, 'CF'));
  const named = new Map<string, Method>();
  const use = (key: string, fallback: Method): Method => {
    const name = resolve(entryOf(dict, key));
    if (!isName(name)) return fallback;
    if (name.name === 'Identity') return 'none';
    const filter = isDict(filters) ? resolve(entryOf(filters, name.name)) : null;
    if (!isDict(filter)) throw unsupported(`no crypt filter ${name.name}`);
    return methodOf(filter, version, resolve);
  };
  const streams = use('StmF', 'none');
  const strings = use('StrF', 'none');
  const files = use('EFF', streams);
  for (const [name] of isDict(filters) ? filters.entries : []) {
    const filter = isDict(filters) ? resolve(entryOf(filters, name)) : null;
    // A filter that nothing uses may be of any kind.
    const method = isDict(filter) ? resolve(entryOf(filter, 'CFM')) : null;
    if (isDict(filter) && isName(method) && ['V2', 'AESV2', 'AESV3'].includes(method.name)) {
      named.set(name, methodOf(filter, version, resolve));
    }
  }
  return { streams, strings, files, named };
}

/** Key lengths in bytes that V and /Length may mean; writers put bits and bytes there. */
function lengthsOf(dict: PdfDict, version: number, resolve: Resolve): number[] {
  const written = resolve(entryOf(dict, 'Length'));
  const length = isCount(written) ? (written < 40 ? written : written / 8) : 5;
  const usual = version === 1 ? 5 : version === 4 ? 16 : length;
  return [...new Set([usual, length])].filter((one) => Number.isInteger(one) && one >= 5 && one <= 16);
}

/** One encrypted file, unlocked. */
export class Encryption {
  private constructor(
    private readonly key: Uint8Array | undefined,
    private readonly version: number,
    private readonly methods: Methods,
    private readonly encryptsMetadata: boolean,
    /** First part of /ID as the key needs it; an update must keep it. */
    readonly id: Uint8Array,
    /** The permissions for who has not the owner's password let nothing be filled in or changed. */
    readonly restricted: boolean,
  ) {}

  /**
   * Unlocks with `password`, else with the empty one. Throws Failure `pdf-password-needed` without a password,
   * `pdf-password-wrong` with one, `pdf-encryption-unsupported` for other handlers and methods, `pdf-encryption-damaged`.
   */
  static unlock(dict: PdfDict, id: Uint8Array, password: string | undefined, resolve: Resolve): Encryption {
    const handler = resolve(entryOf(dict, 'Filter'));
    if (!isName(handler, 'Standard')) throw unsupported(`handler ${isName(handler) ? handler.name : ''}`);
    const version = resolve(entryOf(dict, 'V'));
    const revision = resolve(entryOf(dict, 'R'));
    const permissions = resolve(entryOf(dict, 'P'));
    const known =
      typeof revision === 'number' &&
      (((version === 1 || version === 2) && (revision === 2 || revision === 3)) ||
        (version === 4 && revision === 4) ||
        (version === 5 && (revision === 5 || revision === 6)));
    if (!known || typeof version !== 'number') throw unsupported(`V ${version} R ${revision}`);
    if (typeof permissions !== 'number') throw new Failure('pdf-encryption-damaged', '/P');
    const methods = methodsOf(dict, version, resolve);
    const encryptsMetadata = version < 4 || resolve(entryOf(dict, 'EncryptMetadata')) !== false;
    const facts = {
      revision,
      owner: bytesIn(dict, 'O', resolve),
      user: bytesIn(dict, 'U', resolve),
      ownerKey: bytesIn(dict, 'OE', resolve),
      userKey: bytesIn(dict, 'UE', resolve),
      permissions,
      encryptsMetadata,
      id,
    };
    const least = revision >= 5 ? 48 : 32;
    if (facts.owner.length < least || facts.user.length < least)
      throw new Failure('pdf-encryption-damaged', '/O or /U');
    if (revision >= 5 && (facts.ownerKey.length < 32 || facts.userKey.length < 32))
      throw new Failure('pdf-encryption-damaged', '/OE or /UE');
    const lengths = lengthsOf(dict, version, resolve);
    let unlocked: UnlockedKey | undefined;
    for (const text of password === undefined ? [''] : [password, '']) {
      for (const bytes of passwordBytes(text, revision)) unlocked ??= fileKey(facts, bytes, lengths);
    }
    const key = unlocked?.key;
    const restricted = (permissions & PERMITTING) === 0 && unlocked?.isOwner !== true;
    const open = methods.streams === 'none' && methods.strings === 'none';
    if (key === undefined && !open)
      throw new Failure(password === undefined ? 'pdf-password-needed' : 'pdf-password-wrong');
    if (key !== undefined && revision >= 5) checkPermissions(key, bytesIn(dict, 'Perms', resolve));
    return new Encryption(key, version, methods, encryptsMetadata, id, restricted);
  }

  /** What a string of an object says; a string that cannot be an encrypted one reads as it stands. */
  openString(of: ObjectName, bytes: Uint8Array): Uint8Array {
    const method = this.methods.strings;
    if (method === 'aes' && (bytes.length < 32 || bytes.length % 16 !== 0)) return bytes;
    return method === 'none' ? bytes : this.decrypted(method, of, bytes);
  }

  sealString(of: ObjectName, bytes: Uint8Array): Uint8Array {
    return this.encrypted(this.methods.strings, of, bytes);
  }

  /** The data of a stream before its filters are undone. Throws Failure `pdf-encryption-unsupported`. */
  openStream(of: ObjectName, dict: PdfDict, data: Uint8Array, resolve: Resolve): Uint8Array {
    const method = this.streamMethod(dict, resolve);
    return method === 'none' ? data : this.decrypted(method, of, data);
  }

  /** The data of a new stream that is no metadata and has no filter of its own for this. */
  sealStream(of: ObjectName, data: Uint8Array): Uint8Array {
    return this.encrypted(this.methods.streams, of, data);
  }

  private streamMethod(dict: PdfDict, resolve: Resolve): Method {
    const type = resolve(entryOf(dict, 'Type'));
    // 7.5.8.2: a cross-reference stream is never encrypted.
    if (isName(type, 'XRef')) return 'none';
    const filter = resolve(entryOf(dict, 'Filter'));
    const [first, parameters] = isArray(filter)
      ? [resolve(filter.items[0]), resolve(entryOf(dict, 'DecodeParms'))]
      : [filter, resolve(entryOf(dict, 'DecodeParms'))];
    if (isName(first, 'Crypt')) {
      const own = isArray(parameters) ? resolve(parameters.items[0]) : parameters;
      const name = isDict(own) ? resolve(entryOf(own, 'Name')) : null;
      if (!isName(name) || name.name === 'Identity') return 'none';
      const method = this.methods.named.get(name.name);
      if (method === undefined) throw unsupported(`crypt filter ${name.name}`);
      return method;
    }
    if (isName(type, 'Metadata') && !this.encryptsMetadata) return 'none';
    return isName(type, 'EmbeddedFile') ? this.methods.files : this.methods.streams;
  }

  /** Algorithm 1 and 1.A. */
  private keyOf(method: Method, { number, generation }: ObjectName): Uint8Array {
    // Only files inside may be encrypted in a document that opens without a password.
    if (this.key === undefined) throw new Failure('pdf-password-needed');
    if (this.version === 5) return this.key;
    const hash = createHash('md5').update(this.key);
    hash.update(Uint8Array.of(number, number >> 8, number >> 16, generation, generation >> 8));
    if (method === 'aes') hash.update('sAlT');
    return hash.digest().subarray(0, method === 'aes' ? 16 : Math.min(16, this.key.length + 5));
  }

  private decrypted(method: Method, of: ObjectName, data: Uint8Array): Uint8Array {
    const key = this.keyOf(method, of);
    if (method === 'rc4') return rc4(key, data);
    const length = Math.floor((data.length - 16) / 16) * 16;
    if (length <= 0) return new Uint8Array(0);
    const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, data.subarray(0, 16));
    decipher.setAutoPadding(false);
    const plain = Buffer.concat([decipher.update(data.subarray(16, 16 + length)), decipher.final()]);
    const pad = plain.at(-1) ?? 0;
    // Some writers forget the padding; what is no padding then is data.
    const isPadded = pad >= 1 && pad <= 16 && plain.subarray(-pad).every((byte) => byte === pad);
    return isPadded ? plain.subarray(0, -pad) : plain;
  }

  private encrypted(method: Method, of: ObjectName, data: Uint8Array): Uint8Array {
    if (method === 'none') return data;
    const key = this.keyOf(method, of);
    if (method === 'rc4') return rc4(key, data);
    const start = randomBytes(16);
    const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, start);
    return Buffer.concat([start, cipher.update(data), cipher.final()]);
  }
}

/** Algorithm 13: the key must open /Perms, or what is written with it could be read by nobody. */
function checkPermissions(key: Uint8Array, sealed: Uint8Array): void {
  if (sealed.length < 16) throw new Failure('pdf-encryption-damaged', '/Perms');
  const decipher = createDecipheriv('aes-256-ecb', key, null);
  decipher.setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, 16)), decipher.final()]);
  if (plain.toString('latin1', 9, 12) !== 'adb') throw new Failure('pdf-encryption-damaged', '/Perms');
}
