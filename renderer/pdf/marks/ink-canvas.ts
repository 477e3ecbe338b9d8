// Draws the stroke in the hand straight on a canvas over its page, piece by piece as the pen moves: no screen is rendered for it,
// and the canvas goes once the mark itself stands there. Looks as the finished mark does.
import { inkOf, type MarkColour } from '../../../preload/contract/annotation';
import { penWidth } from '../../../preload/contract/mark-look';
import type { PageSize } from '../layout';
import type { PenPoint } from './sketch';

export function cssInk(colour: MarkColour): string {
  const [red, green, blue] = inkOf[colour].map((part) => Math.round(part * 255));
  return `rgb(${red} ${green} ${blue})`;
}

export interface InkStroke {
  /** Draws from where the pen was to here. `time` is that of the event: the page tells it by `data-ink-drawn` for measuring. */
  to(point: PenPoint, time: number): void;
  /** The canvas goes when the next picture of the page has the mark. */
  end(): void;
}

/** Above this many pixels the stroke is drawn coarser. */
const largest = 2 ** 23;

/** `size` in points, `scale` pixels a point; null: the page has nothing to draw over yet. */
export function beginInk(
  page: HTMLElement,
  size: PageSize,
  scale: number,
  colour: MarkColour,
): InkStroke | null {
  const overlay = page.querySelector('.page-overlay');
  if (overlay === null) return null;
  const kept = overlay.querySelector<HTMLCanvasElement>('.mark-canvas');
  const canvas = kept ?? document.createElement('canvas');
  canvas.className = 'mark-canvas';
  const wanted = window.devicePixelRatio || 1;
  const density = Math.min(wanted, Math.sqrt(largest / (size.width * size.height * scale * scale)));
  const [width, height] = [size.width, size.height].map((side) =>
    Math.max(1, Math.round(side * scale * density)),
  );
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width ?? 1;
    canvas.height = height ?? 1;
  }
  if (kept === null) overlay.append(canvas);
  const context = canvas.getContext('2d', { desynchronized: true });
  if (context === null) throw new Error('no canvas');
  const pixels = scale * density;
  context.setTransform(pixels, 0, 0, -pixels, 0, size.height * pixels);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = cssInk(colour);
  let last: PenPoint | null = null;
  const token = crypto.randomUUID();
  canvas.dataset.stroke = token;
  return {
    to(point, time) {
      const from = last ?? point;
      context.lineWidth = penWidth(point.pressure);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(point.x, point.y);
      context.stroke();
      last = point;
      page.dataset.inkDrawn = String(time);
    },
    end() {
      requestAnimationFrame(() => {
        // A stroke that began meanwhile takes both away when it ends.
        if (canvas.dataset.stroke === token) canvas.remove();
      });
    },
  };
}
