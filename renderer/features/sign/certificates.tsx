// Cards of the certificates on the devices that are there: holder, issuer, until when, usable or why not. It signs nothing.
import { useEffect, useState } from 'react';
import { dayOf, type Sha256 } from '../../../preload/contract/ids';
import type { SignerCard, SigningRole } from '../../../preload/contract/signing-request';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { dayText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';

/** The certificates main offers for a role; asked again when a device comes or goes. */
export function useSigners(role: SigningRole): readonly SignerCard[] | null {
  const { api, signers, fail } = useDesk();
  const [found, setFound] = useState<readonly SignerCard[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of devices asks again
  useEffect(() => {
    let gone = false;
    answerOf(api.signing.signers({ role })).then(
      (answer) => {
        if (!gone) setFound(answer.signers);
      },
      (error: unknown) => {
        if (gone) return;
        setFound([]);
        fail(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [api, role, fail, signers]);
  return found;
}

/** The chosen certificate while it is there, else the first usable one. */
export function chosenSigner(cards: readonly SignerCard[], chosen: Sha256 | null): SignerCard | null {
  return (
    cards.find((card) => card.fingerprint === chosen && card.usable) ??
    cards.find((card) => card.usable) ??
    null
  );
}

export interface CertificatesProps {
  readonly cards: readonly SignerCard[] | null;
  readonly chosen: SignerCard | null;
  readonly onChoose: (fingerprint: Sha256) => void;
  readonly label: string;
}

/** A radio group of cards; those that cannot be used here stand folded below, with why. */
export function Certificates({ cards, chosen, onChoose, label }: CertificatesProps) {
  const { t } = useWords();
  if (cards === null) return <p className="quiet">{t('certificate.reading')}</p>;
  if (cards.length === 0) return <p className="step-note">{t('certificate.none')}</p>;
  const usable = cards.filter((card) => card.usable);
  const others = cards.filter((card) => !card.usable);
  return (
    <fieldset className="cards">
      <legend className="visually-hidden">{label}</legend>
      {usable.map((card) => (
        <Card
          key={card.fingerprint}
          card={card}
          twin={hasTwin(card, cards)}
          chosen={card === chosen}
          onChoose={onChoose}
        />
      ))}
      {others.length === 0 ? null : (
        <details className="cards-other" open={usable.length === 0}>
          <summary>{t('certificate.others', { count: others.length })}</summary>
          <div className="cards">
            {others.map((card) => (
              <Card
                key={card.fingerprint}
                card={card}
                twin={hasTwin(card, cards)}
                chosen={false}
                onChoose={onChoose}
              />
            ))}
          </div>
        </details>
      )}
    </fieldset>
  );
}

/** Two certificates of one holder on one device differ by their key alone. */
function hasTwin(card: SignerCard, cards: readonly SignerCard[]): boolean {
  return cards.some(
    (other) => other !== card && other.holder === card.holder && other.tokenLabel === card.tokenLabel,
  );
}

interface CardProps {
  readonly card: SignerCard;
  readonly twin: boolean;
  readonly chosen: boolean;
  readonly onChoose: (fingerprint: Sha256) => void;
}

function Card({ card, twin, chosen, onChoose }: CardProps) {
  const { t, sentence } = useWords();
  const facts = [
    card.issuer,
    card.tokenLabel,
    t('certificate.until', { day: dayText(dayOf(new Date(card.validTo))) }),
    ...(twin ? [t('certificate.key', { type: card.keyType.toLocaleUpperCase() })] : []),
    ...(card.usable ? [t('certificate.usable')] : []),
  ];
  return (
    <label
      className={`card${chosen ? ' card-chosen' : ''}${card.usable ? '' : ' card-unusable'}`}
      data-testid={testIds.road.card}
      data-fingerprint={card.fingerprint}
      data-holder={card.holder}
    >
      <input
        type="radio"
        name="certificate"
        className="visually-hidden"
        checked={chosen}
        disabled={!card.usable}
        onChange={() => onChoose(card.fingerprint)}
      />
      <strong>{card.holder}</strong>
      <span className="quiet">{facts.join(' · ')}</span>
      {card.usable ? null : (
        <span className="quiet">
          {card.reason === null ? t('certificate.unusable') : sentence(card.reason)}
        </span>
      )}
    </label>
  );
}
