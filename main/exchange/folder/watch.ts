// Says when something may have changed in the folder that packages arrive in. The system's notices come at once where there are
// any; a slow look besides finds what shares and sticks never tell, and when the folder went or came back. It reads no package
// and decides nothing: whoever hears looks for himself, and a file that is still growing is found by the look after it.
//
//            ┌ notice of the system ─┐
//   here ────┤                       ├──▶ quiet for a moment ──▶ changed, and once more when files have settled
//            └ another look than last ┘
//   here ◀──▶ away      told as `away` and `back`; while away there is no notice, only the slow look
import { watch as watchFolder } from 'node:fs';
import { join } from 'node:path';
import type { Disk } from './disk';
import { isPackageName } from './names';

export interface FolderWatchParts {
  readonly folder: string;
  readonly disk: Pick<Disk, 'names' | 'facts'>;
  /** The system's notices: calls back at each; throws, or calls `failed`, where there are none. Returns the end. */
  readonly notices: (folder: string, heard: () => void, failed: () => void) => () => void;
  /** Calls back once after `milliseconds`; returns the cancel. */
  readonly schedule: (milliseconds: number, run: () => void) => () => void;
  /** Between two slow looks. */
  readonly lookMs: number;
  /** Several notices of one copy are one change. */
  readonly quietMs: number;
  /** How long a file must stay as it is before it counts as whole. */
  readonly settleMs: number;
  readonly changed: () => void;
  /** The folder is there again: what waited may go. */
  readonly back: () => void;
}

/** Notices of this system; a share may give none, which is no failure. */
export const systemNotices: FolderWatchParts['notices'] = (folder, heard, failed) => {
  const watcher = watchFolder(folder, { persistent: false }, heard);
  watcher.on('error', failed);
  return () => watcher.close();
};

/** Names, sizes and times of the packages there; null when there is no folder. Any other trouble is one of its states. */
async function lookOf({ disk, folder }: FolderWatchParts): Promise<string | null> {
  let names: readonly string[];
  try {
    names = (await disk.names(folder)).filter(isPackageName).sort();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return null;
  }
  const lines: string[] = [];
  for (const name of names) {
    try {
      const { size, modifiedMs } = await disk.facts(join(folder, name));
      lines.push(`${name}|${size}|${modifiedMs}`);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // Taken away between the two questions, or not readable now: the next look says.
      lines.push(`${name}|?`);
    }
  }
  return lines.join('\n');
}

/** Begins to watch; returns the end. The first look says nothing: the desk reads the folder at its own start. */
export function watchInbox(parts: FolderWatchParts): () => void {
  let stopped = false;
  let last: string | null | undefined;
  let endNotices: (() => void) | null = null;
  let cancelLook: () => void = () => undefined;
  let cancelTell: () => void = () => undefined;

  function deaf(): void {
    endNotices?.();
    endNotices = null;
  }

  function listen(): void {
    if (endNotices !== null || stopped) return;
    try {
      endNotices = parts.notices(parts.folder, tellSoon, deaf);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // No notices here: the slow look goes on alone.
      endNotices = null;
    }
  }

  function tellSoon(): void {
    cancelTell();
    if (stopped) return;
    cancelTell = parts.schedule(parts.quietMs, () => {
      parts.changed();
      // What was still being copied is whole by then, or changes again and is heard again.
      cancelTell = parts.schedule(parts.settleMs + parts.quietMs, parts.changed);
    });
  }

  function compare(now: string | null): void {
    const before = last;
    last = now;
    if (now === null) {
      deaf();
      return;
    }
    listen();
    if (before === undefined) return;
    if (before === null) {
      parts.back();
      tellSoon();
    } else if (before !== now) tellSoon();
  }

  function look(): void {
    lookOf(parts).then(
      (now) => {
        if (stopped) return;
        compare(now);
        // Only after its answer: a share that hangs is asked once.
        cancelLook = parts.schedule(parts.lookMs, look);
      },
      () => {
        if (!stopped) cancelLook = parts.schedule(parts.lookMs, look);
      },
    );
  }

  look();
  return () => {
    stopped = true;
    cancelLook();
    cancelTell();
    deaf();
  };
}
