// The sheet of shortcuts: the list of commands, read aloud. It runs none.
import { commands } from '../commands/commands';
import { useWords } from '../i18n/text';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Keys } from '../ui/keys';

/** Every command that has keys. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog
      title={t('help.title')}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      <dl className="shortcuts">
        {commands.map((command) =>
          command.shortcut === null ? null : (
            <div key={command.id} className="shortcut">
              <dt>{t(command.label)}</dt>
              <dd>
                <span className="visually-hidden">{command.shortcut}</span>
                <Keys shortcut={command.shortcut} />
              </dd>
            </div>
          ),
        )}
      </dl>
      <p className="quiet">{t('help.list')}</p>
    </Dialog>
  );
}
