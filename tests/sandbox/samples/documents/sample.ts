// What one sample document is: its letter, its files and how it is signed and sent. Types only.
import type { Block, Letter } from '../letter';

/** What the words of a document may depend on. */
export interface Moment {
  readonly year: number;
  /** Name of the receiving agency, as in "Ủy ban nhân dân tỉnh Lạng Sơn". */
  readonly receiver: string;
  /** dd/MM/yyyy of the working day so many working days after the document's own. */
  date(workingDays: number): string;
  /** Number and notation with its date of another sample: "1542/BTC-ĐT ngày 12/11/2026". */
  cite(file: string): string;
}

export type SampleFile =
  | {
      readonly kind: 'docx';
      readonly name: string;
      readonly description: string;
      readonly title: string;
      readonly paragraphs: readonly string[];
    }
  | {
      readonly kind: 'xlsx';
      readonly name: string;
      readonly description: string;
      readonly sheet: string;
      readonly rows: readonly (readonly string[])[];
      readonly widths: readonly number[];
    }
  /** A PDF of its own, signed by the agency in its corner (NĐ 30, phụ lục I, II.8.b). */
  | {
      readonly kind: 'appendix';
      readonly name: string;
      readonly description: string;
      readonly title: string;
      readonly body: readonly Block[];
    }
  /** A PDF of coloured relief maps, so large. */
  | {
      readonly kind: 'maps';
      readonly name: string;
      readonly description: string;
      readonly megabytes: number;
    };

export interface SampleDocument {
  /** NN-name: the package's file without its extension. */
  readonly file: string;
  readonly from: string;
  /** An agency below `from` that the PKI does not know. */
  readonly unit?: {
    readonly code: string;
    readonly name: string;
    readonly head: readonly string[];
    readonly parent: string;
  };
  readonly number: string;
  readonly notation: string;
  readonly type: string;
  readonly subject: string | ((moment: Moment) => string);
  /** Working days before today. */
  readonly daysBefore: number;
  readonly urgency?: 'KHẨN' | 'THƯỢNG KHẨN' | 'HỎA TỐC';
  /** Working days from the document's day to its deadline. */
  readonly dueAfter?: number;
  readonly addressees?: readonly string[];
  readonly body: (moment: Moment) => readonly Block[];
  readonly receivers: readonly string[];
  readonly authority: readonly string[];
  /** Printed name, when it is not the signer's. */
  readonly name?: string;
  readonly files?: readonly SampleFile[];
  /** `changed`: the PDF's content was changed after both signatures. `foreign`: certificates of an authority nobody trusts. */
  readonly signing: 'both' | 'none' | 'changed' | 'foreign';
  /** The number printed in the text, or put on after the leader's signature. */
  readonly numbering: 'printed' | 'fields';
  readonly objectStreams: boolean;
  readonly business?: { readonly type: '1' | '2' | '3'; readonly reason: string; readonly target: string };
  readonly paper?: boolean;
  readonly steering?: string;
}

export type { Block, Letter };
