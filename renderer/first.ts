// The page's first file: lets the words of index.html be drawn, then loads the desk. It knows no screen, and waits for no frame
// that does not come.

const patienceMilliseconds = 250;

/** Resolves once a frame has been drawn; a window that draws none holds nothing up. */
function firstFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 0));
    setTimeout(resolve, patienceMilliseconds);
  });
}

async function loadDesk(): Promise<void> {
  await firstFrame();
  // A bundle of its own: its name is that of the file.
  await import(new URL('./app.js', import.meta.url).href);
}

void loadDesk();
