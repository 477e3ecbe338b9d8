// When pdf.js goes on drawing a page. It waits for the window's next picture after every few milliseconds of work, though it draws
// into a canvas that is not on the screen yet; here it goes on in the next task, so that input and pictures still come in between.
// It changes that one wait, and fails where it does not find it.
import { replaced } from './replaced.mjs';

/** The source of pdf.js' drawing side without waits for pictures. */
export function withoutFrames(source) {
  const stopped = replaced(
    source,
    'window.cancelAnimationFrame(this.#rAF)',
    'window.clearTimeout(this.#rAF)',
  );
  return replaced(
    stopped,
    'this.#rAF = window.requestAnimationFrame(() => {',
    'this.#rAF = window.setTimeout(() => {',
  );
}
