// What the services need of the reading host: everything that parses foreign bytes. Shapes only.

import type { EdxmlPackage } from '../../preload/contract/edxml';
import type { Sha256 } from '../../preload/contract/ids';
import type { Placement } from '../../preload/contract/signing-request';
import type { FileVerdict } from '../../preload/contract/verdict';
import type { JobAnswer, JobInput, Look } from '../reading';
import type {
  CheckedPicture,
  NumberBlank,
  NumberOrder,
  PictureKind,
  PreparedSignature,
  ReadyToSign,
  Signer,
  SigningOrder,
  StampRequest,
  WrittenNumber,
} from '../signing';
import type { Fetcher } from '../verifying';
import type { PageSize, TextPiece } from './text-segments';
import type { CheckedCertificate } from './validation/standing';

/** An attachment that lies in the blob store now. */
export interface StoredAttachment {
  readonly sha256: Sha256;
  readonly size: number;
  /** By its first bytes, whatever the package calls it. */
  readonly isPdf: boolean;
  /** What was seen of it while its package was read; nothing where it is still to be asked. */
  readonly look?: Look | null;
}

export interface PdfFacts {
  readonly pages: number;
  readonly sizes: readonly PageSize[];
  /** Text of the first pages and the last, as much as the limits allow. */
  readonly pieces: readonly TextPiece[];
  /** The leader's signature that shows on a page already (page from 1), where there is one. */
  readonly leaderSignature: Placement | null;
  /** Fields made ready for number and date before anybody signed. */
  readonly numberBlanks: readonly NumberBlank[];
  /** The only signature field that waits at a place of its own. */
  readonly waitingField?: Placement | null;
}

/** Each call throws a Failure of the rooms that read, `reading-*` when the host was lost, and never hangs. */
export interface ReadingPort {
  /** `plain`: the package's bytes, where they are at hand. */
  readPackage(packageSha: Sha256, plain?: Uint8Array | null): Promise<EdxmlPackage<StoredAttachment>>;
  verdict(sha256: Sha256): Promise<FileVerdict>;
  /** Text of the first pages (5, or `textPages`) and the last two. */
  pdfFacts(sha256: Sha256, textPages?: number): Promise<PdfFacts>;
  /** The text of the first page with its places, and nothing else. */
  firstPageText(sha256: Sha256): Promise<readonly TextPiece[]>;
  /** Whether a file that is no PDF by its name carries a secrecy mark in its words: word files, archives. */
  saysSecret(sha256: Sha256): Promise<boolean>;
  prepareSignature(input: Sha256, order: SigningOrder, signer: Omit<Signer, 'sign'>): Promise<ReadyToSign>;
  /** A picture for a stamp among the notes. Throws Failures `picture-*`, `signing-image-invalid`. */
  checkStampPicture(png: Uint8Array): Promise<{ readonly width: number; readonly height: number }>;
  /** Looks at a picture before it is kept for signing. */
  checkPicture(png: Uint8Array, kind: PictureKind, widthMm: number | null): Promise<CheckedPicture>;
  /** The bytes to append that lay a stamp on a page. */
  stampPage(input: Sha256, stamp: StampRequest, at: Placement): Promise<Uint8Array>;
  /** The bytes to append that write number and date; empty where the page has no place for them. */
  writeNumber(input: Sha256, order: NumberOrder): Promise<WrittenNumber>;
  /** The bytes to append that make fields of these blanks; empty where there is nothing to do. */
  prepareBlanks(input: Sha256, blanks: readonly NumberBlank[]): Promise<Uint8Array>;
}

/** What marks in PDF files need of the reading host. */
export interface MarkingPort {
  readMarks(sha256: Sha256): Promise<JobAnswer<'read-marks'>>;
  /** The bytes to append, empty where no mark has a place, and the signs that show as a box. */
  writeMarks(
    sha256: Sha256,
    order: Pick<JobInput<'write-marks'>, 'marks' | 'pictures' | 'flattened' | 'copy'>,
  ): Promise<JobAnswer<'write-marks'>>;
}

/** What raising levels and looking at certificates need of the reading host. */
export interface LevelReadingPort {
  prepareStamp(sha256: Sha256, room: number): Promise<PreparedSignature>;
  /** Null when nothing is missing in the document's security store. */
  prepareStore(sha256: Sha256): Promise<Uint8Array | null>;
  readStamp(reply: Uint8Array, digest: Uint8Array, nonce: Uint8Array): Promise<Uint8Array>;
  checkSigner(one: CheckedCertificate, milliseconds: number): Promise<JobAnswer<'check-signer'>>;
  answerUntil(kind: 'ocsp' | 'crl', answer: Uint8Array): Promise<Date | null>;
  /** The road to the authorities: asked through `fetcher` from now on. */
  fetchThrough(fetcher: Fetcher): void;
}
