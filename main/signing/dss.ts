// Puts validation data into a PDF: the document security store (EN 319 142-1, 5.4.2) as an increment, joined with the one
// that is there. It fetches nothing and believes nothing: what it is given is written.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { ByteSource } from '../../preload/contract/byte-source';
import {
  entryOf,
  Increment,
  isArray,
  isDict,
  isRef,
  isStream,
  openPdf,
  type PdfDict,
  type PdfFile,
  type PdfRef,
  refSyntax,
  setKey,
} from '../pdf';

/** What it takes to check a signature later, as DER. */
export interface ValidationMaterial {
  readonly certificates: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

const MAX_STREAM = 64 << 20;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

interface Listed {
  readonly refs: PdfRef[];
  readonly hashes: Set<string>;
}

/** The streams that a list of the store names already. */
function listed(file: PdfFile, store: PdfDict | undefined, key: string): Listed {
  const list = store === undefined ? null : file.get(store, key);
  const found: Listed = { refs: [], hashes: new Set() };
  for (const item of isArray(list) ? list.items : []) {
    const stream = file.resolve(item);
    if (!isRef(item) || !isStream(stream)) continue;
    found.refs.push(item);
    found.hashes.add(hashOf(file.decoded(stream, MAX_STREAM)));
  }
  return found;
}

/**
 * The increment that makes `material` part of the document; undefined when all of it is there. Throws Failures of the
 * room pdf.
 */
export function securityStoreIncrement(
  source: ByteSource,
  material: ValidationMaterial,
  password?: string,
): Uint8Array | undefined {
  const file = openPdf(source, password === undefined ? {} : { password });
  const { catalog } = file;
  const written = entryOf(catalog.dict, 'DSS');
  const value = file.resolve(written);
  const store = isDict(value) ? value : undefined;
  const increment = new Increment(file);
  const lists: { key: string; syntax: string }[] = [];
  const add = (key: string, items: readonly Uint8Array[], compress: boolean): void => {
    const { refs, hashes } = listed(file, store, key);
    const before = refs.length;
    for (const item of items) {
      const hash = hashOf(item);
      if (hashes.has(hash)) continue;
      hashes.add(hash);
      const ref = increment.allocate();
      // Lists of a nation have megabytes and shrink to a fraction; certificates and responses do not.
      if (compress) increment.putStream(ref, '/Filter /FlateDecode', deflateSync(item));
      else increment.putStream(ref, '', item);
      refs.push(ref);
    }
    if (refs.length > before) lists.push({ key, syntax: `[${refs.map(refSyntax).join(' ')}]` });
  };
  add('Certs', material.certificates, false);
  add('OCSPs', material.ocspResponses, false);
  add('CRLs', material.crls, true);
  if (lists.length === 0) return undefined;
  if (store === undefined) {
    const made = increment.allocate();
    const entries = lists.map((one) => `/${one.key} ${one.syntax}`).join(' ');
    increment.put(made, `<< /Type /DSS ${entries} >>`);
    increment.rewrite(catalog.object, catalog.dict, [setKey(catalog.dict, 'DSS', refSyntax(made))]);
  } else {
    const splices = lists.map((one) => setKey(store, one.key, one.syntax));
    const object = isRef(written) ? file.object(written.number, written.generation) : undefined;
    // A store written directly in the catalog has its spans in the catalog's bytes.
    if (object !== undefined) increment.rewrite(object, store, splices);
    else increment.rewrite(catalog.object, catalog.dict, splices);
  }
  const changeId = createHash('sha256').update(`${source.size} DSS`).digest().subarray(0, 16);
  return increment.finish(changeId).bytes;
}
