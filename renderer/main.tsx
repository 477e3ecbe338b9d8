// The page's entry: listens for the record key before anything else, then draws the desk. It knows the real ledger; nothing else here does.
import { createRoot } from 'react-dom/client';
import type { DeskApi } from '../preload/contract/desk-api';
import { recordKeyMessage, recordKeyWanted } from '../preload/contract/desk-api';
import { createLedger } from './acts/create-ledger';
import { Start } from './app/start';
import { WordsProvider } from './i18n/text';
import './ui/theme';
import './app/shell.css';
import './features/queue/queue.css';
import './features/document/document.css';
import './features/screens.css';
import './features/batch/batch.css';
import './features/calendar/calendar.css';
import './features/hand/hand.css';
import './features/other-kinds/kinds.css';
import './features/changes/changes.css';
import './features/intake/intake.css';
import './features/issue/directory.css';
import './pdf/viewer.css';
import './pdf/viewer-side.css';
import './app/responsive.css';

declare global {
  interface Window {
    readonly desk: DeskApi;
  }
}

/** The non-extractable key that the preload posts once. */
const recordKey = new Promise<CryptoKey>((resolve) => {
  const take = (event: MessageEvent<unknown>): void => {
    if (event.source !== window || event.origin !== location.origin) return;
    const data = event.data as { readonly type?: unknown; readonly key?: unknown } | null;
    if (data?.type !== recordKeyMessage || !(data.key instanceof CryptoKey)) return;
    window.removeEventListener('message', take);
    resolve(data.key);
  };
  window.addEventListener('message', take);
  window.postMessage({ type: recordKeyWanted }, location.origin);
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');
createRoot(root).render(
  <WordsProvider>
    <Start api={window.desk} key_={recordKey} createLedger={createLedger} />
  </WordsProvider>,
);
