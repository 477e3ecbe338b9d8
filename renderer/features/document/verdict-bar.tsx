// The sentence above the page: it begins with what the clerk may do. The words are the contract's; it checks nothing.
import { useState } from 'react';
import type { Attachment } from '../../../preload/contract/records';
import { type ClerkSentence, clerkSentence } from '../../../preload/contract/verdict';
import { useAct, useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { type Language, useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Icon } from '../../ui/icon';
import { Report } from '../verify/report';
import { type Governing, governingVerdict } from './governing';

/** The sentence in two parts: what may be done, and why. */
export function splitSentence(sentence: ClerkSentence, language: Language): readonly [string, string] {
  const words = sentence[language];
  const end = /[.:](\s|$)/.exec(words);
  if (end === null) return [words, ''];
  return [words.slice(0, end.index + 1), words.slice(end.index + 1).trim()];
}

const icons = { good: 'check', warning: 'warning', bad: 'cross' } as const;

/** Nothing is shown for a document without any checked file. */
export function VerdictBar({
  files,
  incoming,
}: {
  readonly files: readonly Attachment[];
  readonly incoming: boolean;
}) {
  const { t, language } = useWords();
  const [open, setOpen] = useState<Governing | null>(null);
  const { api } = useDesk();
  const act = useAct();
  const [again, setAgain] = useState<Attachment | null>(null);
  const stored = governingVerdict(files);
  const fresh = again !== null && again.sha256 === stored?.file.sha256 ? again : null;
  const governing = fresh?.verdict == null ? stored : { file: fresh, verdict: fresh.verdict };
  if (governing === null) {
    if (files.length === 0 || !incoming) return null;
    return (
      <div className="verdict verdict-warning" data-testid={testIds.verdict} data-tone="warning">
        <Icon name="warning" />
        <p className="verdict-words">{t('verdict.nothing-to-check')}</p>
      </div>
    );
  }
  const sentence = clerkSentence(governing.verdict);
  const checkAgain = (file: Attachment): void =>
    void act.run(async () => {
      const checked = await answerOf(api.files.verify({ sha256: file.sha256 }));
      setAgain({ ...file, verdict: checked.verdict, verifiedAt: checked.at });
    });
  const [may, why] = splitSentence(sentence, language);
  return (
    <div
      className={`verdict verdict-${sentence.tone}`}
      data-testid={testIds.verdict}
      data-tone={sentence.tone}
      data-verdict={governing.verdict.verdict}
    >
      <Icon name={icons[sentence.tone]} />
      <p className="verdict-words">
        {incoming ? <strong>{may}</strong> : null}{' '}
        {incoming ? why : t(`verdict.${governing.verdict.verdict}`)}
      </p>
      {sentence.may === 'ask' && governing.verdict.verdict === 'indeterminate' ? (
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
          <Report name={open.file.name} verdict={open.verdict} at={open.file.verifiedAt} />
        </Dialog>
      )}
    </div>
  );
}
