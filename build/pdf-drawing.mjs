// When pdf.js goes on drawing a page. It waits for the window's next picture after every few milliseconds of work, though it draws
// into a canvas that is not on the screen yet; here it goes on in the next task, so that input and pictures still come in between.
// It changes that one wait, and fails where it does not find it.
import { readFileSync } from 'node:fs';
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

/** For the bundle of the desk. */
export const drawnAtOnce = {
  name: 'drawn-at-once',
  setup(build) {
    build.onLoad({ filter: /legacy[\\/]build[\\/]pdf\.mjs$/ }, ({ path }) => ({
      contents: withoutFrames(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};
