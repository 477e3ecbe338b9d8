// Says how the place of a signature was found and offers the proposed place again after it was moved.
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import type { Placing } from './use-placement';

/** Nothing while there is no place. */
export function PlaceNote({ placing }: { readonly placing: Placing }) {
  const { t } = useWords();
  if (placing.placement === null) return null;
  return (
    <div className="place-note">
      <p className="quiet">{t(placing.found || placing.moved ? 'sign.place-found' : 'sign.place-guessed')}</p>
      {placing.moved ? (
        <Button look="quiet" onClick={placing.reset}>
          {t('sign.place-reset')}
        </Button>
      ) : null}
    </div>
  );
}
