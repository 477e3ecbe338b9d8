// The sheet of an incoming document as a file of the store, looked at and saved like any other. It decides none of its words.
import { Failure } from '../../../preload/contract/failure';
import type { HandlingSheet } from '../../../preload/contract/handling-sheet';
import type { Attachment } from '../../../preload/contract/records';
import type { BlobStore } from '../../blobs';
import { sheetPdf } from '../../marking';
import { shippedBold, shippedFont } from '../../signing';

/** Throws Failure `marking-sheet-font` where a letter cannot be printed, and those of the disk. */
export async function sheetFile(
  blobs: Pick<BlobStore, 'put'>,
  sheet: HandlingSheet,
  name: string,
): Promise<Attachment> {
  const { bytes, missing } = sheetPdf(sheet, { regular: shippedFont(), bold: shippedBold() });
  if (missing) throw new Failure('marking-sheet-font', name);
  const { sha256, size } = await blobs.put({ kind: 'own-file', docId: '', name }, bytes);
  return {
    sha256,
    name,
    description: '',
    contentType: 'application/pdf',
    size,
    // Made here and signed by nobody.
    verdict: { verdict: 'unsigned', signatures: [], codes: [] },
    verifiedAt: null,
    problem: null,
  };
}
