// The layers of a file as boxes to tick, under the author's headings. It keeps nothing and draws no page.
import { useId } from 'react';
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';
import { Button } from '../ui/button';
import type { LayerEntry } from './layers';
import type { Layers } from './use-layers';

export function LayersList({ layers }: { readonly layers: Layers }) {
  const { t } = useWords();
  return (
    <>
      <p className="side-none">{t('viewer.layers-about')}</p>
      <Entries entries={layers.entries} onShow={layers.show} />
      {layers.choices.length === 0 ? null : (
        <div className="layers-end">
          <Button onClick={layers.reset} testId={testIds.viewer.layersReset}>
            {t('viewer.layers-reset')}
          </Button>
        </div>
      )}
    </>
  );
}

interface EntriesProps {
  readonly entries: readonly LayerEntry[];
  readonly onShow: Layers['show'];
  /** The heading they stand under. */
  readonly under?: string;
}

function Entries({ entries, onShow, under }: EntriesProps) {
  const { t } = useWords();
  const id = useId();
  return (
    <ul className="layers" {...(under === undefined ? {} : { 'aria-labelledby': under })}>
      {entries.map((entry, index) =>
        entry.kind === 'layer' ? (
          <li key={entry.id}>
            <label className="layer" data-testid={testIds.viewer.layer}>
              <input
                type="checkbox"
                checked={entry.shown}
                onChange={(event) => onShow(entry.id, event.target.checked)}
              />
              <span>{entry.name === '' ? t('viewer.layer-untitled') : entry.name}</span>
            </label>
          </li>
        ) : (
          // The author's tree has no names of its own, and never changes while it is shown.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <span id={`${id}-${index}`} className="layer-heading">
              {entry.name === '' ? t('viewer.layers-other') : entry.name}
            </span>
            <Entries entries={entry.children} onShow={onShow} under={`${id}-${index}`} />
          </li>
        ),
      )}
    </ul>
  );
}
