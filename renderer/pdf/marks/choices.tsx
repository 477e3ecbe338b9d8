// The choice of a colour by its name and of whose voice a mark is. They change what is selected and what is made next.
import { type MarkColour, type MarkLayer, markColours } from '../../../preload/contract/annotation';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { colour, layer, type Marking } from './marking';

const ownLayers = ['notes', 'directions'] as const;

export interface ColourChoiceProps {
  readonly marking: Marking;
  readonly now: MarkColour;
}

/** A patch of the colour stands beside its name: no colour is told by itself. */
export function ColourChoice({ marking, now }: ColourChoiceProps) {
  const { t } = useWords();
  return (
    <span className="mark-choice">
      <span className={`mark-patch mark-patch-${now}`} aria-hidden="true" />
      <select
        className="mark-select"
        aria-label={t('marks.colour')}
        title={t('marks.colour')}
        data-testid={testIds.marks.colour}
        value={now}
        onChange={(event) => colour(marking, event.target.value as MarkColour)}
      >
        {markColours.map((one) => (
          <option key={one} value={one}>
            {t(`marks.colour-${one}`)}
          </option>
        ))}
      </select>
    </span>
  );
}

export interface LayerChoiceProps {
  readonly marking: Marking;
  readonly now: MarkLayer;
}

export function LayerChoice({ marking, now }: LayerChoiceProps) {
  const { t } = useWords();
  return (
    <select
      className="mark-select"
      aria-label={t('marks.layer')}
      title={t('marks.layer')}
      data-testid={testIds.marks.layer}
      value={now}
      onChange={(event) => layer(marking, event.target.value as (typeof ownLayers)[number])}
    >
      {ownLayers.map((one) => (
        <option key={one} value={one}>
          {t(`marks.layer-${one}`)}
        </option>
      ))}
    </select>
  );
}
