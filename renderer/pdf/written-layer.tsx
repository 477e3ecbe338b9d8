// Words that main would write on the page, shown before they are there: dashed, and never in the way of the mouse.
import type { PlacedWord } from '../../preload/contract/signing-request';
import { testIds } from '../app/test-ids';
import type { PageSize } from './layout';

export interface WrittenLayerProps {
  readonly scale: number;
  readonly size: PageSize;
  readonly words: readonly PlacedWord[];
}

/** Each word on its own base line, in pixels at `scale`. */
export function WrittenLayer({ scale, size, words }: WrittenLayerProps) {
  return words.map((word) => (
    <span
      key={`${word.x}|${word.y}`}
      className="written"
      data-testid={testIds.sign.written}
      style={{
        left: word.x * scale,
        top: (size.height - word.y - word.size) * scale,
        fontSize: word.size * scale,
        height: word.size * 1.25 * scale,
      }}
    >
      {word.text}
    </span>
  ));
}
