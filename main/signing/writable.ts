// Opens a document for writing: as its tables say, or where what is needed is damaged there, as its objects say. It writes
// nothing and judges no signature.
import type { ByteSource } from '../../preload/contract/byte-source';
import type { Code } from '../../preload/contract/codes';
import { isFailure } from '../../preload/contract/failure';
import { openPdf, type PdfFile } from '../pdf';

/** What a wrong entry of a table can look like. */
const tableFaults: readonly Code[] = [
  'pdf-object-damaged',
  'pdf-no-catalog',
  'pdf-page-tree-damaged',
  'pdf-no-pages',
  'pdf-stream-damaged',
];

/**
 * Runs `write` on the opened document. Where that fails for an object that is not as its table says, it runs once more on a
 * reading without tables, if the document allows one without doubt; else the first failure stands.
 */
export function onWritable<T>(
  source: ByteSource,
  password: string | undefined,
  write: (file: PdfFile) => T,
): T {
  const options = { findStart: true, ...(password === undefined ? {} : { password }) };
  let rebuilt = false;
  try {
    const file = openPdf(source, options);
    rebuilt = file.rebuilt;
    return write(file);
  } catch (error) {
    if (!isFailure(error) || rebuilt || !tableFaults.includes(error.code)) throw error;
    let file: PdfFile;
    try {
      file = openPdf(source, { ...options, rebuild: true });
    } catch (second) {
      if (!isFailure(second)) throw second;
      throw error;
    }
    return write(file);
  }
}
