// The frame of a screen over the panes: title and way out, the page, the side with its one main act. It knows no document.
import type { ReactNode } from 'react';
import { DeskMessage } from '../app/desk-message';
import { useSlot } from '../app/slots';
import { useWords } from '../i18n/text';
import { Button } from '../ui/button';

export interface FullScreenProps {
  readonly testId: string;
  readonly title: string;
  readonly about: string;
  readonly leave: {
    readonly label: string;
    readonly run: () => void;
    readonly busy?: boolean;
    readonly testId: string;
  };
  readonly page: ReactNode;
  readonly side: ReactNode;
  readonly act: {
    readonly label: string;
    /** Why it cannot be done now; undefined when it can. */
    readonly reason: string | undefined;
    readonly busy: boolean;
    readonly run: () => void;
    readonly testId: string;
    readonly reasonTestId?: string;
  };
  /** Below the main act. */
  readonly moreActs?: ReactNode;
}

/** Ctrl+Enter does the main act, Esc leaves. */
export function FullScreen({ testId, title, about, leave, page, side, act, moreActs }: FullScreenProps) {
  const { t } = useWords();
  useSlot('mainAct', { label: act.label, reason: act.reason ?? null, run: act.run });
  return (
    <div className="full" data-testid={testId}>
      <header className="full-head">
        <h1 className="full-title">{title}</h1>
        <span className="full-about">{about}</span>
        <Button shortcut="Esc" busy={leave.busy ?? false} onClick={leave.run} testId={leave.testId}>
          {leave.label}
        </Button>
      </header>
      <DeskMessage />
      <div className="full-body">
        <main className="full-page" data-pane="document" aria-label={t('pane.document')}>
          {page}
        </main>
        <aside className="full-side" data-pane="side" aria-label={title}>
          {side}
          <div className="full-acts">
            <Button
              wide
              look="filled"
              shortcut="Ctrl+Enter"
              busy={act.busy}
              reason={act.reason}
              onClick={act.run}
              testId={act.testId}
            >
              {act.label}
            </Button>
            {act.reason === undefined ? null : (
              <p className="act-reason" data-testid={act.reasonTestId}>
                {act.reason}
              </p>
            )}
            {moreActs}
          </div>
        </aside>
      </div>
    </div>
  );
}
