// What becomes of a file that is closed while its bytes are still being read. pdf.js then asks for them once more, of a reader that is
// gone, and waits for ever: the file is never let go of, and its worker is lost for the next one. It changes the worker's source, and
// fails where it does not find the place.
import { replaced } from './replaced.mjs';

/** The worker's source; bytes asked for after a file was closed are refused at once. */
export function withClosing(source) {
  return replaced(
    source,
    `  _requestChunks(chunks) {
    const requestId`,
    `  _requestChunks(chunks) {
    if (this.aborted) return Promise.reject(new AbortException("The file is closed."));
    const requestId`,
  );
}
