// The foot of the window: four truths. Connected or not, what waits, saved, which signing devices are there.
import { useState } from 'react';
import type { Code } from '../../../preload/contract/codes';
import { Failure } from '../../../preload/contract/failure';
import { useDesk, useLive, valueOr } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { shortcutFor } from '../../commands/commands';
import { countText, recency } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import type { DeskStatus } from '../../ledger';
import { useWaitingLevels } from '../sign/use-levels';
import { UpdateNote } from '../updates/update-note';
import { AttentionDialog } from './attention';
import { deviceWords } from './devices';
import { StraysDialog } from './strays';

const unknown: DeskStatus = {
  hub: 'never',
  hubCode: null,
  lastSync: null,
  unlisted: 0,
  syncing: false,
  waiting: 0,
  needsAttention: 0,
  saved: 'saved',
  savedCode: null,
  leader: false,
};

/** No network will mend these: somebody has to change a setting, a file or a server. */
const forTechnicians: readonly Code[] = [
  'hub-endpoint-unsafe',
  'hub-file-unreadable',
  'hub-certificate-untrusted',
  'hub-proxy-refused',
  'hub-signed-out',
];

/** One polite live region; offline is amber and calm. */
export function Foot({ onDevices }: { readonly onDevices: () => void }) {
  const { ledger, info, signers, now, fail } = useDesk();
  const { t, sentence } = useWords();
  const [shown, setShown] = useState<'attention' | 'strays' | null>(null);
  const levels = useWaitingLevels();
  const strays = valueOr(useLive(ledger.strays), []);
  const status = valueOr(useLive(ledger.status), unknown);
  const when = status.lastSync === null ? null : recency(status.lastSync, now());
  const last = when === null ? null : when.kind === 'yesterday' ? t('row.yesterday') : when.text;
  const away = status.hub === 'offline' || (status.hub === 'never' && status.hubCode !== null);
  const toMend = away ? forTechnicians.find((code) => code === status.hubCode) : undefined;
  const saved = t(`foot.${status.saved}`);
  // A folder needs no network: its words speak of the folder.
  const isFolder = info.hub.kind === 'folder';
  const hubWords = (): string => {
    if (status.syncing) return t('foot.syncing');
    if (toMend !== undefined) return t('foot.to-mend');
    const of = isFolder ? 'foot.folder-' : 'foot.';
    if (away) return last === null ? t(`${of}offline-never`) : t(`${of}offline`, { time: last });
    return status.hub === 'online' && last !== null ? t(`${of}online`, { time: last }) : t(`${of}never`);
  };
  return (
    <>
      <footer className="foot" data-testid={testIds.foot.root}>
        <span
          className="foot-truth"
          data-testid={testIds.foot.hub}
          data-hub={status.hub}
          title={status.hubCode === null ? undefined : sentence(status.hubCode)}
          role="status"
        >
          {info.hub.configured ? (
            <>
              <span className={`foot-dot foot-${away ? 'offline' : status.hub}`} aria-hidden="true" />
              <button
                type="button"
                className="foot-sync"
                title={`${t('command.sync')} (${shortcutFor('sync') ?? ''})`}
                data-testid={testIds.act.sync}
                onClick={() => {
                  ledger.syncNow().catch(fail);
                  // The words of the foot have no room for what is wrong.
                  if (toMend !== undefined) fail(new Failure(toMend));
                }}
              >
                {hubWords()}
              </button>
            </>
          ) : (
            t(info.profile === 'leader' ? 'foot.leader' : 'foot.not-configured')
          )}
        </span>
        {info.hub.configured && !info.hub.secure ? (
          <span className="foot-truth foot-insecure" data-testid={testIds.foot.insecure}>
            {t('foot.insecure-host', { host: info.hub.endpoint })}
          </span>
        ) : null}
        {info.hub.configured && info.hub.takes ? (
          <span className="foot-truth" title={t('foot.takes-about')}>
            {t('foot.takes')}
          </span>
        ) : null}
        {info.profile === 'leader' ? null : (
          <span className="foot-truth number" data-testid={testIds.foot.waiting} data-count={status.waiting}>
            {t('foot.waiting', { count: countText(status.waiting) })}
          </span>
        )}
        {levels === 0 ? null : (
          <span className="foot-truth number" data-testid={testIds.foot.levels} data-count={levels}>
            {t('foot.levels', { count: countText(levels) })}
          </span>
        )}
        {status.unlisted === 0 ? null : (
          <button
            type="button"
            className="foot-attention"
            data-testid={testIds.foot.unlisted}
            data-count={status.unlisted}
            onClick={() => fail(new Failure(isFolder ? 'hub-file-waiting' : 'hub-list-unreadable'))}
          >
            {t(isFolder ? 'foot.folder-unlisted' : 'foot.unlisted', { count: countText(status.unlisted) })}
          </button>
        )}
        {strays.length === 0 ? null : (
          <button
            type="button"
            className="foot-sync"
            data-testid={testIds.foot.strays}
            onClick={() => setShown('strays')}
          >
            {t('foot.strays', { count: countText(strays.length) })}
          </button>
        )}
        {status.needsAttention === 0 ? null : (
          <button type="button" className="foot-attention" onClick={() => setShown('attention')}>
            {t('foot.attention', { count: countText(status.needsAttention) })}
          </button>
        )}
        <UpdateNote />
        <span
          className={`foot-truth${status.saved === 'failed' ? ' foot-bad' : ''}`}
          data-testid={testIds.foot.saved}
          data-saved={status.saved}
          title={status.savedCode === null ? undefined : sentence(status.savedCode)}
          role="status"
        >
          {saved}
        </span>
        <button
          type="button"
          className="foot-devices foot-sync"
          title={`${t('command.devices')} (${shortcutFor('devices') ?? ''})`}
          data-testid={testIds.foot.devices}
          data-count={signers.length}
          onClick={onDevices}
        >
          {deviceWords(signers).map((words) => (
            <span key={words.label} className="foot-truth">
              {t(words.key, { label: words.label })}
            </span>
          ))}
          {signers.length === 0 ? <span className="foot-truth">{t('foot.no-device')}</span> : null}
        </button>
      </footer>
      {shown === 'attention' ? <AttentionDialog onClose={() => setShown(null)} /> : null}
      {shown === 'strays' ? <StraysDialog strays={strays} onClose={() => setShown(null)} /> : null}
    </>
  );
}
