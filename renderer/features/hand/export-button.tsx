// Lưu gói tin .edxml: the document's package into a file that the clerk chooses. Main writes it; no path reaches the page.
import type { DeskId } from '../../../preload/contract/ids';
import { useAct, useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';

export function ExportButton({ id }: { readonly id: DeskId }) {
  const { t } = useWords();
  const { api, ledger, done } = useDesk();
  const act = useAct();
  const save = () =>
    act.run(async () => {
      const { sha256, name, frozen } = await ledger.acts.exportPackage({ id });
      const { saved } = await answerOf(api.files.saveCopy({ sha256, name }));
      if (saved) done(t(frozen ? 'hand.exported' : 'hand.exported-made'));
    });
  return (
    <Button wide look="quiet" busy={act.busy} onClick={() => void save()} testId={testIds.hand.export}>
      {t('hand.export')}
    </Button>
  );
}
