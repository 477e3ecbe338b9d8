// What a signing act asks for, by its role in NĐ 30/2020/NĐ-CP. Values only.
import type { DigestAlgorithm } from './cms';
import type { Rect } from './geometry';
import type { NumberBlank } from './number-blanks';

/** One line of text at a place of the page as shown: the left end of its base line, points from the lower left corner. */
export interface PlacedText {
  readonly x: number;
  readonly y: number;
  /** Points; 13 when left out, as number and date are set in NĐ 30. */
  readonly size?: number;
  readonly text: string;
}

/** Where a signature stands: a page counted from 0 (negative: from the end), a rectangle on it as shown or by rule. */
export interface Place {
  readonly page: number;
  readonly rect?: Rect;
}

/** What is drawn. */
export type RoleRequest =
  /** Người có thẩm quyền: the picture of the handwritten signature, or a block of text without one. */
  | { readonly role: 'leader'; readonly image?: Uint8Array; readonly place?: Place }
  /** Cơ quan: the red picture of the seal in its real size, by itself one third over the leader's signature. */
  | { readonly role: 'seal'; readonly image?: Uint8Array; readonly place?: Place; readonly widthMm?: number }
  /** Văn bản kèm theo, phụ lục: text at the top right of the first page, no picture. */
  | { readonly role: 'attachment'; readonly documentNumber?: string; readonly place?: Place }
  /** Bản sao: its form, the agency, the time; text at the top right of the first page. */
  | {
      readonly role: 'copy';
      readonly form: 'SAO Y' | 'SAO LỤC' | 'TRÍCH SAO';
      readonly agency?: string;
      readonly place?: Place;
    }
  /** Cấp số, ngày: the agency's signature whose appearance is number and date at their places. */
  | { readonly role: 'number'; readonly page: number; readonly texts: readonly PlacedText[] }
  /** Asked for explicitly, never a fallback. */
  | { readonly role: 'invisible' };

export type Role = RoleRequest['role'];

export interface SignatureRequest {
  readonly what: RoleRequest;
  /** As in the certificate: its common name. */
  readonly signerName: string;
  /** The claimed time of signing. */
  readonly time: Date;
  readonly digest: DigestAlgorithm;
  /** DER of the signer's certificate and of its issuers: what the author of a field may make a condition of. */
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** Bytes to reserve for the CMS (see cmsRoom). */
  readonly room: number;
  /** The document's password, where it has one. */
  readonly password?: string;
  /** Signs this existing empty field, at its own place, instead of making one. */
  readonly fieldName?: string;
  readonly reason?: string;
  /**
   * Blanks of number and date that become text fields before this signature, where it is the document's first: the number can
   * then be given without changing what was signed.
   */
  readonly blanks?: readonly NumberBlank[];
}
