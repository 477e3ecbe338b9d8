// Pictures of first pages for lists: drawn one after another, small, the last ones kept. It shows nothing itself.
import type { Sha256 } from '../../preload/contract/ids';
import { openBlob, type PasswordOf } from './blob-source';
import { InTurn } from './in-turn';
import { drawSmall } from './small-page';

/** So many pictures stay: a few screens of a list, about 20 MB at most. */
const kept = 240;

const pictures = new Map<Sha256, HTMLCanvasElement>();
const turns = new InTurn();

/** The picture that is here already. */
export function knownFirstPage(sha256: Sha256): HTMLCanvasElement | undefined {
  return pictures.get(sha256);
}

function keep(sha256: Sha256, picture: HTMLCanvasElement): HTMLCanvasElement {
  pictures.set(sha256, picture);
  const [oldest] = pictures.keys();
  if (pictures.size > kept && oldest !== undefined) pictures.delete(oldest);
  return picture;
}

async function draw(
  sha256: Sha256,
  size: number,
  width: number,
  signal: AbortSignal,
  passwordOf: PasswordOf,
): Promise<HTMLCanvasElement> {
  const pdf = await openBlob(sha256, size, signal, passwordOf);
  // At once: while its worker is busy nothing below comes to an end, and the worker is not given up before its files are closed.
  signal.addEventListener('abort', pdf.close, { once: true });
  try {
    signal.throwIfAborted();
    const page = await pdf.document.getPage(1);
    const canvas = document.createElement('canvas');
    await drawSmall(page, canvas, { width, tallest: width * 2, signal });
    return canvas;
  } finally {
    signal.removeEventListener('abort', pdf.close);
    pdf.close();
  }
}

/**
 * The first page, `width` CSS pixels wide; the one canvas of it, which the caller puts where it is seen. One at a time: a
 * line that is scrolled away is aborted, before its turn or in it, and then holds nobody up. Throws what the viewer would.
 */
export function firstPage(
  sha256: Sha256,
  size: number,
  width: number,
  signal: AbortSignal,
  passwordOf: PasswordOf,
): Promise<HTMLCanvasElement> {
  const wanted = async (): Promise<HTMLCanvasElement> =>
    knownFirstPage(sha256) ?? keep(sha256, await draw(sha256, size, width, signal, passwordOf));
  return turns.run(wanted, signal);
}
