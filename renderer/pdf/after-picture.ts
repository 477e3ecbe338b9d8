// Waits until what was just put on the screen is seen, so that what comes after does not hold it up. It draws nothing.

/** Resolves in the first task after the window's next picture; a hidden window makes none, so never later than `longest` ms. */
export async function afterPicture(signal: AbortSignal, longest = 200): Promise<void> {
  await new Promise<void>((done) => {
    const late = setTimeout(done, longest);
    requestAnimationFrame(() => {
      clearTimeout(late);
      setTimeout(done, 0);
    });
  });
  signal.throwIfAborted();
}
