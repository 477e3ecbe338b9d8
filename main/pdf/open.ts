// Opens a PDF file: its chain of cross-reference sections, or where that is allowed a reading without it, and its encryption.
// It repairs nothing, and refuses what it does not understand.
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure, isFailure } from '../../preload/contract/failure';
import { Encryption } from './encryption';
import { PdfFile, PdfView } from './file';
import { ObjectReader, SharedReading } from './objects';
import { recoverChain } from './recover';
import { type Chain, type Revision, readChain, readHeader } from './sections';
import { entryOf, isArray, isDict, isRef, isString } from './values';

export interface OpenOptions {
  /** The user's or the owner's password; encrypted files are tried with the empty one too. */
  readonly password?: string;
  /**
   * Takes a file whose startxref is wrong when its only table is proven by all its objects, and one whose cross-reference
   * is of no use when its objects leave no doubt (recover.ts). For writing alone: an update brings its own startxref, or a
   * whole table. What judges signatures never asks for it.
   */
  readonly findStart?: boolean;
  /**
   * With findStart: reads the file from its objects although its cross-reference can be followed, because it is wrong in
   * places that matter.
   */
  readonly rebuild?: boolean;
}

/** The first part of /ID, empty where there is none. */
function firstId(view: PdfView): Uint8Array {
  const id = view.get(view.trailer, 'ID');
  const first = isArray(id) ? view.resolve(id.items[0]) : null;
  return isString(first) ? first.bytes : new Uint8Array(0);
}

function newestOf(chain: Chain): Revision {
  const newest = chain.revisions.at(-1);
  if (newest === undefined) throw new Failure('pdf-xref-damaged', 'no section');
  return newest;
}

/** What all views share: with the encryption that the newest trailer names, unlocked. */
function sharedReading(source: ByteSource, chain: Chain, password: string | undefined): SharedReading {
  const newest = newestOf(chain);
  const written = entryOf(newest.trailer, 'Encrypt') ?? null;
  const plain = new SharedReading(source, chain.headerOffset);
  if (written === null) return plain;
  const view = new PdfView(plain, newest, chain.sections);
  const dict = view.resolve(written);
  if (!isDict(dict)) throw new Failure('pdf-encryption-damaged', 'no dictionary');
  // ISO/TS 32004: every change would have to renew the code that protects the whole file.
  if (entryOf(newest.trailer, 'AuthCode') !== undefined || entryOf(dict, 'KDFSalt') !== undefined)
    throw new Failure('pdf-mac-protected');
  const encryption = Encryption.unlock(dict, firstId(view), password, (value) => view.resolve(value));
  const place = isRef(written) ? view.entry(written.number) : undefined;
  const at = place?.kind === 'offset' ? place.offset : undefined;
  return new SharedReading(source, chain.headerOffset, encryption, at);
}

/** The chain by the file's own cross-reference, or where the options allow it by its objects. */
function chainOf(source: ByteSource, options: OpenOptions): Chain {
  const share = (found: Chain): SharedReading => sharedReading(source, found, options.password);
  let chain: Chain;
  try {
    chain = readChain(source, options.findStart === true);
  } catch (error) {
    if (options.findStart !== true || !isFailure(error)) throw error;
    // A header that is lost or stands where nobody looks for it: what is found then counts from the file's first byte.
    const header = error.code === 'pdf-not-pdf' ? { headerOffset: 0, version: '' } : readHeader(source);
    return recoveredOr(error, () => recoverChain(source, header, share));
  }
  if (options.rebuild !== true) return chain;
  const reader = new ObjectReader(new SharedReading(source, chain.headerOffset), chain.sections);
  const known = (number: number): number | undefined => {
    try {
      return reader.object(number)?.base;
    } catch (error) {
      if (isFailure(error)) return undefined;
      throw error;
    }
  };
  const { headerOffset, version } = chain;
  return recoverChain(source, { headerOffset, version }, share, known);
}

/** What `recover` gives; where it refuses, the first failure with both reasons. */
function recoveredOr(first: Failure, recover: () => Chain): Chain {
  try {
    return recover();
  } catch (second) {
    if (!isFailure(second)) throw second;
    throw new Failure(first.code, `${first.detail}; ${second.detail}`, { cause: second });
  }
}

/** A file without a table is not taken with a page tree that is damaged anywhere, or that lost a page. */
function provePages(file: PdfFile): void {
  let pages = 0;
  for (const _page of file.pages()) pages += 1;
  const root = file.get(file.catalog.dict, 'Pages');
  const count = isDict(root) ? file.get(root, 'Count') : null;
  if (typeof count === 'number' && count !== pages)
    throw new Failure('pdf-page-tree-damaged', `${pages} pages of ${count}`);
  if (pages === 0) throw new Failure('pdf-page-tree-damaged', 'no page was found');
}

/**
 * Opens a file by its cross-reference sections alone; objects are read when they are asked for.
 * Throws Failure `pdf-not-pdf`, `pdf-truncated`, `pdf-xref-damaged`, `pdf-no-catalog`, `pdf-too-many-objects`,
 * `pdf-too-deep`, `pdf-object-damaged`, `pdf-stream-damaged`, `pdf-stream-unsupported`; of encrypted files
 * `pdf-password-needed`, `pdf-password-wrong`, `pdf-encryption-unsupported`, `pdf-encryption-damaged`, `pdf-mac-protected`.
 */
export function openPdf(source: ByteSource, options: OpenOptions = {}): PdfFile {
  const chain = chainOf(source, options);
  const file = new PdfFile(source, chain, sharedReading(source, chain, options.password), newestOf(chain));
  // A file whose catalog cannot be read is damaged now, not at the first page; without a header it is no PDF at all.
  try {
    void file.catalog;
  } catch (error) {
    if (isFailure(error) && file.version === '')
      throw new Failure('pdf-not-pdf', 'no header', { cause: error });
    throw error;
  }
  if (chain.rebuilt) provePages(file);
  return file;
}
