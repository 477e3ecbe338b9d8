// Says before anything is sent what will go to whom. It sends nothing.
import type { Organ } from '../../../preload/contract/records';
import { testIds } from '../../app/test-ids';
import { type TextKey, useWords } from '../../i18n/text';
import { organText } from '../document/facts';

export interface WhoLine {
  readonly label: TextKey & `who.${string}`;
  readonly organs: readonly Organ[];
}

/** One line for each thing that goes out; a line for nobody is left out. */
export function WhoGetsWhat({ lines }: { readonly lines: readonly WhoLine[] }) {
  const { t } = useWords();
  const shown = lines.filter((line) => line.organs.length > 0);
  return (
    <section className="who" data-testid={testIds.changes.who}>
      <h3>{t('who.title')}</h3>
      {shown.length === 0 ? <p className="quiet">{t('who.nothing')}</p> : null}
      <ul>
        {shown.map((line) => (
          <li key={line.label}>{t(line.label, { who: line.organs.map(organText).join('; ') })}</li>
        ))}
      </ul>
    </section>
  );
}
