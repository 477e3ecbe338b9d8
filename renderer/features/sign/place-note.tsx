// Says how the place of a signature was found, and moves it by numbers: millimetres from the page's edges, and the page.
import { useEffect, useState } from 'react';
import { testIds } from '../../app/test-ids';
import { type TextKey, useWords } from '../../i18n/text';
import { keepInside } from '../../pdf/geometry';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import type { Placing } from './use-placement';

/** Nothing while there is no place. */
export function PlaceNote({
  placing,
  guessedWords = 'sign.place-guessed',
}: {
  readonly placing: Placing;
  /** What is said where the page showed no place. */
  readonly guessedWords?: TextKey;
}) {
  const { t } = useWords();
  if (placing.placement === null) return null;
  const guessed = !placing.found && !placing.moved;
  return (
    <div className="place-note">
      <p className={guessed ? 'step-note' : 'quiet'} role={guessed ? 'status' : undefined}>
        {t(guessed ? guessedWords : 'sign.place-found')}
      </p>
      <PlaceFields placing={placing} />
      {placing.moved ? (
        <Button look="quiet" onClick={placing.reset}>
          {t('sign.place-reset')}
        </Button>
      ) : null}
    </div>
  );
}

const pointsPerMm = 72 / 25.4;

function shownMm(points: number): string {
  return (Math.round((points / pointsPerMm) * 10) / 10).toString().replace('.', ',');
}

function typedNumber(text: string): number | undefined {
  return /^\d{1,4}([.,]\d{1,2})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : undefined;
}

interface Entry {
  readonly value: string;
  readonly type: (text: string) => void;
}

/** A number that is shown as it is, and left as it is typed until it stands for something else. */
function useEntry(shown: string, take: (value: number) => void): Entry {
  const [typed, setTyped] = useState<string | null>(null);
  // A place moved by other means is shown at once.
  useEffect(() => {
    setTyped((now) => (now !== null && typedNumber(now) === typedNumber(shown) ? now : null));
  }, [shown]);
  return {
    value: typed ?? shown,
    type: (text) => {
      setTyped(text);
      const value = typedNumber(text);
      if (value !== undefined) take(value);
    },
  };
}

function PlaceFields({ placing }: { readonly placing: Placing }) {
  const { t } = useWords();
  const { placement, sizes, pages, move } = placing;
  const put = (change: { readonly x?: number; readonly y?: number; readonly page?: number }): void => {
    if (placement === null) return;
    const wanted = { ...placement, ...change };
    // Pages that were not read are taken to be as large as the one the place was found on.
    const size =
      sizes.find((one) => one.page === wanted.page) ?? sizes.find((one) => one.page === placement.page);
    move(size === undefined ? wanted : keepInside(wanted, size));
  };
  const left = useEntry(shownMm(placement?.x ?? 0), (mm) => put({ x: mm * pointsPerMm }));
  const bottom = useEntry(shownMm(placement?.y ?? 0), (mm) => put({ y: mm * pointsPerMm }));
  const page = useEntry(String(placement?.page ?? 1), (wanted) => {
    if (Number.isInteger(wanted) && wanted >= 1 && wanted <= pages) put({ page: wanted });
  });
  const field = (label: 'sign.place-left' | 'sign.place-bottom', entry: Entry, testId: string) => (
    <TextField label={t(label)} value={entry.value} onChange={entry.type} maxLength={7} testId={testId} />
  );
  return (
    <div className="place-fields">
      {field('sign.place-left', left, testIds.sign.left)}
      {field('sign.place-bottom', bottom, testIds.sign.bottom)}
      {pages < 2 ? null : (
        <TextField
          label={t('sign.place-page', { pages })}
          value={page.value}
          onChange={page.type}
          inputMode="numeric"
          maxLength={5}
          testId={testIds.sign.page}
        />
      )}
    </div>
  );
}
