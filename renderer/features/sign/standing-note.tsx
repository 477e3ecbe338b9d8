// How the chosen certificate stands, before anybody is asked for a PIN; and afterwards what was kept of that check. Main decides.
import { useEffect, useState } from 'react';
import type { Sha256 } from '../../../preload/contract/ids';
import type { Standing } from '../../../preload/contract/levels';
import type { SignerCard } from '../../../preload/contract/signing-request';
import { useAct, useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { timeText } from '../../i18n/formats';
import { type TextKey, useWords } from '../../i18n/text';

/** The network may be back by then, milliseconds. */
const askAgain = 15_000;

/** Asks main for the certificate that is chosen, again while nobody could say; null where nothing is known. */
export function useStanding(signer: SignerCard | null): Standing | 'checking' | null {
  const { api } = useDesk();
  const [known, setKnown] = useState<Standing | 'checking' | null>(null);
  const fingerprint = signer?.fingerprint ?? null;
  useEffect(() => {
    if (fingerprint === null) {
      setKnown(null);
      return;
    }
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      answerOf(api.signing.standing({ fingerprint })).then(
        ({ standing }) => {
          if (gone) return;
          setKnown(standing);
          if (standing?.standing === 'unknown') timer = setTimeout(ask, askAgain);
        },
        // The device went away meanwhile: signing says so with its own words.
        () => {
          if (!gone) setKnown(null);
        },
      );
    };
    setKnown('checking');
    ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [api, fingerprint]);
  return known;
}

/** Why a certificate of this standing may not sign, or undefined. */
export function refusalOf(standing: Standing | 'checking' | null): TextKey | undefined {
  if (standing === null || standing === 'checking') return undefined;
  const refused = ['revoked', 'expired', 'not-yet-valid'];
  return refused.includes(standing.standing) ? `standing.${standing.standing}` : undefined;
}

/** One sentence below the certificate. */
export function StandingNote({ standing }: { readonly standing: Standing | 'checking' | null }) {
  const { t } = useWords();
  if (standing === null) return null;
  if (standing === 'checking') return <p className="quiet">{t('standing.checking')}</p>;
  const good = standing.standing === 'good';
  return (
    <p
      className={good ? 'quiet' : 'step-note'}
      role={good ? undefined : 'status'}
      data-testid={testIds.road.standing}
      data-standing={standing.standing}
    >
      {t(`standing.${standing.standing}`, { time: timeText(standing.checkedAt) })}
    </p>
  );
}

const shortWords: Partial<Record<Standing['standing'], TextKey>> = {
  good: 'standing.word-good',
  unknown: 'standing.word-unknown',
  untrusted: 'standing.word-untrusted',
};

/** What was kept with a signature made here, and a way to take it along. Nothing where nothing was kept. */
export function EvidenceNote({ sha256 }: { readonly sha256: Sha256 }) {
  const { api, done } = useDesk();
  const { t } = useWords();
  const act = useAct();
  const [kept, setKept] = useState<{ sha256: Sha256; name: string; result: Standing } | null>(null);
  useEffect(() => {
    let gone = false;
    answerOf(api.levels.evidence({ sha256 })).then(
      ({ evidence }) => {
        if (!gone) setKept(evidence);
      },
      () => {
        if (!gone) setKept(null);
      },
    );
    return () => {
      gone = true;
    };
  }, [api, sha256]);
  if (kept === null) return null;
  const words = t(shortWords[kept.result.standing] ?? 'standing.word-bad');
  return (
    <p className="quiet" data-testid={testIds.road.evidence}>
      {t('standing.evidence', { time: timeText(kept.result.checkedAt), words })}{' '}
      <button
        type="button"
        className="text-act"
        data-testid={testIds.road.saveEvidence}
        onClick={() =>
          void act.run(async () => {
            const { saved } = await answerOf(api.files.saveCopy({ sha256: kept.sha256, name: kept.name }));
            if (saved) done(t('standing.saved-evidence'));
          })
        }
      >
        {t('standing.save-evidence')}
      </button>
    </p>
  );
}
