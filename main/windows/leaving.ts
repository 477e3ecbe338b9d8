// The end of the application, whoever wants it and however far start-up has come: the window is asked where there is one, and
// what is open is closed within a limit. It knows nothing of what is unsent.
import { app, autoUpdater, type BrowserWindow, Notification, powerMonitor } from 'electron';
import { sentenceOf } from '../../preload/contract/codes';
import type { QuitAnswer } from '../../preload/contract/quitting';
import { tell } from '../ipc/register';
import { createQuitting } from '../services/quitting';

/** What is open may take so long to close; every file is whole at any moment, so nothing is lost when it takes longer. */
const closingMilliseconds = 15_000;

export interface Leaving {
  /** True from the moment when nothing stands against the end. */
  underWay(): boolean;
  /** The document window: its cross ends the application, and from `asked` on it is asked first. */
  watch(window: BrowserWindow): void;
  /** The document window is loaded and can be asked. */
  asked(window: BrowserWindow): void;
  /** What is to be closed first; start-up gives it anew as it goes on. */
  closeFirst(close: () => Promise<void>): void;
  answer(how: QuitAnswer): void;
  /** Asks nobody. */
  leaveNow(): void;
}

function schedule(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}

/** Listens from now on to everything that ends an application. Called once, before anything is open. */
export function createLeaving(report: (what: string, detail: string) => void): Leaving {
  let underWay = false;
  let window: BrowserWindow | null = null;
  let close: () => Promise<void> = () => Promise.resolve();

  function leave(): void {
    underWay = true;
    schedule(closingMilliseconds, () => {
      report('closing-too-long', `${closingMilliseconds} ms`);
      app.exit(0);
    });
    close()
      .catch((error: unknown) => report('closing-failed', error instanceof Error ? error.message : 'value'))
      .finally(() => app.quit());
  }

  const quitting = createQuitting({
    ask: () => {
      if (window === null || window.isDestroyed()) return false;
      window.show();
      tell('app.quit-asked', {});
      return true;
    },
    unanswered: () => {
      report('quit-unanswered', '');
      if (!Notification.isSupported()) return;
      new Notification({ title: 'Văn Thư', body: sentenceOf('quit-unanswered') }).show();
    },
    leave,
    schedule,
  });
  app.on('before-quit', (event) => {
    if (underWay) return;
    event.preventDefault();
    quitting.want();
  });
  // The system ends the session: nobody is asked, the outbox is safe.
  powerMonitor.on('shutdown', () => quitting.leaveNow());
  process.on('SIGTERM', () => quitting.leaveNow());
  // An installer that takes over was started by the clerk; Linux has none of this kind.
  if (process.platform !== 'linux') autoUpdater.on('before-quit-for-update', () => quitting.leaveNow());

  return {
    underWay: () => underWay,
    watch(made) {
      made.on('session-end', () => quitting.leaveNow());
      // A closed window could not be asked any more.
      made.on('close', (event) => {
        if (underWay) return;
        event.preventDefault();
        app.quit();
      });
    },
    asked(loaded) {
      window = loaded;
    },
    closeFirst(what) {
      close = what;
    },
    answer: (how) => quitting.answer(how),
    leaveNow: () => quitting.leaveNow(),
  };
}
