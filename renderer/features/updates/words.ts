// Which words fit a state of updates: pure, so that every state has some. It draws nothing.
import { assertNever } from '../../../preload/contract/failure';
import type { UpdateView } from '../../../preload/contract/updates';
import type { Params, TextKey } from '../../i18n/text';

export interface Words {
  readonly key: TextKey;
  readonly params: Params;
}

const words = (key: TextKey, params: Params = {}): Words => ({ key, params });
const percent = (view: UpdateView): number => Math.floor((view.done ?? 0) * 100);

/** What the foot says: the version where there is nothing else a clerk should know. */
export function footWords(view: UpdateView): Words {
  const version = view.release?.version ?? '';
  switch (view.phase) {
    case 'idle':
    case 'checking':
      return words(view.updatedFrom === null ? 'updates.foot-version' : 'updates.foot-came', {
        version: view.current,
      });
    case 'offered':
      return words('updates.foot-offered', { version });
    case 'downloading':
      return words('updates.foot-downloading', { version, percent: percent(view) });
    case 'ready':
    case 'installing':
      return words('updates.foot-ready', { version });
    case 'refused':
      // A source that is out of reach is no news: the desk works without it.
      return view.code === 'update-unreachable'
        ? words('updates.foot-version', { version: view.current })
        : words('updates.foot-wrong');
    case 'failed':
      return words('updates.foot-wrong');
    default:
      return assertNever(view.phase);
  }
}

/** The sentence of the dialog; null where the code's own sentence is said instead. */
export function stateWords(view: UpdateView): Words | null {
  const version = view.release?.version ?? '';
  if (view.mode === 'off') return words('updates.off');
  switch (view.phase) {
    case 'idle':
      return words(view.checkedAt === null ? 'updates.not-asked' : 'updates.idle');
    case 'checking':
      return words('updates.checking');
    case 'offered':
      return words(view.mode === 'managed' ? 'updates.offered-managed' : 'updates.offered', { version });
    case 'downloading':
      return words('updates.downloading', { version });
    case 'ready':
      return words('updates.ready', { version });
    case 'installing':
      return words('updates.installing', { version });
    case 'refused':
    case 'failed':
      return null;
    default:
      return assertNever(view.phase);
  }
}

const hour = 3_600_000;

/**
 * Whether the dialog should come up by itself now: never for ordinary releases; for a security release once a day, and once
 * an hour when its deadline is over. `lastShown` in milliseconds, or null.
 */
export function remindsNow(view: UpdateView, lastShown: number | null, now: number): boolean {
  if (view.release?.deadline == null || !['offered', 'ready'].includes(view.phase)) return false;
  if (view.mode === 'managed') return false;
  return lastShown === null || now - lastShown >= (view.overdue ? hour : 24 * hour);
}
