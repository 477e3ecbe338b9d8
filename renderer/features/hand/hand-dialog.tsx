// Nhập gói tin .edxml: files in, one report each, and the one act that takes the chosen ones in. It decides no law.
import { useCallback, useEffect } from 'react';
import { useDesk } from '../../app/desk';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import { countText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { FileButton } from '../../ui/file-button';
import { HandEntryView } from './hand-entry';
import { packagesAmong } from './packages-among';
import { mayBring, useHand } from './use-hand';

export interface HandDialogProps {
  readonly dropped: readonly File[];
  readonly onClose: () => void;
}

export function HandDialog({ dropped, onClose }: HandDialogProps) {
  const { t } = useWords();
  const { done } = useDesk();
  const { open } = useNavigation();
  const { entries, busy, add, want, bring } = useHand();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drop is read once
  useEffect(() => {
    if (dropped.length > 0) add(dropped);
  }, [dropped]);
  const wanted = entries.filter((entry) => entry.wanted && mayBring(entry.state)).length;
  const take = useCallback(async () => {
    const count = await bring();
    if (count > 0) done(t('hand.done', { count: countText(count) }));
  }, [bring, done, t]);
  const reason = wanted > 0 ? undefined : t(entries.length === 0 ? 'hand.none-yet' : 'hand.none-chosen');
  return (
    <Dialog
      title={t('hand.title')}
      onClose={onClose}
      wide
      testId={testIds.hand.root}
      onSubmit={() => {
        if (reason === undefined && !busy) void take();
      }}
      actions={
        <>
          <Button
            look="filled"
            type="submit"
            busy={busy && entries.length > 0}
            reason={reason}
            testId={testIds.hand.bring}
          >
            {t('hand.bring', { count: countText(wanted) })}
          </Button>
          <FileButton
            label={t('hand.choose')}
            accept=".edxml,.xml"
            multiple
            testId={testIds.hand.file}
            onFiles={(files) => add(packagesAmong(files))}
          />
          <Button look="quiet" testId={testIds.hand.close} onClick={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <p className="quiet">{t('hand.about')}</p>
      <ul className="attention" aria-busy={busy || undefined}>
        {entries.map((entry) => (
          <HandEntryView
            key={entry.key}
            entry={entry}
            onWant={(chosen) => want(entry.key, chosen)}
            onOpen={(id) => {
              onClose();
              open('in-to-accept', id);
            }}
          />
        ))}
      </ul>
    </Dialog>
  );
}
