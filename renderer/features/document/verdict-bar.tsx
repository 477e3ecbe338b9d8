// The sentence above the page: it begins with what the clerk may do. The words are the contract's; it checks nothing.
import { useState } from 'react';
import type { DeskId } from '../../../preload/contract/ids';
import type { Attachment } from '../../../preload/contract/records';
import { clerkSentence } from '../../../preload/contract/verdict';
import { useAct, useDesk } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Icon } from '../../ui/icon';
import { Report } from '../verify/report';
import { type Governing, governingVerdict } from './governing';
import { splitSentence, stateOf } from './verdict-words';

const icons = { good: 'check', warning: 'warning', bad: 'cross' } as const;

export interface VerdictBarProps {
  /** null: not in the ledger yet, so a new verdict has no place to be kept. */
  readonly document: DeskId | null;
  readonly files: readonly Attachment[];
  /** The clerk may still accept or refuse: then the sentence begins with which. */
  readonly deciding: boolean;
}

/** Nothing is shown for a document without any checked file, unless it is to be decided on. */
export function VerdictBar({ document, files, deciding }: VerdictBarProps) {
  const { t, language } = useWords();
  const [open, setOpen] = useState<Governing | null>(null);
  const { ledger, done } = useDesk();
  const act = useAct();
  const governing = governingVerdict(files);
  if (governing === null) {
    if (files.length === 0 || !deciding) return null;
    return (
      <div className="verdict verdict-warning" data-testid={testIds.verdict} data-tone="warning">
        <Icon name="warning" />
        <p className="verdict-words">{t('verdict.nothing-to-check')}</p>
      </div>
    );
  }
  const sentence = clerkSentence(governing.verdict);
  const { verdict } = governing.verdict;
  const mayCheckAgain =
    document !== null && (verdict === 'indeterminate' || verdict === 'unreadable') && sentence.may === 'ask';
  const checkAgain = (file: Attachment): void =>
    void act.run(async () => {
      if (document === null) return;
      await ledger.acts.checkAgain({ id: document, sha256: file.sha256 });
      done(t('done.checked'));
    });
  const [may, why] = splitSentence(sentence, language);
  return (
    <div
      className={`verdict verdict-${sentence.tone}`}
      data-testid={testIds.verdict}
      data-tone={sentence.tone}
      data-verdict={verdict}
    >
      <Icon name={icons[sentence.tone]} />
      <p className="verdict-words">
        {deciding ? <strong>{may}</strong> : null} {deciding ? why : stateOf(sentence, language)}
      </p>
      {mayCheckAgain ? (
        <Button
          look="quiet"
          busy={act.busy}
          onClick={() => checkAgain(governing.file)}
          testId={testIds.verdictAgain}
        >
          {t('verdict.again')}
        </Button>
      ) : null}
      <Button look="quiet" onClick={() => setOpen(governing)} testId={testIds.verdictReport}>
        {t('verdict.report')}
      </Button>
      {open === null ? null : (
        <Dialog
          title={t('report.title')}
          wide
          onClose={() => setOpen(null)}
          actions={<Button onClick={() => setOpen(null)}>{t('common.close')}</Button>}
        >
          <Report
            name={open.file.name}
            verdict={open.verdict}
            at={open.file.verifiedAt}
            deciding={deciding}
          />
        </Dialog>
      )}
    </div>
  );
}
