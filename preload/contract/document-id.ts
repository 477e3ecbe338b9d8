// DocumentId of edXML: how one is built here and what can be learnt from one of a stranger.
// Ids are opaque: they are compared byte for byte after trimming and never rebuilt from their parts.
import { isoDay } from './wire-time';

export interface DocumentIdParts {
  readonly organId: string;
  /** `yyyy/MM/dd`. */
  readonly promulgationDate: string;
  /** Số và ký hiệu, `99/BTC-VP`. */
  readonly code: string;
}

/** Số và ký hiệu as it is shown and as ResponseFor/Code carries it: `99` and `BTC-VP` give `99/BTC-VP`. */
export function documentCode(number: string, notation: string): string {
  return [number.trim(), notation.trim()].filter((part) => part !== '').join('/');
}

/** Builds the common form `OrganId,yyyy/MM/dd,number/notation`. */
export function buildDocumentId(parts: DocumentIdParts): string {
  return [parts.organId.trim(), parts.promulgationDate.trim(), parts.code.trim()].join(',');
}

/** The parts of an id in the common form, undefined for any other form (a UUID, `agency,year,sequence`). */
export function parseDocumentId(id: string): DocumentIdParts | undefined {
  const [organId, promulgationDate, ...rest] = id
    .trim()
    .split(',')
    .map((part) => part.trim());
  const code = rest.join(',');
  if (organId === undefined || organId === '' || promulgationDate === undefined || code === '')
    return undefined;
  return isoDay(promulgationDate) === undefined ? undefined : { organId, promulgationDate, code };
}

/** True when two ids name the same document. */
export function sameDocumentId(left: string, right: string): boolean {
  return left.trim() === right.trim();
}
