// The place of a signature on the page: a dashed box that is dragged, or moved by arrow keys. It signs nothing.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Placement } from '../../preload/contract/signing-request';
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';
import { keepInside } from './geometry';
import type { PageSize } from './layout';

export interface PlacementLayerProps {
  readonly scale: number;
  readonly size: PageSize;
  readonly placement: Placement;
  readonly label: string;
  /** null: the place is shown and cannot be moved. */
  readonly onMove: ((placement: Placement) => void) | null;
}

/** Points one arrow key moves: a millimetre; ten times as far with Shift. */
const step = 72 / 25.4;

/** The dashed box in pixels at `scale`. */
export function PlacementLayer(props: PlacementLayerProps) {
  const { scale, size, placement, onMove } = props;
  const { t } = useWords();
  const grip = useRef<{ readonly x: number; readonly y: number; readonly from: Placement } | null>(null);

  const press = (event: PointerEvent<HTMLButtonElement>): void => {
    if (onMove === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: event.clientX, y: event.clientY, from: placement };
  };
  const drag = (event: PointerEvent<HTMLButtonElement>): void => {
    const held = grip.current;
    if (held === null || onMove === null) return;
    const x = held.from.x + (event.clientX - held.x) / scale;
    const y = held.from.y - (event.clientY - held.y) / scale;
    onMove(keepInside({ ...held.from, x, y }, size));
  };
  const release = (): void => {
    grip.current = null;
  };
  const key = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (onMove === null) return;
    const far = event.shiftKey ? step * 10 : step;
    const moves: Record<string, readonly [number, number]> = {
      ArrowLeft: [-far, 0],
      ArrowRight: [far, 0],
      ArrowUp: [0, far],
      ArrowDown: [0, -far],
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(keepInside({ ...placement, x: placement.x + move[0], y: placement.y + move[1] }, size));
  };

  return (
    <button
      type="button"
      className="placement"
      aria-label={t('sign.place-name', { what: props.label })}
      title={onMove === null ? undefined : t('sign.place-help')}
      data-testid={testIds.sign.placement}
      style={{
        left: placement.x * scale,
        top: (size.height - placement.y - placement.height) * scale,
        width: placement.width * scale,
        height: placement.height * scale,
      }}
      onPointerDown={press}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={key}
    >
      <span className="placement-label">{props.label}</span>
    </button>
  );
}
