// The reading view of one PDF, or why it cannot be shown. It stores nothing: marks come in and go out as values.
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';
import { Skeleton } from '../ui/skeleton';
import { OpenViewer } from './open-viewer';
import { usePdf } from './use-pdf';
import type { ViewerProps } from './viewer-props';

/** A file that opens, or says in words why it cannot be shown. */
export function Viewer(props: ViewerProps) {
  const state = usePdf(props.file.sha256, props.file.size, props.onProblem, props.passwordOf);
  const { t } = useWords();
  if (state.kind === 'open')
    return <OpenViewer key={props.file.sha256} {...props} pdf={state.pdf} first={state.first} />;
  return (
    <div className="viewer" data-testid={testIds.viewer.root} aria-busy={state.kind === 'opening'}>
      <div className="toolbar">
        <span className="toolbar-end">{props.toolbarEnd}</span>
      </div>
      <div className="viewer-scroll">
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
