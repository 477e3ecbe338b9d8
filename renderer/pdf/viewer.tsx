// The reading view of one PDF, or why it cannot be shown. It stores nothing: marks come in and go out as values.
import { useRef } from 'react';
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';
import { Skeleton } from '../ui/skeleton';
import { OpenViewer } from './open-viewer';
import { usePageColours } from './page-colours';
import { useLayerChoices } from './use-layers';
import { usePdf } from './use-pdf';
import { planOf } from './use-plan';
import { useReading } from './use-reading';
import type { ViewerProps } from './viewer-props';

/** A file that opens, or says in words why it cannot be shown. */
export function Viewer(props: ViewerProps) {
  const { file, onProblem, passwordOf, fit = 'width' } = props;
  const waiting = useRef<HTMLDivElement>(null);
  const { reading } = useReading(file.sha256, fit);
  const [layers] = useLayerChoices(file.sha256);
  const { colours } = usePageColours();
  const state = usePdf(file.sha256, file.size, onProblem, passwordOf, (first) => {
    const pane = waiting.current;
    // A place to sign moves the view elsewhere.
    if (pane === null || props.placement !== undefined) return null;
    const size = { width: pane.clientWidth, height: pane.clientHeight };
    return planOf(reading, size, first, { colours, layers });
  });
  const { t } = useWords();
  if (state.kind === 'open') {
    const { pdf, first, drawings } = state;
    return <OpenViewer key={file.sha256} {...props} pdf={pdf} first={first} drawings={drawings} />;
  }
  return (
    <div className="viewer" data-testid={testIds.viewer.root} aria-busy={state.kind === 'opening'}>
      <div className="toolbar">
        <span className="toolbar-end">{props.toolbarEnd}</span>
      </div>
      <div ref={waiting} className="viewer-scroll viewer-opening">
        {state.kind === 'opening' ? (
          <div className="viewer-waiting">
            <Skeleton lines={9} />
          </div>
        ) : state.problem === 'viewer.encrypted' ? (
          props.locked
        ) : (
          <p className="viewer-problem">{t(state.problem)}</p>
        )}
      </div>
    </div>
  );
}
