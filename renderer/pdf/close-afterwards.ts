// When a file that is no longer shown is closed: a moment later, since the file after it is being opened just then. It opens nothing.
import type { OpenFile } from './opening-ahead';

/** The first picture of what is shown next is there before. */
const afterwards = 1000;

/**
 * Closes a file that was on the screen. What pdf.js gives back are fonts of the whole window, which is then laid out anew, and the
 * worker reads the next file meanwhile. One whose pages are still being drawn is closed at once: it may be what holds the worker.
 */
export function closeAfterwards({
  drawings,
  close,
}: Pick<OpenFile, 'close'> & { readonly drawings: Pick<OpenFile['drawings'], 'isIdle'> }): void {
  if (drawings.isIdle) setTimeout(close, afterwards);
  else close();
}
