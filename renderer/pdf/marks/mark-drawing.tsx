// One mark as lines and words of an SVG, in points with the origin at the page's upper left; the numbers are those that PDFs get.
import { memo } from 'react';
import type { MarkKind } from '../../../preload/contract/annotation';
import { arrowWings, markLines, markLook, penWidth, wrapMarkText } from '../../../preload/contract/mark-look';
import type { MarkContent } from './content';
import { cssInk } from './ink-canvas';
import { boundsOf } from './places';
import { markFont, textWidth } from './text-width';

export interface MarkDrawingProps {
  readonly content: MarkContent;
  /** Of the page, in points. */
  readonly height: number;
  /** Where the picture of a stamp can be had; null: not there yet. */
  readonly picture: string | null;
}

/** Drawn anew only when the mark itself is another one. */
export const MarkDrawing = memo(function MarkDrawing(props: MarkDrawingProps) {
  const { content } = props;
  switch (content.kind) {
    case 'highlight':
      // Its lines are one: where they meet they do not darken twice.
      return (
        <g className="mark-highlight">
          <Lines {...props} kind={content.kind} />
        </g>
      );
    case 'underline':
    case 'strike':
      return <Lines {...props} kind={content.kind} />;
    case 'ink':
      return <Ink {...props} />;
    case 'arrow':
    case 'line':
      return <Line {...props} />;
    case 'rectangle':
    case 'ellipse':
      return <Shape {...props} />;
    case 'text':
    case 'stamp':
      return content.picture === null ? <Words {...props} kind={content.kind} /> : <Picture {...props} />;
    case 'note':
      return <Slip {...props} />;
  }
});

function Lines({ content, height, kind }: MarkDrawingProps & { readonly kind: MarkKind }) {
  const ink = cssInk(content.colour);
  return content.quads.map((quad) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0, x4 = 0, y4 = 0] = quad;
    const name = `${x1}|${y1}`;
    if (kind === 'highlight') {
      const points = [x1, y1, x2, y2, x4, y4, x3, y3];
      return (
        <polygon
          key={name}
          fill={ink}
          points={points.map((v, i) => (i % 2 === 0 ? v : height - v)).join(' ')}
        />
      );
    }
    const at = kind === 'underline' ? markLook.textLineAt.underline : markLook.textLineAt.strike;
    const between = (low: number, high: number): number => low + (high - low) * at;
    return (
      <line
        key={name}
        x1={between(x3, x1)}
        y1={height - between(y3, y1)}
        x2={between(x4, x2)}
        y2={height - between(y4, y2)}
        stroke={ink}
        strokeWidth={markLook.textLine}
      />
    );
  });
}

/** Pieces of a stroke that are pressed alike, each a path of one width. */
function inkPaths(
  stroke: readonly number[],
  height: number,
): { readonly d: string; readonly width: number }[] {
  const paths: { d: string; width: number }[] = [];
  for (let at = 0; at + 2 < stroke.length; at += 3) {
    const place = `${stroke[at]} ${height - (stroke[at + 1] ?? 0)}`;
    const width = penWidth(stroke[at + 2] ?? 0.5);
    const path = paths.at(-1);
    if (path === undefined) paths.push({ d: `M${place}${stroke.length <= 3 ? `L${place}` : ''}`, width });
    else if (Math.abs(path.width - width) > 0.15 && at + 5 < stroke.length) {
      path.d += `L${place}`;
      paths.push({ d: `M${place}`, width });
    } else path.d += `L${place}`;
  }
  return paths;
}

function Ink({ content, height }: MarkDrawingProps) {
  return (
    <g stroke={cssInk(content.colour)} fill="none" strokeLinecap="round" strokeLinejoin="round">
      {content.strokes
        .flatMap((stroke) => inkPaths(stroke, height))
        .map(({ d, width }) => (
          <path key={d} d={d} strokeWidth={width} />
        ))}
    </g>
  );
}

function Line({ content, height }: MarkDrawingProps) {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = content.strokes[0] ?? [];
  const [one, other] = arrowWings({ x: x1, y: y1 }, { x: x2, y: y2 });
  const shaft = `M${x1} ${height - y1}L${x2} ${height - y2}`;
  const head = `M${one.x} ${height - one.y}L${x2} ${height - y2}L${other.x} ${height - other.y}`;
  return (
    <path
      d={content.kind === 'arrow' ? shaft + head : shaft}
      fill="none"
      stroke={cssInk(content.colour)}
      strokeWidth={markLook.shape}
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  );
}

function Shape({ content, height }: MarkDrawingProps) {
  const { left, lower, right, upper } = boundsOf(content);
  const paint = { fill: 'none', stroke: cssInk(content.colour), strokeWidth: markLook.shape };
  if (content.kind === 'rectangle') {
    return <rect x={left} y={height - upper} width={right - left} height={upper - lower} {...paint} />;
  }
  const [rx, ry] = [(right - left) / 2, (upper - lower) / 2];
  return <ellipse cx={left + rx} cy={height - lower - ry} rx={rx} ry={ry} {...paint} />;
}

function Words({ content, height, kind }: MarkDrawingProps & { readonly kind: 'text' | 'stamp' }) {
  const { left, lower, right, upper } = boundsOf(content);
  const size = kind === 'stamp' ? markLook.stampText : markLook.text;
  const width = textWidth(size);
  const lines = wrapMarkText(content.text, right - left - 2 * markLook.padding, width);
  const set = markLines(kind, lines.length, upper - lower);
  const top = height - upper;
  const half = markLook.shape / 2;
  const ink = cssInk(content.colour);
  return (
    <>
      {kind === 'stamp' ? (
        <rect
          x={left + half}
          y={top + half}
          width={right - left - markLook.shape}
          height={set.height - markLook.shape}
          fill="none"
          stroke={ink}
          strokeWidth={markLook.shape}
        />
      ) : null}
      {lines.map((line, index) => {
        const baseline = set.baselines[index] ?? 0;
        const x = kind === 'stamp' ? (left + right - width(line)) / 2 : left + markLook.padding;
        return (
          <text key={baseline} x={x} y={top + baseline} fontFamily={markFont} fontSize={size} fill={ink}>
            {line}
          </text>
        );
      })}
    </>
  );
}

function Picture({ content, height, picture }: MarkDrawingProps) {
  const { left, lower, right, upper } = boundsOf(content);
  const place = { x: left, y: height - upper, width: right - left, height: upper - lower };
  return picture === null ? (
    <rect {...place} fill="none" stroke={cssInk('black')} strokeDasharray="3 3" />
  ) : (
    <image {...place} href={picture} preserveAspectRatio="none" />
  );
}

function Slip({ content, height }: MarkDrawingProps) {
  const { x, y } = content.at;
  const size = markLook.note;
  const top = height - y - size;
  return (
    <g strokeWidth={1} stroke="rgb(186 138 0)">
      <rect x={x + 0.5} y={top + 0.5} width={size - 1} height={size - 1} fill="rgb(255 242 184)" />
      {[5, 9, 13].map((line) => (
        <line key={line} x1={x + 4} y1={height - y - line} x2={x + size - 4} y2={height - y - line} />
      ))}
    </g>
  );
}
