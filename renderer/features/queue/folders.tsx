// The left pane: folders are states of law, with their counts. It chooses a folder and shows no document.
import type { KeyboardEvent } from 'react';
import { useDesk, useLive, valueOr } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { countText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { type Folder, type FolderCounts, folders } from '../../ledger';
import { clerkFolders, type FolderEntry, leaderFolders } from './folder-list';

const noCounts = Object.fromEntries(folders.map((folder) => [folder, 0])) as FolderCounts;

export interface FoldersProps {
  readonly chosen: Folder | 'check' | null;
  readonly onChoose: (folder: Folder | 'check') => void;
}

/** Arrow keys go through the folders, Enter or a press opens one. */
export function Folders({ chosen, onChoose }: FoldersProps) {
  const { ledger, info } = useDesk();
  const { t } = useWords();
  const counts = valueOr(useLive(ledger.folders), noCounts);
  const groups = info.profile === 'leader' ? leaderFolders : clerkFolders;

  const move = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
    const at = all.findIndex((one) => one.matches(':focus'));
    const next = all[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };

  return (
    <nav
      className="folders"
      aria-label={t('pane.folders')}
      data-pane="folders"
      data-testid={testIds.panes.folders}
      onKeyDown={move}
    >
      {groups.map((group) => (
        <section key={group.heading ?? 'top'}>
          {group.heading === null ? null : <h2 className="folders-heading">{t(group.heading)}</h2>}
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.folder}>
                <FolderButton
                  entry={entry}
                  count={entry.folder === 'check' ? 0 : counts[entry.folder]}
                  alarm={isAlarming(entry, counts)}
                  current={entry.folder === chosen}
                  onChoose={onChoose}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** Red is for what is late or sent back, and for the day that holds some of it. */
function isAlarming(entry: FolderEntry, counts: FolderCounts): boolean {
  if (entry.folder === 'today') return counts['in-overdue'] + counts['out-returned'] > 0;
  return entry.alarming === true && entry.folder !== 'check' && counts[entry.folder] > 0;
}

interface FolderButtonProps {
  readonly entry: FolderEntry;
  readonly count: number;
  readonly alarm: boolean;
  readonly current: boolean;
  readonly onChoose: (folder: Folder | 'check') => void;
}

function FolderButton({ entry, count, alarm, current, onChoose }: FolderButtonProps) {
  const { t } = useWords();
  const shown = entry.uncounted !== true && count > 0;
  const strong = entry.folder === 'today' && count > 0;
  return (
    <button
      type="button"
      className={`folder${strong ? ' folder-strong' : ''}`}
      aria-current={current ? 'page' : undefined}
      tabIndex={current ? 0 : -1}
      data-testid={testIds.folder(entry.folder)}
      onClick={() => onChoose(entry.folder)}
    >
      <span className="folder-name">{t(entry.label)}</span>
      {entry.folder === 'check' ? null : (
        <span
          className={`folder-count number${alarm && count > 0 ? ' folder-alarm' : ''}`}
          data-testid={testIds.folderCount(entry.folder)}
          data-count={count}
        >
          {shown ? countText(count) : ''}
        </span>
      )}
    </button>
  );
}
