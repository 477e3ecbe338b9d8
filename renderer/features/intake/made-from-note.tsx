// Says over the page that this PDF was made from something else, what to look at, and gives the original back. It changes nothing.
import type { OriginalFile } from '../../../preload/contract/made-from';
import type { Attachment } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { CodeNotes } from './code-notes';

/** Nothing for a file that is as it came. */
export function MadeFromNote({ file }: { readonly file: Attachment }) {
  const { t } = useWords();
  const { api, fail, done } = useDesk();
  const { madeFrom } = file;
  const [first, ...more] = madeFrom?.originals ?? [];
  if (madeFrom === undefined || first === undefined) return null;
  const name =
    more.length === 0 ? first.name : t('intake.and-more', { name: first.name, count: more.length });
  const save = ({ sha256, name: as }: OriginalFile): void => {
    answerOf(api.files.saveCopy({ sha256, name: as.slice(0, 300) })).then((answer) => {
      if (answer.saved) done(t('reader.saved'));
    }, fail);
  };
  return (
    <section className="made-from" data-testid={testIds.intake.madeFrom} data-how={madeFrom.how}>
      <p>
        {t(`intake.made-${madeFrom.how}`, { name })}{' '}
        <Button look="quiet" onClick={() => save(first)} testId={testIds.intake.original}>
          {t('intake.save-original')}
        </Button>
      </p>
      <CodeNotes codes={madeFrom.notes} />
    </section>
  );
}
