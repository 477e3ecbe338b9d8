// Reads the validation data a PDF carries: certificates, revocation lists and status responses of the document security
// store (DSS, EN 319 142-1 5.4), and of Adobe's attribute inside a CMS. It believes none of it.
import { isFailure } from '../../preload/contract/failure';
import { isArray, isDict, isStream, type PdfDict, type PdfValue, type PdfView } from '../pdf';
import { children, type DerNode, inner, Parts } from './der';

export interface RawEvidence {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

export const noEvidence: RawEvidence = { certificates: [], crls: [], ocspResponses: [] };

const maxItems = 1000;
const maxBytes = 64 << 20;

/** The document security store as a revision holds it; `undefined` when there is none. */
export function readSecurityStore(view: PdfView): RawEvidence | undefined {
  const store = view.get(view.catalog.dict, 'DSS');
  if (!isDict(store)) return undefined;
  const reader = new StoreReader(view);
  const certificates = reader.streams(store, ['Certs', 'Cert']);
  const crls = reader.streams(store, ['CRLs', 'CRL']);
  const ocspResponses = reader.streams(store, ['OCSPs', 'OCSP']);
  const related = view.get(store, 'VRI');
  for (const key of isDict(related) ? [...related.entries.keys()].slice(0, maxItems) : []) {
    const one = isDict(related) ? view.get(related, key) : null;
    if (!isDict(one)) continue;
    certificates.push(...reader.streams(one, ['Cert', 'Certs']));
    crls.push(...reader.streams(one, ['CRL', 'CRLs']));
    ocspResponses.push(...reader.streams(one, ['OCSP', 'OCSPs']));
  }
  return { certificates, crls, ocspResponses };
}

class StoreReader {
  #bytes = 0;
  readonly #seen = new Set<number>();

  constructor(readonly view: PdfView) {}

  streams(dict: PdfDict, keys: readonly string[]): Uint8Array[] {
    const found: Uint8Array[] = [];
    for (const key of keys) {
      const list = this.view.get(dict, key);
      for (const item of isArray(list) ? list.items : []) {
        const bytes = this.#stream(this.view.resolve(item));
        if (bytes !== undefined) found.push(bytes);
      }
    }
    return found;
  }

  #stream(value: PdfValue): Uint8Array | undefined {
    // The same stream is usually named by the store and by its VRI entry.
    if (!isStream(value) || this.#seen.has(value.dataStart) || this.#seen.size >= maxItems) return undefined;
    this.#seen.add(value.dataStart);
    try {
      const bytes = this.view.decoded(value, maxBytes - this.#bytes);
      this.#bytes += bytes.length;
      return bytes;
    } catch (error) {
      if (isFailure(error)) return undefined;
      throw error;
    }
  }
}

/** adbe-revocationInfoArchival: { crl [0], ocsp [1], otherRevInfo [2] }. Throws Failure `asn1-damaged`. */
export function readAdobeRevocation(node: DerNode): Pick<RawEvidence, 'crls' | 'ocspResponses'> {
  const parts = new Parts(node);
  const list = (one: DerNode | undefined) =>
    one === undefined ? [] : children(inner(one)).map((item) => item.bytes);
  return { crls: list(parts.optional(0xa0)), ocspResponses: list(parts.optional(0xa1)) };
}

/** Lists and answers of two places and of an attribute that may be damaged: then it adds nothing. */
export function joinRaw(
  one: Pick<RawEvidence, 'crls' | 'ocspResponses'>,
  other: Pick<RawEvidence, 'crls' | 'ocspResponses'>,
  adobe: Parameters<typeof readAdobeRevocation>[0] | undefined,
): Pick<RawEvidence, 'crls' | 'ocspResponses'> {
  let third: Pick<RawEvidence, 'crls' | 'ocspResponses'> = noEvidence;
  try {
    if (adobe !== undefined) third = readAdobeRevocation(adobe);
  } catch (error) {
    if (!isFailure(error)) throw error;
  }
  return {
    crls: [...one.crls, ...other.crls, ...third.crls],
    ocspResponses: [...one.ocspResponses, ...other.ocspResponses, ...third.ocspResponses],
  };
}
