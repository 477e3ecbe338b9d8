// Start-up of the window: record key, ledger, facts of the desk, then the screens. A failure is a sentence, never an empty desk.
import { useEffect, useState } from 'react';
import type { AppInfo } from '../../preload/contract/calls';
import type { DeskApi } from '../../preload/contract/desk-api';
import { useWords } from '../i18n/text';
import type { CreateLedger, Ledger } from '../ledger';
import { App } from './app';
import { DeskProvider } from './desk';
import { ErrorBoundary } from './error-boundary';
import { answerOf, type Told, told } from './failures';
import { KeptProvider } from './kept';
import { testIds } from './test-ids';

type StartState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready'; readonly ledger: Ledger; readonly info: AppInfo }
  | { readonly kind: 'failed'; readonly told: Told };

export interface StartProps {
  readonly api: DeskApi;
  readonly key_: Promise<CryptoKey>;
  readonly createLedger: CreateLedger;
}

/** Opens the ledger once the record key is there. */
export function Start({ api, key_, createLedger }: StartProps) {
  const { t, sentence } = useWords();
  const [state, setState] = useState<StartState>({ kind: 'opening' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens again
  useEffect(() => {
    let ledger: Ledger | undefined;
    let gone = false;
    const open = async (): Promise<void> => {
      const made = createLedger({ desk: api, recordKey: await key_, now: () => new Date() });
      ledger = made;
      const [info] = await Promise.all([answerOf(api.app.info({})), made.start()]);
      if (!gone) setState({ kind: 'ready', ledger: made, info });
    };
    setState({ kind: 'opening' });
    open().catch((error: unknown) => {
      if (!gone) setState({ kind: 'failed', told: told(error) });
    });
    return () => {
      gone = true;
      ledger?.dispose();
    };
  }, [api, key_, createLedger, attempt]);

  if (state.kind === 'opening') {
    return (
      <p className="boot" role="status">
        {t('start.opening')}
      </p>
    );
  }
  if (state.kind === 'failed') {
    return (
      <div className="crash" role="alert" data-testid={testIds.crash}>
        <h1>{t('start.failed')}</h1>
        <p>{sentence(state.told.code)}</p>
        <p className="quiet">{t('common.code', { code: state.told.code })}</p>
        <button type="button" className="button button-filled" onClick={() => setAttempt((now) => now + 1)}>
          {t('start.again')}
        </button>
      </div>
    );
  }
  return (
    <KeptProvider>
      <ErrorBoundary api={api} title={t('crash.title')} about={t('crash.about')} again={t('crash.again')}>
        <DeskProvider api={api} ledger={state.ledger} info={state.info}>
          <App />
        </DeskProvider>
      </ErrorBoundary>
    </KeptProvider>
  );
}
