// Undoes the TIFF and PNG predictors of Flate and LZW data (ISO 32000-2, 7.4.4.4). It knows nothing of streams.
import { Failure } from '../../preload/contract/failure';

export interface PredictorParameters {
  readonly predictor: number;
  readonly colors: number;
  readonly bits: number;
  readonly columns: number;
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toUpLeft = Math.abs(estimate - upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

/** Undoes PNG row filters. `rowBytes` without the filter byte, `step` bytes from one pixel to the next. */
export function undoPngRows(data: Uint8Array, rowBytes: number, step: number): Uint8Array {
  const rows = Math.ceil(data.length / (rowBytes + 1));
  const out = new Uint8Array(Math.max(0, data.length - rows));
  for (let row = 0; row < rows; row += 1) {
    const from = row * (rowBytes + 1);
    const to = row * rowBytes;
    const kind = data[from] ?? 0;
    const length = Math.min(rowBytes, data.length - from - 1);
    for (let column = 0; column < length; column += 1) {
      const value = data[from + 1 + column] ?? 0;
      const left = column >= step ? (out[to + column - step] ?? 0) : 0;
      const up = row > 0 ? (out[to + column - rowBytes] ?? 0) : 0;
      const upLeft = row > 0 && column >= step ? (out[to + column - rowBytes - step] ?? 0) : 0;
      switch (kind) {
        case 0:
          out[to + column] = value;
          break;
        case 1:
          out[to + column] = value + left;
          break;
        case 2:
          out[to + column] = value + up;
          break;
        case 3:
          out[to + column] = value + ((left + up) >> 1);
          break;
        case 4:
          out[to + column] = value + paeth(left, up, upLeft);
          break;
        default:
          throw new Failure('pdf-stream-damaged', `PNG predictor ${kind}`);
      }
    }
  }
  return out;
}

/** Data without its predictor. Throws Failure `pdf-stream-damaged` or `pdf-stream-unsupported`. */
export function undoPredictor(data: Uint8Array, parameters: PredictorParameters): Uint8Array {
  const { predictor, colors, bits, columns } = parameters;
  if (predictor <= 1) return data;
  const sane =
    Number.isInteger(colors) && colors >= 1 && colors <= 32 && Number.isInteger(columns) && columns >= 1;
  if (!sane || ![1, 2, 4, 8, 16].includes(bits) || columns > 1 << 24) {
    throw new Failure('pdf-stream-damaged', 'predictor parameters');
  }
  const rowBytes = Math.ceil((colors * bits * columns) / 8);
  const step = Math.max(1, Math.ceil((colors * bits) / 8));
  if (predictor >= 10 && predictor <= 15) return undoPngRows(data, rowBytes, step);
  if (predictor !== 2 || bits !== 8) throw new Failure('pdf-stream-unsupported', `predictor ${predictor}`);
  const out = Uint8Array.from(data);
  for (let index = 0; index < out.length; index += 1) {
    if (index % rowBytes >= step) out[index] = (out[index] ?? 0) + (out[index - step] ?? 0);
  }
  return out;
}
